import { mustBeClean } from './fixtures/axe';
import { Office } from './fixtures/office';
import { expect, test } from './fixtures/test';
import { RolesPage } from './pages/roles-page';

test('a role is narrowed while its user has the panel open: what is not seen vanishes, and is as if it were not there', async ({
  startPanel,
  sit,
}) => {
  const process = await startPanel();
  const { context } = await sit(process);
  const user = await new Office(context.request).addUser('tomas', 'supervisor', '102');
  const { panel, context: theirs } = await sit(process, user);
  const { page } = panel;
  const tiles = page.locator('[data-tile]');
  const tile = (number: string) => page.locator(`[data-tile="${number}"]`);
  await expect(tile('131')).toBeVisible();
  const all = await tiles.count();

  const roles = await RolesPage.open(context);
  await roles.addGroup('Front', 'Sales');
  await roles.choose('Roles', 'Supervisor');
  await roles.seesOnly('Front');
  await expect(roles.page.locator('summary')).toContainText(/can see \d+ of \d+ people and 0 of \d+ queues/);
  await roles.saved();

  await expect(tile('131')).toHaveCount(0);
  await expect(tile('111')).toBeVisible();
  await expect(tile('102')).toBeVisible();
  expect(await tiles.count()).toBeLessThan(all);
  const state = await (await theirs.request.get('/api/v1/state')).json();
  expect(state.queues).toEqual([]);
  expect(state.extensions.map((one: { number: string }) => one.number)).not.toContain('131');
  const answerTo = async (extension: string) => {
    const answer = await theirs.request.post('/api/v1/commands/extension.dnd', { data: { extension, on: true } });
    return { status: answer.status(), text: (await answer.text()).replaceAll(extension, 'N') };
  };
  const unseen = await answerTo('131');
  expect(unseen.status).toBe(404);
  expect(unseen).toEqual(await answerTo('98765'));
  expect((await answerTo('111')).status).toBe(200);
  // Whoever finds nobody of that name is offered nobody.
  const hidden = await (await context.request.get('/api/v1/state')).json();
  const name = hidden.extensions.find((one: { number: string }) => one.number === '131').name;
  expect(await page.content()).not.toContain(name);

  // A right is taken away as well: its buttons go.
  const dnd = tile('112').getByRole('button', { name: /^Do not disturb/ });
  await expect(dnd).toBeVisible();
  await roles.grant('Do not disturb of others').selectOption('No');
  await roles.saved();
  await expect(dnd).toHaveCount(0);
  expect((await answerTo('111')).status).toBe(403);

  await roles.page.getByRole('radio', { name: 'Everything' }).check();
  await roles.saved();
  await expect(tile('131')).toBeVisible();
  await expect(tiles).toHaveCount(all);
});

test('a role of one’s own: from another, for a user, and gone when nobody has it', async ({ startPanel, sit }) => {
  const { context } = await sit(await startPanel());
  const roles = await RolesPage.open(context);
  await mustBeClean(roles.page);
  await roles.choose('Roles', 'Receptionist');
  await roles.page.getByRole('button', { name: 'New role like this one' }).click();
  await expect(roles.name).toBeFocused();
  await roles.name.fill('Night shift');
  await roles.grant('Park').selectOption('No');
  await roles.saved();

  const { id } = await new Office(context.request).addUser('nils', 'viewer');
  const users = await context.newPage();
  await users.goto('/admin/users/');
  await users.getByRole('button', { name: 'Edit Nils' }).click();
  const dialog = users.getByRole('dialog', { name: 'Nils' });
  await dialog.getByRole('combobox', { name: 'Role' }).selectOption('Night shift');
  const preview = dialog.locator('details');
  await preview.locator('summary').click();
  await expect(preview.getByRole('region', { name: 'Can do' })).toContainText('Transfer');
  await expect(preview).toContainText(/Cannot do.*Park/);
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expect(users.getByRole('row', { name: /Nils/ })).toContainText('Night shift');

  await roles.page.reload();
  await roles.choose('Roles', 'Night shift');
  await expect(roles.page.getByText('Nils has it.')).toBeVisible();
  await expect(roles.page.getByRole('button', { name: 'Remove this role' })).toBeDisabled();

  const record = (await (await context.request.get('/api/v1/admin/users')).json()).find(
    (user: { id: string }) => user.id === id,
  );
  expect(record.role).toBe('night-shift');
  await context.request.patch(`/api/v1/admin/users/${id}`, { data: { role: 'viewer', version: record.version } });
  await roles.page.reload();
  await roles.choose('Roles', 'Night shift');
  await roles.page.getByRole('button', { name: 'Remove this role' }).click();
  await roles.saved();
  await expect(roles.page.getByRole('button', { name: /^Night shift/ })).toHaveCount(0);
});

test('a group holds what is searched for, keeps its people when it is renamed, and says who loses what', async ({
  startPanel,
  sit,
}) => {
  const { context } = await sit(await startPanel());
  const { id } = await new Office(context.request).addUser('vera', 'viewer');
  const roles = await RolesPage.open(context);
  await roles.addGroup('Front', 'Sales');
  await roles.kind('Extensions').getByRole('textbox').fill('131');
  await roles
    .kind('Extensions')
    .getByRole('button', { name: /^Add 131/ })
    .click();
  await roles.kind('Conference rooms').getByRole('textbox').fill('8800');
  await roles.kind('Conference rooms').getByRole('button', { name: /8800/ }).click();
  await roles.kind('Queues').getByRole('checkbox', { name: 'All queues' }).check();
  await mustBeClean(roles.page);
  await roles.choose('Roles', 'Viewer');
  await roles.grant('Call').selectOption('For groups…');
  await roles.saved();
  const saved = async () => (await (await context.request.get('/api/v1/admin/access')).json()).settings;
  expect((await saved()).groups).toMatchObject([
    { name: 'Front', departments: ['Sales'], extensions: ['131'], conferences: ['8800'], all: ['queues'] },
  ]);
  const user = async () => {
    const users = await (await context.request.get('/api/v1/admin/users')).json();
    return users.find((one: { id: string }) => one.id === id);
  };
  const { version } = await user();
  await context.request.patch(`/api/v1/admin/users/${id}`, { data: { sees: ['Front'], version } });

  await roles.page.reload();
  await roles.choose('Groups', 'Front');
  await roles.name.fill('Front desk');
  await roles.saved();
  expect((await user()).sees).toEqual(['Front desk']);
  const viewer = (await saved()).roles.find((one: { id: string }) => one.id === 'viewer');
  expect(viewer.grants).toEqual([{ permission: 'dial', groups: ['Front desk'] }]);

  await roles.page.getByRole('button', { name: 'Remove this group…' }).click();
  const dialog = roles.page.getByRole('dialog', { name: 'Remove Front desk?' });
  await expect(dialog).toContainText('Viewer may no longer do: Call.');
  await expect(dialog).toContainText('Vera has permissions or a sight of their own by it, and loses those.');
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await roles.saved();
  expect((await saved()).groups).toEqual([]);
  const seen = await context.request.post('/api/v1/admin/access/preview', { data: { user: id } });
  expect((await seen.json()).sees.extensions.count).toBe(0);
});
