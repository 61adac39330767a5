import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test';

/** Administration → Roles: roles and groups at the left, one of them at the right. */
export class RolesPage {
  readonly save: Locator;
  readonly standing: Locator;

  private constructor(readonly page: Page) {
    this.save = page.getByRole('button', { name: 'Save', exact: true });
    this.standing = page.getByRole('status').filter({ hasText: /saved|in force at once/ });
  }

  static async open(context: BrowserContext): Promise<RolesPage> {
    const roles = new RolesPage(await context.newPage());
    await roles.page.goto('/admin/access/');
    await expect(roles.save).toBeVisible();
    return roles;
  }

  async saved(): Promise<void> {
    const told = this.page.waitForResponse((answer) => answer.request().method() === 'PUT');
    await this.save.click();
    expect((await told).status()).toBe(200);
    await expect(this.standing).toHaveText('A change is in force at once.');
  }

  async choose(kind: 'Roles' | 'Groups', name: string): Promise<void> {
    const list = this.page.getByRole('region', { name: kind, exact: true });
    await list.getByRole('button', { name: new RegExp(`^${name}`) }).click();
    await expect(this.name).toHaveValue(name);
  }

  get name(): Locator {
    return this.page.getByRole('textbox', { name: 'Name', exact: true });
  }

  /** The list of a permission's reach. */
  grant(title: string): Locator {
    return this.page.getByRole('combobox', { name: title, exact: true });
  }

  /** The fields of one kind of things of the group that is looked at. */
  kind(title: string): Locator {
    return this.page.getByRole('group', { name: title, exact: true });
  }

  async addGroup(name: string, department: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Add a group' }).click();
    await expect(this.name).toBeFocused();
    await this.name.fill(name);
    await this.kind('Departments')
      .getByRole('button', { name: `Add ${department}`, exact: true })
      .click();
  }

  /** Lets the role that is looked at see these groups alone. */
  async seesOnly(...groups: readonly string[]): Promise<void> {
    await this.page.getByRole('radio', { name: 'Only some' }).check();
    const list = this.page.getByRole('group', { name: 'Groups that are seen' });
    for (const name of groups) await list.getByRole('checkbox', { name, exact: true }).check();
  }
}
