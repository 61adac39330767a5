import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccessPanel, accessPanel, busyOffice, effects, type Person } from './access-testing';
import { whyForbidden } from './commands/authorise';
import { samples } from './commands/calls/samples';
import { modelPortOf } from './commands/model-port';
import { needsOf } from './commands/needs';
import { type Grant, rightsOf } from './protocol/access';
import type { CommandName } from './protocol/commands';
import { type AccessGroup, emptyGroup } from './protocol/groups';
import { builtInRole, type Permission, permission } from './protocol/permissions';
import { snapshot } from './protocol/state';

let panel: AccessPanel;
let admin: Person;
beforeAll(async () => {
  panel = await accessPanel();
  admin = await panel.person('admin', 'admin');
}, 60_000);
afterAll(() => panel.close());

const all = (name: Permission): Grant[] => [{ permission: name as Grant['permission'], groups: null }];
const dial = { extension: '105', to: '102' };

describe('a right that is taken away', () => {
  const revocations: Readonly<Record<string, (id: string) => Promise<void>>> = {
    'by a change of the role': (id) => panel.change(admin, id, { role: 'viewer' }),
    'by a change of their own grants': (id) => panel.change(admin, id, { grants: all('park') }),
    'by disabling the user': (id) => panel.change(admin, id, { disabled: true }),
    'by a change of a group': () => panel.saveGroups(admin, [team([])]),
    'by removing the group': () => panel.saveGroups(admin, []),
  };
  const team = (extensions: string[]): AccessGroup => ({ ...emptyGroup('Team'), extensions });

  for (const [how, revoke] of Object.entries(revocations)) {
    it(`${how}: no command that is sent after the answer is done`, async () => {
      await panel.saveGroups(admin, [team(['105'])]);
      const limited = how.includes('group');
      const grants = limited ? [{ permission: 'dial' as const, groups: ['Team'] }] : null;
      const name = how.replaceAll(/[^a-z]/g, '').slice(0, 40);
      const one = await panel.person(name, 'supervisor', grants);
      const office = busyOffice();
      panel.world.office = office;
      expect(await panel.overSocket(one, 'call.dial', dial)).toMatchObject({ ok: true });
      // Commands run on, one after the other, while it is taken away: how many still get through is counted.
      let revoked = false;
      const after = { socket: 0, rest: 0 };
      const stream = async (): Promise<void> => {
        for (let turn = 0; turn < 40; turn += 1) {
          const late = revoked;
          if (one.socket.connected) {
            const answer = panel.overSocket(one, 'call.dial', dial).catch(() => null);
            const gone = new Promise<null>((done) => one.socket.once('disconnect', () => done(null)));
            const done = await Promise.race([answer, gone]);
            if (late && done?.ok) after.socket += 1;
          }
          const rest = await panel.overRest({ cookie: one.cookie }, 'call.dial', dial);
          if (late && rest.ok) after.rest += 1;
          if (turn === 10) void revoke(one.id).then(() => (revoked = true));
          await new Promise((done) => setTimeout(done, 10));
        }
      };
      await stream();
      expect(revoked).toBe(true);
      expect(after).toEqual({ socket: 0, rest: 0 });
      expect(effects(office)).toBeGreaterThan(1);
      const before = effects(office);
      if (one.socket.connected) await panel.overSocket(one, 'call.dial', dial);
      await panel.overRest({ cookie: one.cookie }, 'call.dial', dial);
      expect(effects(office)).toBe(before);
      one.socket.close();
    }, 60_000);
  }
});

