import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from './commands/actor';
import { noteHandler } from './commands/calls/notes';
import { type AuditLine, createCommands, type Handlers } from './commands/executor';
import { modelPortOf } from './commands/model-port';
import { doorOf } from './commands/testing';
import { type CallLogParts, composeCallLog } from './compose-call-log';
import type { PbxEvent } from './pbx/events';
import { Exchange, type Line } from './pbx/exchange';
import { PbxModel } from './pbx/model';
import { office } from './pbx/schedules';
import { nothingSet } from './protocol/buttons';
import { type Limit, nobodyElse } from './protocol/groups';
import { rolePermissions } from './protocol/permissions';
import { silentLog, type TemporaryStore, temporaryStore } from './store/temporary';

let temporary: TemporaryStore;
let model: PbxModel;
let parts: CallLogParts;
let pbx: Exchange;
let told = 0;
let lines: AuditLine[];
let run: ReturnType<typeof createCommands>;

beforeEach(async () => {
  temporary = await temporaryStore();
  model = new PbxModel();
  const modelPort = modelPortOf(model);
  parts = composeCallLog({ store: temporary.store, model, modelPort, pbxKey: () => 'pbx', log: silentLog });
  for (const event of office) tellOne(event);
  pbx = new Exchange();
  told = 0;
  lines = [];
  run = createCommands({
    model: modelPort,
    // The PBX is away for all of these tests: notes do not need it.
    ami: () => null,
    handlers: { 'call.note': noteHandler(parts.notes) } as Partial<Handlers> as Handlers,
    door: doorOf(),
    audit: (line) => void lines.push(line),
    now: () => Date.parse('2026-03-01T12:00:00Z'),
    log: silentLog,
    limiter: { take: () => ({ allowed: true, first: false }) },
  });
});
afterEach(() => temporary.dispose());

function tellOne(event: PbxEvent): void {
  parts.observe(event, model.reduce(event).ops);
}

function tell(): void {
  for (; told < pbx.events.length; told += 1) tellOne(pbx.events[told] as PbxEvent);
}

function talk(from: string, to: string, number = ''): [Line, Line] {
  const one = pbx.dials(from, to.slice(6));
  if (number !== '') one.caller = { number, name: 'Carla' };
  if (number !== '') pbx.say({ type: 'channel', cause: 'callerid', channel: one.snapshot() });
  const [two] = pbx.rings(one, to) as [Line];
  pbx.answers(two);
  pbx.wait(10_000);
  tell();
  return [one, two];
}

function end(...legs: readonly Line[]): void {
  for (const leg of legs) pbx.hangUp(leg);
  tell();
}

const actor = (over: Partial<Actor> = {}): Actor => ({
  kind: 'user',
  id: 'u1',
  name: 'anna',
  permissions: rolePermissions.supervisor,
  limits: {},
  extension: null,
  session: 's1',
  address: '::1',
  ...over,
});
const limit = (over: Partial<Limit> = {}): Limit => ({ ...nobodyElse, ...over });
const limitedTo = (...extensions: string[]) => actor({ limits: { callhistory: limit({ extensions }) } });

const page = async (who: Actor, query: object = {}) => (await parts.calls.page(who, { limit: 50, ...query })).rows;
const ids = async (who: Actor, query: object = {}) => (await page(who, query)).map(({ id }) => id);
const all = async (who: Actor) => {
  const found: string[] = [];
  for await (const { id } of parts.calls.all(who, {})) found.push(id);
  return found;
};

