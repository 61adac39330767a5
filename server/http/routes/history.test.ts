import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultAccess } from '../../protocol/access';
import { type FeatureChange, historyPage } from '../../protocol/availability';
import { emptyGroup, nobodyElse } from '../../protocol/groups';
import { type Panel, startPanel } from '../testing';
import { asCsv } from './history';

let panel: Panel;
const now = Date.parse('2026-03-01T12:00:00Z');
beforeEach(async () => {
  panel = await startPanel({}, () => now);
});
afterEach(() => panel?.close());

const change = (over: Partial<FeatureChange> = {}): Omit<FeatureChange, 'id'> => ({
  at: '2026-03-01T11:00:00.000Z',
  number: '101',
  feature: 'dnd',
  from: 'off',
  to: 'on',
  source: 'panel',
  by: 'anna',
  note: null,
  until: null,
  ...over,
});

function append(...changes: Omit<FeatureChange, 'id'>[]): void {
  for (const one of changes) panel.temporary.store.history.append('pbx', one);
}

async function get(url: string, headers: Record<string, string> = {}) {
  const answer = await panel.app.inject({ method: 'GET', url: `/api/v1/${url}`, headers });
  return { status: answer.statusCode, text: answer.payload, headers: answer.headers, json: () => answer.json() };
}

async function tokenWith(scope: 'state:read' | 'commands'): Promise<{ authorization: string }> {
  const { token } = await panel.temporary.store.tokens.create({ name: scope, scopes: [scope], expiresAt: null });
  return { authorization: `Bearer ${token}` };
}

async function memberOf(extension: string): Promise<{ cookie: string }> {
  const { id, cookie } = await panel.signIn(`member${extension}`, 'member');
  await panel.temporary.store.users.update(id, { extension });
  return { cookie };
}

describe('who may read the history', () => {
  it('is everybody of their own extension, operators and tokens of all', async () => {
    append(change(), change({ number: '102' }));
    const { cookie } = await panel.signIn('ann', 'supervisor');
    const token = await tokenWith('state:read');
    const member = await memberOf('101');
    for (const file of ['history', 'history.csv']) {
      for (const headers of [{ cookie }, token]) {
        expect((await get(file, headers)).status).toBe(200);
        expect((await get(`${file}?extension=102`, headers)).status).toBe(200);
      }
      expect((await get(`${file}?extension=101`, member)).status).toBe(200);
      for (const query of ['', '?extension=102', '?extension=', '?extension=101%20']) {
        expect(await get(`${file}${query}`, member)).toMatchObject({ status: 403 });
      }
      expect((await get(file)).status).toBe(401);
      expect((await get(file, { authorization: 'Bearer cbt_wrong' })).status).toBe(401);
      expect((await get(file, await tokenWith('commands'))).status).toBe(403);
    }
    const refused = await get('history', member);
    expect(refused.json()).toEqual({
      ok: false,
      error: 'forbidden',
      message: 'Your account may read its own history only.',
      field: 'extension',
    });
  });

  it('is nobody without an extension and without permission', async () => {
    const { cookie } = await panel.signIn('vic', 'viewer');
    for (const query of ['', '?extension=', '?extension=null']) {
      expect((await get(`history${query}`, { cookie })).status).toBe(403);
    }
  });
});

describe('who has limited rights', () => {
  const limit = { ...nobodyElse, groups: ['Sales'], extensions: ['102'] };

  it('reads the history of those it reaches, one at a time', async () => {
    await panel.auth.access.save({
      version: 0,
      settings: {
        ...defaultAccess,
        groups: [{ ...emptyGroup('Sales'), extensions: ['102'] }],
      },
    });
    const { id, cookie } = await panel.signIn('ann', 'supervisor');
    const grants = [{ permission: 'dnd' as const, groups: ['Sales'] }];
    await panel.temporary.store.users.update(id, { grants, extension: '101' });
    expect((await get('history?extension=101', { cookie })).status).toBe(200);
    const refused = await get('history', { cookie });
    expect(refused.status).toBe(403);
    expect(refused.json().message).toBe('Your account may read the history of some people only, one at a time.');
    expect((await get('me', { cookie })).json().limits).toEqual({ dnd: limit });
  });

  it('reads it of one at a time as long as not everybody is seen', async () => {
    const { id, cookie } = await panel.signIn('ann', 'supervisor');
    expect((await get('history', { cookie })).status).toBe(200);
    await panel.temporary.store.users.update(id, { sees: [], extension: '101' });
    expect((await get('history?extension=101', { cookie })).status).toBe(200);
    for (const query of ['history', 'history.csv']) expect((await get(query, { cookie })).status).toBe(403);
  });

  it('sees no number outside that others forward to', async () => {
    append(
      change({ feature: 'always', from: '', to: '0301234567' }),
      change({ number: '102', feature: 'busy', from: '0301234567', to: '103' }),
      change({ number: '102', feature: 'dnd', from: 'off', to: 'on until 18:00' }),
    );
    const { id, cookie } = await panel.signIn('ann', 'supervisor');
    const grants = [{ permission: 'dnd' as const, groups: null }];
    await panel.temporary.store.users.update(id, { grants, extension: '101' });
    const { rows } = historyPage.parse((await get('history', { cookie })).json());
    expect(rows.map(({ from, to }) => [from, to])).toEqual([
      ['off', 'on until 18:00'],
      ['•••', '103'],
      ['', '0301234567'],
    ]);
    const csv = await get('history.csv?extension=102', { cookie });
    expect(csv.text).not.toContain('0301234567');
    await panel.temporary.store.audit.flush();
    const { entries } = await panel.temporary.store.audit.page(5);
    expect(entries[0]).toMatchObject({ action: 'history.export', target: '102', result: 'ok' });
    expect((await get('history.csv', await tokenWith('state:read'))).text).toContain('0301234567');
  });
});