describe('the right to see numbers', () => {
  const numbers = ['030111', '030222'];

  it('holds for an open socket at once: what comes next is another stream', async () => {
    panel.world.office = busyOffice();
    const one = await panel.person('nina', 'supervisor', all('hangup'));
    const hello = () => one.socket.emitWithAck('hello', { version: 1 });
    const first = JSON.stringify(await hello());
    for (const number of numbers) expect(first).not.toContain(number);
    const resync = () => new Promise<void>((done) => one.socket.once('resync', done));
    const state = async (headers: object): Promise<string> => (await panel.request('GET', 'state', headers)).payload;
    expect(await state({ cookie: one.cookie })).toContain('•••');
    const granted = resync();
    await panel.change(admin, one.id, { grants: all('callernumbers') });
    await granted;
    const second = JSON.stringify(await hello());
    for (const number of numbers) {
      expect(second).toContain(number);
      expect(await state({ cookie: one.cookie })).toContain(number);
      expect(await state(await panel.token())).toContain(number);
    }
    const taken = resync();
    await panel.change(admin, one.id, { grants: [] });
    await taken;
    const third = JSON.stringify(await hello());
    for (const number of numbers) {
      expect(third).not.toContain(number);
      expect(await state({ cookie: one.cookie })).not.toContain(number);
    }
    snapshot.parse(JSON.parse(await state({ cookie: one.cookie })));
    one.socket.close();
  });

  it('who has none sees who rings their own phone', async () => {
    const office = busyOffice();
    panel.world.office = office;
    const one = await panel.person('otto', 'supervisor', []);
    await panel.change(admin, one.id, { extension: '106' });
    await expect.poll(() => one.me.extension).toBe('106');
    // 106 is in the room with them.
    const shown = JSON.stringify(await one.socket.emitWithAck('hello', { version: 1 }));
    for (const number of numbers) expect(shown).toContain(number);
    one.socket.close();
  });
});

describe('what is seen', () => {
  it('holds for every open socket at once, whether the user, the role, the group or a department changes', async () => {
    const office = busyOffice();
    panel.world.office = office;
    await panel.saveGroups(admin, [{ ...emptyGroup('Ops'), departments: ['Ops'] }]);
    const one = await panel.person('ines', 'supervisor');
    const seen = async (): Promise<{ socket: string[]; rest: string[] }> => {
      const hello = await one.socket.emitWithAck('hello', { version: 1 });
      const shown = 'snapshot' in hello ? hello.snapshot : expect.fail('no snapshot');
      const state = (await panel.request('GET', 'state', { cookie: one.cookie })).json();
      const numbers = (lists: { extensions: readonly { number: string }[] }) =>
        lists.extensions.map(({ number }) => number).sort();
      return { socket: numbers(shown), rest: numbers(state) };
    };
    const resynced = async (change: () => Promise<unknown>): Promise<void> => {
      const told = new Promise<void>((done) => one.socket.once('resync', done));
      await change();
      await told;
    };
    expect((await seen()).socket).toHaveLength(6);
    // The user sees less than the role.
    await resynced(() => panel.change(admin, one.id, { sees: ['Ops'] }));
    expect(one.me.sees).toMatchObject({ groups: ['Ops'] });
    expect(await seen()).toEqual({ socket: ['102'], rest: ['102'] });
    // Somebody joins the department: no new stream, an op of this one.
    const frame = new Promise<string>((done) => one.socket.once('frame', (news) => done(JSON.stringify(news))));
    panel.hub.publish(
      office.model.reduce({ type: 'extension', at: office.now, extension: { number: '105', group: 'Ops' } }).ops,
    );
    expect(await frame).toContain('"105"');
    expect((await seen()).rest).toEqual(['102', '105']);
    // The group means somebody else.
    await resynced(() => panel.saveGroups(admin, [{ ...emptyGroup('Ops'), extensions: ['101'] }]));
    expect(await seen()).toEqual({ socket: ['101'], rest: ['101'] });
    // The group is gone: not everything is shown, but nobody else.
    await resynced(() => panel.saveGroups(admin, []));
    expect(await seen()).toEqual({ socket: [], rest: [] });
    await resynced(() => panel.change(admin, one.id, { sees: null }));
    expect((await seen()).socket).toHaveLength(6);
    one.socket.close();
  });
});

