import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callNotes, callsPage } from '../../protocol/call-log';
import type { CallToLog } from '../../store/call-log';
import { type Panel, startPanel } from '../testing';

let panel: Panel;
const now = Date.parse('2026-03-01T12:00:00Z');
beforeEach(async () => {
  panel = await startPanel({}, () => now);
});
afterEach(() => panel?.close());

const call = (id: string, over: Partial<CallToLog> = {}): CallToLog => ({
  id,
  from: { number: '0301234', name: 'Anna' },
  to: { number: '101', name: 'Bert' },
  queue: null,
  did: null,
  startedAt: now - 60_000,
  answeredAt: now - 50_000,
  endedAt: now,
  outcome: 'answered',
  extensions: ['101', '102'],
  ...over,
});

function append(...calls: CallToLog[]): void {
  for (const one of calls) panel.temporary.store.calls.append('pbx', one);
}

async function get(url: string, headers: Record<string, string> = {}) {
  const answer = await panel.app.inject({ method: 'GET', url: `/api/v1/${url}`, headers });
  return { status: answer.statusCode, text: answer.payload, headers: answer.headers, json: () => answer.json() };
}

async function tokenWith(scope: 'state:read' | 'commands' | 'events'): Promise<{ authorization: string }> {
  const { token } = await panel.temporary.store.tokens.create({ name: scope, scopes: [scope], expiresAt: null });
  return { authorization: `Bearer ${token}` };
}

it('is for people with the permission and for machines that may read the state', async () => {
  append(call('1.1'));
  const operator = await panel.signIn('ann', 'supervisor');
  const member = await panel.signIn('max', 'member');
  for (const file of ['calls', 'calls.csv', 'calls/1.1/notes']) {
    expect((await get(file)).status, file).toBe(401);
    expect((await get(file, { cookie: operator.cookie })).status, file).toBe(200);
    expect((await get(file, await tokenWith('state:read'))).status, file).toBe(200);
    expect((await get(file, await tokenWith('events'))).status, file).toBe(403);
    const refused = await get(file, { cookie: member.cookie });
    expect(refused.status, file).toBe(403);
    expect(refused.text).not.toContain('0301234');
  }
});

describe('calls that are over', () => {
  it('come newest first, by pages, by number and by extension; those that wait are written first', async () => {
    const { cookie } = await panel.signIn('ann', 'supervisor');
    append(call('1.1'), call('2.1', { from: { number: '103', name: '' }, extensions: ['103'] }), call('3.1'));
    const read = async (query: string) => callsPage.parse((await get(`calls?${query}`, { cookie })).json());
    const first = await read('limit=2');
    expect(first.rows.map(({ id }) => id)).toEqual(['3.1', '2.1']);
    expect((await read(`limit=2&before=${first.next}`)).rows.map(({ id }) => id)).toEqual(['1.1']);
    expect((await read('number=0301234&limit=5')).rows.map(({ id }) => id)).toEqual(['3.1', '1.1']);
    expect((await read('extension=102')).rows.map(({ id }) => id)).toEqual(['3.1', '1.1']);
    for (const wrong of ['limit=0', 'limit=201', 'before=x', 'number=', 'order=asc']) {
      expect((await get(`calls?${wrong}`, { cookie })).status, wrong).toBe(400);
    }
  });

  it('come as a file in which no cell is a formula; the audit log tells who took it', async () => {
    const { cookie } = await panel.signIn('ann', 'supervisor');
    append(call('1.1', { from: { number: '0301234', name: '=HYPERLINK("x")' } }));
    await panel.temporary.store.callNotes.put('pbx', '1.1', { by: 'ann', at: now, text: 'two\nlines, "quoted"' });
    const { text, headers } = await get('calls.csv?number=0301234', { cookie });
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['content-disposition']).toBe('attachment; filename="calls-0301234-2026-03-01.csv"');
    expect(text).toBe(
      '\ufeffStarted,Answered,Ended,Outcome,From,From name,To,To name,Queue,Number dialled,Extensions,Notes,Call\r\n' +
        '2026-03-01T11:59:00.000Z,2026-03-01T11:59:10.000Z,2026-03-01T12:00:00.000Z,answered,' +
        `0301234,"'=HYPERLINK(""x"")",101,Bert,,,101 102,"ann: two\nlines, ""quoted""",1.1\r\n`,
    );
    await panel.temporary.store.audit.flush();
    const { entries } = await panel.temporary.store.audit.page(1);
    expect(entries[0]).toMatchObject({ actor: 'ann', action: 'calls.export', target: '0301234', result: 'ok' });
  });
});

it('gives the notes of a call, 404 where there is none', async () => {
  const { cookie } = await panel.signIn('ann', 'supervisor');
  append(call('1.1'));
  await panel.temporary.store.callNotes.put('pbx', '1.1', { by: 'bert', at: now, text: 'a\n b' });
  const { notes } = callNotes.parse((await get('calls/1.1/notes', { cookie })).json());
  expect(notes).toEqual([{ by: 'bert', at: '2026-03-01T12:00:00.000Z', text: 'a\n b' }]);
  expect(await get('calls/9.9/notes', { cookie })).toMatchObject({ status: 404 });
});