describe('a page of the history', () => {
  it('holds what was changed a moment ago, newest first, and says where to go on', async () => {
    const timed = change({
      feature: 'presence',
      to: 'away',
      source: 'timer',
      by: null,
      until: '2026-03-01T14:00:00.000Z',
    });
    append(change(), change({ number: '102' }), timed);
    panel.temporary.store.history.append('another PBX', change());
    const headers = await tokenWith('state:read');
    const first = historyPage.parse((await get('history?limit=2', headers)).json());
    expect(first).toEqual({
      rows: [
        { ...timed, id: 3 },
        { ...change({ number: '102' }), id: 2 },
      ],
      next: 2,
    });
    const rest = historyPage.parse((await get(`history?limit=2&before=${first.next}`, headers)).json());
    expect(rest).toEqual({ rows: [{ ...change(), id: 1 }], next: null });
    const found = await get('history?extension=101&feature=presence&from=2026-03-01T12:00:00%2B01:00', headers);
    expect(found.json().rows).toHaveLength(1);
  });

  it('refuses what it does not understand, and names it', async () => {
    const headers = await tokenWith('state:read');
    const wrong = [
      ['limit=501', 'limit'],
      ['limit=x', 'limit'],
      ['before=0', 'before'],
      ['feature=mood', 'feature'],
      ['from=yesterday', 'from'],
      ['to=2026-03-01', 'to'],
      [`extension=${'1'.repeat(41)}`, 'extension'],
      ['number=101', undefined],
      ['extension=101&extension=102', 'extension'],
    ] as const;
    for (const [query, field] of wrong) {
      const answer = await get(`history?${query}`, headers);
      expect([query, answer.status]).toEqual([query, 400]);
      expect(answer.json().field).toBe(field);
    }
    expect((await get('history.csv?limit=5', headers)).status).toBe(400);
    expect((await get('history.csv?feature=mood', headers)).status).toBe(400);
  });
});

describe('the history as CSV', () => {
  it('is a file that Excel reads, with a name that no extension can break out of', async () => {
    append(
      change({ note: 'says "hi", back at 2' }),
      change({ feature: 'presence', to: 'away · Mittagspause für Zoë' }),
    );
    const answer = await get(`history.csv?extension=101`, await tokenWith('state:read'));
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="availability-101-2026-03-01.csv"');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.text.split('\r\n')).toEqual([
      '\uFEFFTime,Extension,Feature,From,To,Source,By,Note,Until',
      '2026-03-01T11:00:00.000Z,101,presence,off,away · Mittagspause für Zoë,panel,anna,,',
      '2026-03-01T11:00:00.000Z,101,dnd,off,on,panel,anna,"says ""hi"", back at 2",',
      '',
    ]);
    const odd = await get(`history.csv?extension=${encodeURIComponent('1"\r\nX: y')}`, await tokenWith('state:read'));
    expect(odd.headers['content-disposition']).toBe('attachment; filename="availability-1Xy-2026-03-01.csv"');
    expect(odd.text).toBe('\uFEFFTime,Extension,Feature,From,To,Source,By,Note,Until\r\n');
  });

  it('gives a spreadsheet no formula to work out, in whichever column', async () => {
    const signs = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
    const rows = signs.map((sign) => {
      const cell = `${sign}HYPERLINK("http://x","y")`;
      return { ...change({ number: cell, from: cell, to: cell, by: cell, note: cell }), id: 1 };
    });
    const text = await textOf(asCsv(stream(rows), () => undefined));
    const cells = text.split(',').filter((cell) => cell.includes('HYPERLINK'));
    expect(cells).toHaveLength(signs.length * 5);
    for (const cell of cells) expect(cell).toMatch(/^"'/);
  });

  it('keeps the number of a forwarding in a readable form', async () => {
    append(change({ feature: 'always', to: '+4930123' }));
    const { text } = await get('history.csv', await tokenWith('state:read'));
    expect(text).toContain(",always,off,'+4930123,");
  });

  it('streams ten thousand rows', async () => {
    for (let n = 1; n <= 10_000; n += 1) append(change({ to: `${n}` }));
    const { text } = await get('history.csv', await tokenWith('state:read'));
    const lines = text.split('\r\n');
    expect(lines).toHaveLength(10_002);
    expect(lines[1]).toContain(',off,10000,');
    expect(lines[10_000]).toContain(',off,1,');
  });

  it('reads no further once nobody takes it, and cuts the answer when the database fails', async () => {
    let read = 0;
    async function* endless() {
      for (;;) {
        read += 1;
        yield { ...change(), id: read };
      }
    }
    const errors: Error[] = [];
    const left = asCsv(endless(), (error) => errors.push(error));
    await new Promise((resolve) => left.once('data', resolve));
    left.pause();
    left.destroy();
    await new Promise((resolve) => left.once('close', resolve));
    const then = read;
    await new Promise((resolve) => setImmediate(resolve));
    expect(read).toBe(then);
    async function* broken() {
      yield { ...change(), id: 1 };
      throw new Error('disk gone');
    }
    await expect(textOf(asCsv(broken(), (error) => errors.push(error)))).rejects.toThrow('disk gone');
    expect(errors.map(({ message }) => message)).toEqual(['Premature close', 'disk gone']);
  });
});

async function* stream<T>(rows: readonly T[]): AsyncGenerator<T> {
  yield* rows;
}

async function textOf(source: NodeJS.ReadableStream): Promise<string> {
  const sink = new PassThrough();
  const chunks: Buffer[] = [];
  sink.on('data', (chunk: Buffer) => chunks.push(chunk));
  await pipeline(source, sink);
  return Buffer.concat(chunks).toString();
}
