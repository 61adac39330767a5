import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { dialable } from '../protocol/call-commands';
import { type CommandName, commands } from '../protocol/commands';
import { extensionNumber } from '../protocol/extension-number';
import { defaultNumberRules, type NumberRules } from '../protocol/number-rules';
import { samples } from './calls/samples';
import { anna, bert, TestOffice } from './calls/testing';
import { numbersIn } from './outside';
import { doorOf } from './testing';

const rules: NumberRules = {
  patterns: [
    { pattern: '112', class: 'emergency' },
    { pattern: '_00.', class: 'international' },
    { pattern: '_0.', class: 'national' },
  ],
  forwardTo: ['internal', 'national'],
  dialTo: ['internal', 'national'],
  externalPerMinute: 3,
};

/** The schema of a field without what may be left out or null. */
function bare(schema: z.ZodType): unknown {
  const { def } = schema as unknown as { def: { innerType?: z.ZodType } };
  return def.innerType === undefined ? schema : bare(def.innerType);
}

describe('the door', () => {
  it('is passed by every parameter of the catalogue that holds a number to call', () => {
    const found: string[] = [];
    for (const [name, { params }] of Object.entries(commands)) {
      for (const [field, schema] of Object.entries(params.shape as Record<string, z.ZodType>)) {
        const kind = bare(schema);
        // `extension` is somebody of the house, who is looked up; a room is found by its number.
        const called = kind === dialable || (kind === extensionNumber && field !== 'extension');
        if (called || (name === 'conference.create' && field === 'conference')) found.push(`${name} ${field}`);
      }
    }
    const given = { to: '5551', extension: '5551', conference: '5551', mode: 'blind' };
    const passed = Object.entries(numbersIn).map(([name, numberIn]) => {
      const wanted = (numberIn as (params: object) => { number: string; field: string } | null)(given);
      expect(wanted?.number).toBe('5551');
      return `${name} ${wanted?.field}`;
    });
    expect(passed.sort()).toEqual(found.sort());
    expect(found).toHaveLength(5);
  });

  it('lets nobody through while all calls are stopped, but to emergency numbers', () => {
    const stopped = { by: 'anna', since: '2026-11-21T12:00:00.000Z' };
    const door = doorOf({ rules: () => rules, isInternal: (number) => number === '102', stopped: () => stopped });
    const to = (number: string, how: 'dial' | 'forward' = 'dial') => door.pass(bert, { number, how, field: 'to' });
    expect(to('030123')).toEqual({
      ok: false,
      error: 'forbidden',
      message: 'All calls to the outside were stopped by anna; emergency numbers can be called.',
      field: 'to',
    });
    expect(to('030123', 'forward')).toMatchObject({ error: 'forbidden' });
    expect(door.closed('030123', 'forward')).toMatch(/stopped by anna/);
    expect(to('0044123')).toMatchObject({ error: 'invalid' });
    expect([to('102'), to('102', 'forward'), to('112')]).toEqual([null, null, null]);
    expect(to('112', 'forward')).toMatchObject({ error: 'invalid', message: expect.stringContaining('never') });
  });

  it('counts the calls of each user, a minute long; the house and emergencies are free', () => {
    let now = 0;
    let limit: number | null = 3;
    const door = doorOf({
      rules: () => ({ ...rules, externalPerMinute: limit }),
      isInternal: (number) => number === '102',
      now: () => now,
    });
    const call = (actor = anna, number = '030123', how: 'dial' | 'forward' = 'dial') =>
      door.pass(actor, { number, how, field: 'to' })?.error ?? 'through';
    expect([call(), call(), call(anna, '030123', 'forward'), call()]).toEqual([
      ...['through', 'through', 'through'],
      'rateLimited',
    ]);
    expect([call(anna, '102'), call(anna, '112'), call(bert)]).toEqual(['through', 'through', 'through']);
    now += 20_000;
    expect([call(), call()]).toEqual(['through', 'rateLimited']);
    now += 60_000;
    expect([call(), call(), call(), call()].filter((one) => one === 'through')).toHaveLength(3);
    limit = null;
    expect(Array.from({ length: 50 }, () => call())).not.toContain('rateLimited');
    limit = 1;
    expect([call(), call()]).toEqual(['through', 'rateLimited']);
  });

  it('keeps rooms from being a way to the outside', () => {
    const door = doorOf({ rules: () => rules, isInternal: (number) => number === '800' });
    const create = (number: string) => door.pass(anna, { number, how: 'room', field: 'conference' })?.message ?? null;
    expect([create('800'), create('8001')]).toEqual([null, null]);
    expect(create('0044123456')).toBe('0044123456 is a number to call, not a conference.');
    expect(create('112')).toMatch(/not a conference/);
  });
});

describe('commands at the door', () => {
  const outside: readonly [CommandName, (office: TestOffice) => object][] = [
    ['call.dial', () => ({ extension: '105', to: '030123' })],
    ['call.transfer', ({ caller }) => ({ uniqueid: caller.id, to: '030123', mode: 'blind' })],
    ['call.transfer', ({ caller }) => ({ uniqueid: caller.id, to: '030123', mode: 'attended' })],
    ['call.transfer', ({ caller }) => ({ uniqueid: caller.id, to: '030123', mode: 'external' })],
    ['conference.invite', () => ({ conference: '800', extension: '030123' })],
    ['extension.forward', () => ({ extension: '102', kind: 'always', to: '030123' })],
  ];

  for (const [name, params] of outside) {
    const shown = `${name} ${JSON.stringify(params({ caller: { id: 'x' } } as TestOffice))}`;

    it(`${shown}: stopped, then limited, and written down`, async () => {
      const office = new TestOffice();
      office.rules = rules;
      await office.run('outside.stop', { on: true }, { ...anna, permissions: ['admin'] });
      const admin = { ...anna, permissions: [...anna.permissions, 'admin' as const] };
      const machine = { ...admin, kind: 'token' as const };
      for (const actor of [anna, admin, machine]) {
        expect(await office.run(name, params(office), actor)).toMatchObject({ error: 'forbidden' });
      }
      expect([office.ami.sent, office.wishes]).toEqual([[], []]);
      await office.run('outside.stop', { on: false }, { ...bert, permissions: ['admin'] });
      expect(await office.run(name, params(office), anna)).toMatchObject({ ok: true });
      const fresh = new TestOffice();
      fresh.rules = rules;
      for (let turn = 0; turn < 3; turn += 1) {
        const forward = { extension: '103', kind: 'busy', to: '030123' };
        expect(await fresh.run('extension.forward', forward, anna)).toMatchObject({ ok: true });
      }
      const wishes = fresh.wishes.length;
      expect(await fresh.run(name, params(fresh), anna)).toMatchObject({
        error: 'rateLimited',
        message: 'More than 3 calls to the outside in a minute; wait a little.',
      });
      expect([fresh.ami.sent, fresh.wishes.length]).toEqual([[], wishes]);
      expect(fresh.audit.at(-1)).toMatchObject({
        action: name,
        result: expect.stringMatching(/^rateLimited: More than/),
      });
    });
  }

  it('a conference is made at no number outside', async () => {
    const office = new TestOffice();
    const [params] = samples(office)['conference.create'] ?? expect.fail();
    const answer = await office.run('conference.create', { ...params, conference: '0044123' });
    expect(answer).toMatchObject({ error: 'invalid', field: 'conference' });
    expect(office.ami.sent).toEqual([]);
    expect(defaultNumberRules.externalPerMinute).toBe(10);
  });
});
