import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Panel, startPanel } from '../testing';

let panel: Panel;
let admin: { id: string; cookie: string };
beforeEach(async () => {
  panel = await startPanel();
  admin = await panel.signIn('boss', 'admin');
  const extensions = ['101', '102'].map((number) => ({ number, devices: [`PJSIP/${number}`] }));
  const event = { type: 'list.extensions', at: 0, repair: false, extensions } as const;
  panel.model.reduce(event);
  panel.book.observe(event);
});
afterEach(() => panel?.close());

type Method = 'GET' | 'PATCH' | 'POST' | 'DELETE';

async function call(method: Method, path = '', body?: object, cookie = admin.cookie) {
  const url = `/api/v1/admin/buttons${path}`;
  const answer = await panel.app.inject({ method, url, headers: { cookie }, ...(body && { body }) });
  return { status: answer.statusCode, json: () => answer.json(), text: answer.body, headers: answer.headers };
}

const rename = (key: string, label: string | null, version?: number) => ({
  edits: [{ kind: 'extension', key, set: { label }, ...(version !== undefined && { version }) }],
});

async function lastAudit(): Promise<string> {
  const { audit } = panel.temporary.store;
  await audit.flush();
  const [entry] = (await audit.page(1)).entries;
  return `${entry?.action} ${entry?.target} ${entry?.result}`;
}

describe('the table of everything on the panel', () => {
  it('is read, changed and given back; each change is in the audit log', async () => {
    expect((await call('GET')).json()).toMatchObject({ rows: [{ key: '101', version: 0 }, { key: '102' }] });
    const { json } = await call('PATCH', '', rename('101', 'Front desk', 0));
    expect(json()).toMatchObject({ changed: [{ own: { label: 'Front desk' }, version: 1 }], conflicts: [] });
    expect(panel.model.extension('101')?.name).toBe('Front desk');
    expect(await lastAudit()).toBe('admin.buttons.change extension 101: label ok');
    await call('PATCH', '', rename('101', null, 1));
    expect(panel.model.extension('101')?.name).toBe('');
  });

  it('tells a conflict row by row', async () => {
    await call('PATCH', '', rename('101', 'A', 0));
    const { status, json } = await call('PATCH', '', rename('101', 'B', 0));
    expect(status).toBe(200);
    expect(json()).toMatchObject({ changed: [], conflicts: [{ key: '101', now: { version: 1 } }] });
  });

  it.each([
    ['edits.0.set.email', { edits: [{ kind: 'extension', key: '101', set: { email: 'no' } }] }],
    ['edits.0.set.mailbox', { edits: [{ kind: 'queue', key: 'sales', set: { mailbox: '101' } }] }],
    ['edits.0.set.queueChannel', { edits: [{ kind: 'extension', key: '101', set: { queueChannel: 'a&b' } }] }],
    ['edits.0.set', { edits: [{ kind: 'extension', key: '101', set: { colr: 'red' } }] }],
    ['edits', { edits: [] }],
  ])('refuses what is wrong, naming %s', async (field, body) => {
    const { status, json } = await call('PATCH', '', body);
    expect(status).toBe(400);
    expect(json()).toMatchObject({ ok: false, error: 'invalid', field });
  });

  it('adds by hand and forgets', async () => {
    const added = await call('POST', '', {
      kind: 'extension',
      key: '777',
      set: { label: 'Gate', external: '+49 171 1' },
    });
    expect(added.status).toBe(201);
    expect(added.json()).toMatchObject({ key: '777', added: true, own: { external: '+491711' }, by: 'boss' });
    expect(panel.model.extension('777')?.external).toBe('+491711');
    expect(await lastAudit()).toBe('admin.buttons.add extension 777 ok');
    expect((await call('POST', '', { kind: 'extension', key: '777', set: {} })).status).toBe(409);
    expect((await call('POST', '', { kind: 'extension', key: 'a b', set: {} })).json()).toMatchObject({ field: 'key' });
    const ids = [
      { kind: 'extension', key: '777' },
      { kind: 'extension', key: '101' },
    ];
    expect((await call('DELETE', '', { ids })).json()).toMatchObject({ forgotten: 1, conflicts: [{ key: '101' }] });
    expect(panel.model.extension('777')).toBeUndefined();
  });

  it('leaves as CSV and as JSON, and comes back', async () => {
    await call('PATCH', '', rename('101', '=1+1'));
    const csv = await call('GET', '.csv');
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(csv.headers['content-disposition']).toMatch(/^attachment; filename="buttons-[\d-]+\.csv"$/);
    expect(csv.text).toContain("extension,101,,'=1+1,");
    const json = await call('GET', '.json');
    expect(json.headers['content-disposition']).toMatch(/\.json"$/);
    await call('PATCH', '', rename('101', null));
    for (const [format, text] of [
      ['csv', csv.text],
      ['json', json.text],
    ]) {
      const body = { format, text, mode: 'merge' };
      const trial = (await call('POST', '/import', body)).json();
      expect(trial).toMatchObject({ applied: false, changedRows: 1, errors: [], unchanged: 1 });
      expect((await call('POST', '/import', { ...body, digest: trial.digest })).json()).toMatchObject({
        applied: true,
      });
      expect(panel.model.extension('101')?.name).toBe('=1+1');
      expect(await lastAudit()).toBe('admin.buttons.import merge ok');
      expect((await call('POST', '/import', { ...body, digest: trial.digest })).status).toBe(409);
      await call('PATCH', '', rename('101', null));
    }
    expect((await call('POST', '/import', { format: 'csv', text: 'x', mode: 'merge' })).json()).toMatchObject({
      ...{ error: 'invalid', field: 'text' },
    });
  });

  it('is for administrators alone', async () => {
    const mia = await panel.signIn('mia', 'supervisor');
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['GET', '.csv', undefined],
      ['GET', '.json', undefined],
      ['PATCH', '', rename('101', 'x')],
      ['POST', '', { kind: 'extension', key: '7', set: {} }],
      ['DELETE', '', { ids: [{ kind: 'extension', key: '101' }] }],
      ['POST', '/import', { format: 'csv', text: 'x', mode: 'merge' }],
    ] as const) {
      expect((await call(method, path, body, mia.cookie)).status).toBe(403);
    }
  });

  it('takes 10,000 rows in one request and in one file, within seconds', async () => {
    const numbers = Array.from({ length: 10_000 }, (_, n) => String(10_000 + n));
    const extensions = numbers.map((number) => ({ number, devices: [`PJSIP/${number}`] }));
    const event = { type: 'list.extensions', at: 0, repair: false, extensions } as const;
    panel.model.reduce(event);
    panel.book.observe(event);
    const edits = numbers.map((key) => ({ kind: 'extension', key, version: 0, set: { group: 'Everybody' } }));
    const { status, json } = await call('PATCH', '', { edits });
    expect(status).toBe(200);
    expect(json().changed).toHaveLength(10_000);
    const { text } = await call('GET', '.csv');
    const changed = text.replaceAll('Everybody', 'Nobody');
    const trial = (await call('POST', '/import', { format: 'csv', text: changed, mode: 'merge' })).json();
    expect(trial).toMatchObject({ changedRows: 10_000, errors: [] });
    expect(trial.changes).toHaveLength(2_000);
  }, 60_000);
});