describe('random rights', () => {
  // Whose call a note is on, its handler knows.
  const commandNames = (Object.keys(samples(busyOffice())) as CommandName[]).filter((name) => name !== 'call.note');
  const groupNames = ['A', 'B'];
  const someExtensions = fc.subarray(['101', '102', '103', '104', '105', '106']);
  const group = (name: string) =>
    fc.record({ extensions: someExtensions, queues: fc.subarray(['sales']) }).map((rest): AccessGroup => {
      return { ...emptyGroup(name), ...rest };
    });
  const grants = fc.uniqueArray(
    fc.record({
      permission: fc.constantFrom(...permission.options.filter((name) => name !== 'admin')) as fc.Arbitrary<
        Grant['permission']
      >,
      groups: fc.option(fc.subarray(groupNames), { nil: null }),
    }),
    { selector: (one) => one.permission, maxLength: 24, size: 'max' },
  );
  const step = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        what: fc.constant('command' as const),
        name: fc.constantFrom(...commandNames),
        over: fc.constantFrom('rest' as const, 'socket' as const),
        wait: fc.boolean(),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ what: fc.constant('grants' as const), grants: fc.option(grants, { nil: null }) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        what: fc.constant('role' as const),
        role: fc.constantFrom(...builtInRole.options),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        what: fc.constant('extension' as const),
        extension: fc.constantFrom(null, '101', '104', '105', '106'),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ what: fc.constant('groups' as const), groups: fc.tuple(group('A'), group('B')) }),
    },
  );

  it('changed in the middle: nothing that is not allowed reaches the wire, nothing allowed is forbidden', async () => {
    const one = await panel.person('robin', 'supervisor');
    const counted = { allowed: 0, forbidden: 0 };
    await panel.saveGroups(admin, [emptyGroup('A'), emptyGroup('B')]);
    /** What holds by all that the administrator was answered. */
    const rightsNow = async () => {
      const user = await panel.panel.temporary.store.users.byId(one.id);
      if (user === null) return expect.fail();
      return { ...rightsOf(user.role, user, panel.panel.auth.access.get().settings), extension: user.extension };
    };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 20 }), async (steps) => {
        let changing: { before: Awaited<ReturnType<typeof rightsNow>>; done: Promise<void> } | null = null;
        const settle = async (): Promise<void> => {
          await changing?.done;
          changing = null;
        };
        for (const now of steps) {
          if (now.what !== 'command') {
            await settle();
            const before = await rightsNow();
            const done =
              now.what === 'groups'
                ? panel.saveGroups(admin, now.groups)
                : panel.change(admin, one.id, { [now.what]: now[now.what as never] });
            changing = { before, done };
            continue;
          }
          if (now.wait) await settle();
          const office = busyOffice();
          panel.world.office = office;
          const params = samples(office)[now.name]?.[0] ?? expect.fail();
          const may = (rights: Awaited<ReturnType<typeof rightsNow>>): boolean => {
            const actor = { kind: 'user', id: one.id, name: 'robin', session: '', address: '', ...rights } as const;
            const needs = needsOf[now.name](params as never, { actor, isOutside: () => false });
            return whyForbidden(needs, actor, modelPortOf(office.model)) === null;
          };
          const before = changing === null ? null : (changing as { before: typeof rights }).before;
          const running =
            now.over === 'rest'
              ? panel.overRest({ cookie: one.cookie }, now.name, params)
              : panel.overSocket(one, now.name, params);
          const result = await running;
          await settle();
          const rights = await rightsNow();
          const possible = [may(rights), ...(before === null ? [] : [may(before)])];
          const forbidden = !result.ok && result.error === 'forbidden';
          counted[forbidden ? 'forbidden' : 'allowed'] += 1;
          expect([now.name, possible]).toEqual([now.name, expect.arrayContaining([!forbidden])]);
          if (effects(office) > 0) expect(possible).toContain(true);
        }
        await settle();
      }),
      { numRuns: 40 },
    );
    expect(Math.min(counted.allowed, counted.forbidden)).toBeGreaterThan(50);
    one.socket.close();
  }, 120_000);
});