describe('who sees which calls', () => {
  it('those that the limit reaches, and their own', async () => {
    const one = talk('PJSIP/101', 'PJSIP/102');
    const two = talk('PJSIP/103', 'PJSIP/104');
    const three = talk('PJSIP/104', 'PJSIP/105');
    end(...one, ...two, ...three);
    const [a, b, c] = [one[0].id, two[0].id, three[0].id];
    expect(await ids(actor())).toEqual([c, b, a]);
    expect(await ids(limitedTo('101'))).toEqual([a]);
    expect(await ids({ ...limitedTo('101'), extension: '105' })).toEqual([c, a]);
    expect(await ids(limitedTo('101'), { number: '104' })).toEqual([]);
    expect(await ids(limitedTo('103'), { number: '104' })).toEqual([b]);
    expect(await all(limitedTo('101', '104'))).toEqual([c, b, a]);
    tellOne({ type: 'extension', at: pbx.now, extension: { number: '103', group: 'Sales' } });
    expect(await ids(actor({ limits: { callhistory: limit({ departments: ['Sales'] }) } }))).toEqual([b]);
    expect(await ids(actor({ limits: { callhistory: limit() } }))).toEqual([]);
  });

  it('as far as they are seen: with the extensions and queues that somebody may see', async () => {
    const one = talk('PJSIP/101', 'PJSIP/102');
    const two = talk('PJSIP/103', 'PJSIP/104');
    end(...one, ...two);
    const [a, b] = [one[0].id, two[0].id];
    expect(await ids(actor({ sees: limit({ extensions: ['102'] }) }))).toEqual([a]);
    expect(await ids(actor({ sees: limit(), extension: '104' }))).toEqual([b]);
    expect(await ids(actor({ sees: limit({ all: ['extensions'] }) }))).toEqual([b, a]);
    expect(await ids(actor({ sees: limit({ extensions: ['102'] }) }), { number: '103' })).toEqual([]);
    const blind = { ...limitedTo('101', '103'), sees: limit({ extensions: ['104'] }) };
    expect(await ids(blind)).toEqual([b]);
    expect(await parts.calls.notes(blind, a)).toBeNull();
    expect(await parts.calls.notes(blind, b)).toEqual([]);
    expect(await run('call.note', { call: a, text: 'seen?' }, blind)).toEqual(
      await run('call.note', { call: 'none', text: 'seen?' }, blind),
    );
  });

  it('with the numbers of those outside where they may see them, and may not ask for others', async () => {
    const mine = talk('PJSIP/carrier', 'PJSIP/101', '0301234');
    const theirs = talk('PJSIP/carrier', 'PJSIP/102', '0301234');
    const inside = talk('PJSIP/103', 'PJSIP/104');
    end(...mine, ...theirs, ...inside);
    const permissions = rolePermissions.supervisor.filter((name) => name !== 'callernumbers');
    const blind = actor({ permissions, extension: '101' });
    const shown = (await page(blind)).map(({ from }) => from);
    expect(shown).toEqual([
      { number: '103', name: 'Person 3' },
      { number: '•••', name: '' },
      { number: '0301234', name: 'Carla' },
    ]);
    expect(await ids(blind, { number: '0301234' })).toEqual([mine[0].id]);
    expect(await ids(blind, { extension: '0301234' })).toEqual([mine[0].id]);
    expect(await ids(blind, { number: '104' })).toEqual([inside[0].id]);
    expect(await ids(actor(), { number: '0301234' })).toEqual([theirs[0].id, mine[0].id]);
    const some = actor({ limits: { callernumbers: limit({ extensions: ['102'] }) } });
    expect((await page(some)).map(({ from }) => from.number)).toEqual(['103', '0301234', '•••']);
    expect((await page(actor({ kind: 'token', permissions: [] }))).map(({ from }) => from.number)).toContain('0301234');
  });

  it('and not by the numbers of a discreet extension, whoever asks', async () => {
    const quiet = talk('PJSIP/carrier', 'PJSIP/101', '0301234');
    const open = talk('PJSIP/carrier', 'PJSIP/102', '0301234');
    end(...quiet, ...open);
    const row = {
      kind: 'extension' as const,
      key: '101',
      added: false,
      own: { ...nothingSet, privacy: 'clid' as const },
    };
    tellOne({ type: 'configured', at: pbx.now, rows: [row] });
    for (const query of [{ number: '0301234' }, { extension: '0301234' }, { number: '0301234', extension: '101' }]) {
      const shown = query.extension === '101' ? [] : [open[0].id];
      expect(await ids(actor(), query)).toEqual(shown);
    }
    expect((await page(actor())).map(({ from }) => from.number)).toEqual(['0301234', '•••']);
    expect(await ids(actor(), { extension: '101' })).toEqual([quiet[0].id]);
    expect(await ids(actor({ extension: '101' }), { number: '0301234' })).toEqual([open[0].id, quiet[0].id]);
    expect(await ids(actor({ kind: 'token', permissions: [] }), { number: '0301234' })).toHaveLength(2);
  });
});

