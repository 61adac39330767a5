import { describe, expect, it } from 'vitest';
import { busyOffice } from './access-testing';
import type { Actor } from './commands/actor';
import { samples } from './commands/calls/samples';
import { anna, type TestOffice } from './commands/calls/testing';
import { emptyGroup, limitOf, nobodyElse } from './protocol/groups';
import { rolePermissions } from './protocol/permissions';

const blind: Actor = { ...anna, permissions: rolePermissions.supervisor, extension: '198', sees: nobodyElse };

/** Names that nothing has. */
const nothing: Readonly<Record<string, unknown>> = {
  uniqueid: '1.999999',
  uniqueids: ['1.999999'],
  call: '1.999999',
  extension: '777',
  extensions: ['777'],
  queue: 'nowhere',
  conference: '899',
  lot: 'nowhere',
  space: '799',
};

const peopleSamples: Readonly<Record<string, object>> = {
  'extension.dnd': { extension: '102', on: true },
  'extension.forward': { extension: '102', kind: 'always', to: '105' },
  'extension.presence': { extension: '102', state: 'away' },
  'extensions.set': { extensions: ['102'], dnd: { on: true } },
};

async function answer(name: string, params: object, actor: Actor, office: TestOffice) {
  const result = await office.run(name, params, actor);
  return { result, changes: office.ami.changes.length + office.wishes.length + office.written.size };
}

/** The answer without the names that were asked about. */
function plain(result: object, params: Readonly<Record<string, unknown>>): string {
  const names = Object.entries(params).filter(([key]) => key in nothing);
  return names.reduce((text, [, value]) => text.replaceAll(String(value), 'N'), JSON.stringify(result));
}

describe('a target that is not seen', () => {
  const office = busyOffice();
  // Making a room asks about legs alone; the room is a number that is called.
  const all = [...Object.keys(samples(office)), ...Object.keys(peopleSamples)];

  it.each(all)('is answered by %s like one that does not exist, and nothing is done', async (name) => {
    const one = busyOffice();
    const params = (peopleSamples[name] ?? samples(one)[name]?.[0] ?? expect.fail()) as Record<string, unknown>;
    const unseen = await answer(name, params, blind, one);
    expect(unseen.changes).toBe(0);
    const absent = Object.fromEntries(Object.entries(params).map(([key, value]) => [key, nothing[key] ?? value]));
    if (name === 'conference.create') absent.conference = params.conference;
    const other = await answer(name, absent, blind, busyOffice());
    expect(unseen.result.ok).toBe(false);
    expect(plain(unseen.result, params)).toBe(plain(other.result, absent));
  });

  it.each(all)('may be aimed at by %s where everything is in sight', async (name) => {
    const one = busyOffice();
    const params = peopleSamples[name] ?? samples(one)[name]?.[0] ?? {};
    const sees = limitOf([{ ...emptyGroup('All'), all: ['extensions', 'queues', 'conferences', 'parking', 'trunks'] }]);
    expect(await answer(name, params, { ...blind, sees }, one)).toMatchObject({ result: { ok: true } });
  });

  it.each([
    ['call.answer', '104'],
    ['call.hold', '102'],
    ['call.pickup', '105'],
    ['call.listen', '105'],
    ['queue.take', '105'],
  ])('is no phone for %s either, though the call is seen', async (name, phone) => {
    const group = { ...emptyGroup('Two'), extensions: ['101', '103'], queues: ['sales'] };
    const seen = { ...blind, sees: limitOf([group]) };
    const one = busyOffice();
    const params = samples(one)[name]?.[0] ?? {};
    expect(params).toMatchObject({ extension: phone });
    const unseen = await answer(name, params, seen, one);
    const absent = { ...params, extension: '777' };
    const other = await answer(name, absent, seen, busyOffice());
    expect(unseen).toMatchObject({ changes: 0, result: { message: `There is no extension ${phone}.` } });
    expect(plain(unseen.result, params)).toBe(plain(other.result, absent));
  });

  it('can be called by number, and calls sent there', async () => {
    const seen = { ...blind, sees: limitOf([{ ...emptyGroup('Two'), extensions: ['101'] }]) };
    const one = busyOffice();
    expect(await one.run('call.transfer', { uniqueid: one.caller.id, to: '105', mode: 'blind' }, seen)).toMatchObject({
      ok: true,
    });
    expect(one.ami.changes.join()).toContain('Local/105@from-internal');
    const two = busyOffice();
    expect(await two.run('call.dial', { extension: '101', to: '105' }, seen)).toMatchObject({ ok: true });
  });

  it('is left out of several, whose others are done', async () => {
    const seen = { ...blind, sees: limitOf([{ ...emptyGroup('Two'), extensions: ['101'] }]) };
    const one = busyOffice();
    const result = await one.run('extensions.set', { extensions: ['101', '102'], dnd: { on: true } }, seen);
    expect(result).toMatchObject({
      ok: true,
      results: [
        { extension: '102', ok: false, message: 'There is no extension 102.' },
        { extension: '101', ok: true },
      ],
    });
    expect(one.wishes).toEqual(['dnd of 101']);
  });
});