describe('notes', () => {
  it('are written on a call that runs or is over, though the PBX is away, and read by others', async () => {
    const legs = talk('PJSIP/101', 'PJSIP/102');
    const call = legs[0].id;
    expect(await run('call.note', { call, text: ' first\nsecond ' }, actor())).toEqual({ ok: true });
    expect(await parts.calls.notes(actor({ name: 'bert' }), call)).toEqual([
      { by: 'anna', at: '2026-03-01T12:00:00.000Z', text: 'first\nsecond' },
    ]);
    end(...legs);
    expect(await run('call.note', { call, text: 'over' }, actor({ name: 'bert' }))).toEqual({ ok: true });
    expect((await page(actor()))[0]?.notes).toMatchObject([{ text: 'first\nsecond' }, { by: 'bert', text: 'over' }]);
    expect(await run('call.note', { call, text: '' }, actor())).toEqual({ ok: true });
    expect(await parts.calls.notes(actor(), call)).toMatchObject([{ by: 'bert' }]);
    expect(lines.map(({ target, result }) => [target, result])).toEqual([
      [call, 'ok: 12 characters'],
      [call, 'ok: 4 characters'],
      [call, 'ok: removed'],
    ]);
  });

  it('are refused on no call, beyond the limit, and without the permission', async () => {
    const legs = talk('PJSIP/101', 'PJSIP/102');
    const call = legs[0].id;
    expect(await run('call.note', { call: '1.1', text: 'x' }, actor())).toMatchObject({
      error: 'notFound',
      field: 'call',
    });
    expect(await run('call.note', { call, text: 'x' }, limitedTo('103'))).toMatchObject({ error: 'forbidden' });
    expect(await run('call.note', { call, text: 'x' }, actor({ permissions: ['dial'] }))).toMatchObject({
      error: 'forbidden',
    });
    expect(await run('call.note', { call, text: 'x' }, limitedTo('102'))).toEqual({ ok: true });
    expect(await parts.calls.notes(limitedTo('103'), call)).toBeNull();
    expect(await parts.calls.notes(actor(), '1.1')).toBeNull();
    end(...legs);
    expect(await run('call.note', { call, text: 'x' }, limitedTo('103'))).toMatchObject({ error: 'forbidden' });
    expect(await parts.calls.notes(limitedTo('103'), call)).toBeNull();
  });

  it('stay with a call that became part of another, by its old id too', async () => {
    const [caller, own] = talk('PJSIP/103', 'PJSIP/101');
    const [consult, target] = talk('PJSIP/101', 'PJSIP/102');
    await run('call.note', { call: consult.id, text: 'has time at five' }, actor());
    pbx.leave(target);
    pbx.enter(target, own.bridge ?? '', own);
    end(own, consult);
    await expect.poll(() => parts.calls.notes(actor(), caller.id)).toHaveLength(1);
    expect(await run('call.note', { call: consult.id, text: 'at six' }, actor({ name: 'bert' }))).toEqual({ ok: true });
    end(caller, target);
    expect(await page(actor())).toMatchObject([
      { id: caller.id, notes: [{ text: 'has time at five' }, { by: 'bert', text: 'at six' }] },
    ]);
    expect(await parts.calls.notes(actor(), consult.id)).toHaveLength(2);
  });
});
