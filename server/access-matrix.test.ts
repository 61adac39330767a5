import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AccessPanel,
  accessPanel,
  busyOffice,
  documented,
  effects,
  type Person,
  type Row,
} from './access-testing';
import { samples } from './commands/calls/samples';
import type { TestOffice } from './commands/calls/testing';
import type { Grant } from './protocol/access';
import { commands } from './protocol/commands';
import { type AccessGroup, emptyGroup } from './protocol/groups';
import { type BuiltInRole, type Permission, permission } from './protocol/permissions';

/** Who is touched by the sample of each command: what docs/permissions.md calls a phone, a call and so on. */
interface Touched {
  readonly person?: readonly string[];
  readonly phone?: string;
  readonly call?: { readonly extensions: readonly string[]; readonly queues: readonly string[] };
  readonly membership?: { readonly extension: string; readonly queue: string };
  readonly conference?: readonly string[];
  readonly transfer?: readonly string[];
}

const talk = { extensions: ['101', '102'], queues: [] };
const rings = { extensions: ['103', '104'], queues: [] };
const waits = { extensions: [], queues: ['sales'] };
const inSales = (extension: string): Touched => ({ membership: { extension, queue: 'sales' } });
const room: Touched = { conference: ['106'] };
const asked: Touched = { transfer: ['101', '102'] };

const touched: Readonly<Record<string, Touched>> = {
  'extension.dnd': { person: ['102'] },
  'extension.forward': { person: ['102'] },
  'extension.presence': { person: ['102'] },
  'extensions.set': { person: ['102', '105'] },
  'outside.stop': {},
  'call.dial': { phone: '105' },
  'call.hangup': { call: talk },
  'call.transfer': { call: talk },
  'call.transfer.complete': asked,
  'call.transfer.swap': asked,
  'call.transfer.cancel': asked,
  'call.answer': { call: rings, phone: '104' },
  'call.hold': { call: talk, phone: '102' },
  'call.note': { call: talk },
  'call.pickup': { call: rings, phone: '105' },
  'call.park': { call: talk },
  'call.retrieve': { phone: '105' },
  'call.dtmf': { call: talk },
  'call.listen': { call: talk, phone: '105' },
  'call.record': { call: talk },
  'queue.add': inSales('105'),
  'queue.remove': inSales('104'),
  'queue.pause': inSales('104'),
  'queue.penalty': inSales('104'),
  'queue.take': { call: waits, phone: '105' },
  'conference.create': { call: talk },
  'conference.end': room,
  'conference.invite': room,
  'conference.mute': room,
  'conference.kick': room,
  'conference.lock': room,
};

function paramsOf(name: string, office: TestOffice): object {
  const people: Readonly<Record<string, object>> = {
    'extension.dnd': { extension: '102', on: true },
    'extension.forward': { extension: '102', kind: 'always', to: '105' },
    'extension.presence': { extension: '102', state: 'away' },
    'extensions.set': { extensions: ['102', '105'], dnd: { on: true } },
    'outside.stop': { on: true },
  };
  return people[name] ?? samples(office)[name]?.[0] ?? expect.fail(`${name} has no sample`);
}

/** Where somebody stands to the office: their extension, and whom the group that their rights are limited to holds. */
interface Standing {
  readonly own: string;
  readonly extensions: readonly string[];
  readonly queues: readonly string[];
  /** Who belongs to it by their department alone. */
  readonly department?: readonly string[];
  /** Room 800 and the lot are in the group as well. */
  readonly places?: true;
}

const standings: Readonly<Record<string, Standing>> = {
  'at 102': { own: '102', extensions: ['199'], queues: [] },
  'at 104': { own: '104', extensions: ['199'], queues: [] },
  'at 105': { own: '105', extensions: ['199'], queues: [] },
  'at 106': { own: '106', extensions: ['199'], queues: [] },
  'with everybody in the group': {
    own: '198',
    extensions: ['101', '102', '103', '104', '105', '106'],
    queues: ['sales'],
  },
  'with 105 in the group': { own: '198', extensions: ['105'], queues: [] },
  'with 102 and 103 in the group': { own: '198', extensions: ['102', '103'], queues: [] },
  'with a queue in the group': { own: '198', extensions: [], queues: ['sales'] },
  'with a queue and 105 in the group': { own: '198', extensions: ['105'], queues: ['sales'] },
  'with the department of 102 in the group': { own: '198', extensions: [], queues: [], department: ['102'] },
  'at 104 with a queue in the group': { own: '104', extensions: [], queues: ['sales'] },
  'with the room and the lot in the group': { own: '105', extensions: [], queues: [], places: true },
  'with nobody of them in the group': { own: '198', extensions: ['199'], queues: ['support'] },
};

type Limited = 'all' | 'team' | 'alone';

interface Kind {
  readonly role: BuiltInRole;
  readonly grants: readonly Grant[] | null;
  /** For whom its permissions hold; those that are not there it has not. */
  readonly holds: Readonly<Partial<Record<Permission, Limited>>>;
  /** Sees the group and themselves, and nothing else. */
  readonly seesTeam?: true;
}

const names = permission.options.filter((name) => name !== 'admin');
const selfs: readonly Permission[] = permission.options.filter((name) => /self$|^queueagent$/.test(name));
const to = (list: readonly Permission[], limited: Limited): Kind['holds'] =>
  Object.fromEntries(list.map((name) => [name, limited]));
const grantsTo = (list: readonly Permission[], groups: string[] | null): Grant[] =>
  list.map((name) => ({ permission: name as Grant['permission'], groups }));
const whole = names.filter((name) => !selfs.includes(name));

const kinds: Readonly<Record<string, Kind>> = {
  admin: { role: 'admin', grants: null, holds: to(permission.options, 'all') },
  operator: { role: 'supervisor', grants: null, holds: to(names, 'all') },
  member: { role: 'member', grants: null, holds: to(['dndself', 'forwardself', 'presenceself'], 'all') },
  viewer: { role: 'viewer', grants: null, holds: {} },
  nobody: { role: 'supervisor', grants: [], holds: {} },
  selfs: { role: 'viewer', grants: grantsTo(selfs, null), holds: to(selfs, 'all') },
  agents: { role: 'viewer', grants: grantsTo(['queueagent'], ['Team']), holds: to(['queueagent'], 'team') },
  team: { role: 'viewer', grants: grantsTo(whole, ['Team']), holds: to(whole, 'team') },
  alone: { role: 'supervisor', grants: grantsTo(whole, []), holds: to(whole, 'alone') },
  narrow: { role: 'supervisor', grants: null, holds: to(names, 'all'), seesTeam: true },
};

const plain: readonly string[] = ['admin', 'supervisor', 'viewer', 'nobody'];

function outcome(may: boolean, sees: boolean): 'allowed' | 'forbidden' | 'unseen' {
  if (!may) return 'forbidden';
  return sees ? 'allowed' : 'unseen';
}

/** What the page says, reckoned from what each sample touches: it knows nothing of the code that decides. */
function mayByThePage(row: Row, kind: Kind, standing: Standing): boolean {
  const touches = touched[row.command] ?? expect.fail(`${row.command}: whom does its sample touch?`);
  const has = (one: string): Limited | undefined => kind.holds[one as Permission];
  const reached = (limited: Limited): boolean => {
    if (limited === 'all') return true;
    const team: Omit<Standing, 'own'> = limited === 'team' ? standing : { extensions: [], queues: [] };
    const people = [standing.own, ...team.extensions, ...(team.department ?? [])];
    const isThere = (extension: string) => people.includes(extension);
    return row.reaches.every((word) => {
      if (word === 'phone') return isThere(touches.phone ?? '');
      if (word === 'person') return touches.person?.every(isThere) ?? false;
      const led = limited === 'team' && standing.places;
      if (word === 'conference') return led || (touches.conference?.some(isThere) ?? false);
      if (word === 'transfer') return touches.transfer?.some(isThere) ?? false;
      const { extensions, queues } = touches.membership
        ? { extensions: [touches.membership.extension], queues: [touches.membership.queue] }
        : (touches.call ?? expect.fail(`${row.command}: ${word}`));
      return extensions.some(isThere) || queues.some((queue) => team.queues.includes(queue));
    });
  };
  const limited = has(row.permission);
  const spies = touches.phone !== undefined && /answer|hold/.test(row.command) && touches.phone !== standing.own;
  if (limited !== undefined && reached(limited)) return !spies || mayListenAt(touches.phone, has('spy'), standing);
  const own = row.own === null ? undefined : has(row.own);
  if (own === undefined) return false;
  if (row.command.startsWith('queue.')) {
    if (touches.membership?.extension !== standing.own) return false;
    return own === 'all' || standing.queues.includes(touches.membership.queue);
  }
  const mine = [touches.call?.extensions.includes(standing.own), touches.person?.every((one) => one === standing.own)];
  return mine.includes(true);
}

/** What the page says of what is seen: the target of a command has to be. */
function seesByThePage(row: Row, standing: Standing): boolean {
  const touches = touched[row.command] ?? expect.fail(`${row.command}: whom does its sample touch?`);
  const people = [standing.own, ...standing.extensions, ...(standing.department ?? [])];
  const isThere = (extension: string) => people.includes(extension);
  // The guest of the room is seen with the room alone, and the lot and the call in it by 102 as well, who parked it.
  if (/conference\.(mute|kick)/.test(row.command) && !standing.places) return false;
  if (/call\.(retrieve|park)/.test(row.command) && !standing.places && !isThere('102')) return false;
  return row.reaches.every((word) => {
    if (word === 'phone') return isThere(touches.phone ?? '');
    // Each of several is answered by itself.
    if (word === 'person') return touches.person?.some(isThere) ?? false;
    if (word === 'conference') return standing.places || (touches.conference?.some(isThere) ?? false);
    if (word === 'transfer') return touches.transfer?.some(isThere) ?? false;
    if (word === 'membership') {
      const { extension, queue } = touches.membership ?? expect.fail();
      return isThere(extension) && standing.queues.includes(queue);
    }
    const { extensions, queues } = touches.call ?? expect.fail(`${row.command}: ${word}`);
    return extensions.some(isThere) || queues.some((queue) => standing.queues.includes(queue));
  });
}

function mayListenAt(phone: string | undefined, spy: Limited | undefined, standing: Standing): boolean {
  if (spy === undefined || phone === undefined) return false;
  if (spy === 'all') return true;
  const team = [...standing.extensions, ...(standing.department ?? [])];
  return phone === standing.own || (spy === 'team' && team.includes(phone));
}

const groupOf = ({ extensions, queues, department, places }: Standing): AccessGroup => ({
  ...emptyGroup('Team'),
  extensions: [...extensions],
  departments: department ? ['Ops'] : [],
  queues: [...queues],
  conferences: places ? ['800'] : [],
  parking: places ? ['default'] : [],
});

describe('the table of docs/permissions.md', () => {
  it('has every command once, with its permissions', () => {
    const rows = documented();
    expect(rows.map(({ command }) => command).sort()).toEqual(Object.keys(commands).sort());
    for (const { command, permission: needed, own } of rows) {
      const entry: { permission: Permission; own?: Permission } = commands[command as keyof typeof commands];
      if (!command.startsWith('extensions.')) expect([needed, own]).toEqual([entry.permission, entry.own ?? null]);
    }
  });
});

describe('who may do what to whom, over REST and over Socket.IO', () => {
  let panel: AccessPanel;
  let people: Record<string, Person>;
  const counted = { allowed: 0, forbidden: 0, unseen: 0 };
  beforeAll(async () => {
    panel = await accessPanel();
    const admin = await panel.person('admin', 'admin');
    await panel.saveGroups(admin, [groupOf({ own: '', extensions: [], queues: [] })]);
    people = { admin };
    for (const [name, { role, grants, seesTeam }] of Object.entries(kinds)) {
      if (name !== 'admin') people[name] = await panel.person(name, role, grants, seesTeam ? ['Team'] : null);
    }
  }, 60_000);
  afterAll(() => panel.close());

  const rows = documented().filter(({ command }) => command !== 'extensions.undo');

  for (const [where, standing] of Object.entries(standings)) {
    it(`${where}: exactly as the page says`, async () => {
      const admin = people.admin ?? expect.fail();
      await panel.saveGroups(admin, [groupOf(standing)]);
      for (const one of Object.values(people)) await panel.change(admin, one.id, { extension: standing.own });
      // How soon the sockets are told is looked at in access-revocation.test.ts.
      await expect.poll(() => Object.values(people).every(({ me }) => me.extension === standing.own)).toBe(true);
      await expect.poll(() => people.team?.me.limits.hangup?.queues).toEqual(standing.queues);
      await expect.poll(() => people.narrow?.me.sees?.queues).toEqual(standing.queues);
      for (const row of rows) {
        for (const [name, kind] of Object.entries(kinds)) {
          // Where they stand is nothing to those who may all or nothing.
          if (plain.includes(name) && !['at 102', 'with nobody of them in the group'].includes(where)) continue;
          const person = people[name] ?? expect.fail();
          const expected = outcome(mayByThePage(row, kind, standing), !kind.seesTeam || seesByThePage(row, standing));
          for (const over of ['rest', 'socket'] as const) {
            const office = busyOffice();
            panel.world.office = office;
            const params = paramsOf(row.command, office);
            const result =
              over === 'rest'
                ? await panel.overRest({ cookie: person.cookie }, row.command, params)
                : await panel.overSocket(person, row.command, params);
            const what = `${row.command} by ${name} over ${over}`;
            const forbidden = !result.ok && result.error === 'forbidden';
            const unseen =
              !result.ok &&
              /^(There is no|This call is over|This call is not being|No call is|This leg is not)/.test(result.message);
            expect(`${what}: ${outcome(!forbidden, !unseen)}`).toBe(`${what}: ${expected}`);
            expect(`${what}: ${effects(office) > 0}`).toBe(`${what}: ${result.ok}`);
            expect(office.audit).toHaveLength(1);
            counted[expected] += 1;
          }
        }
      }
    }, 120_000);
  }

  it('a machine may do what an operator may, for all', async () => {
    const headers = await panel.token();
    for (const row of rows) {
      const office = busyOffice();
      panel.world.office = office;
      const result = await panel.overRest(headers, row.command, paramsOf(row.command, office));
      const forbidden = !result.ok && result.error === 'forbidden';
      expect([row.command, forbidden]).toEqual([row.command, row.permission === 'admin']);
    }
  });

  it('tries both answers many times', () => {
    expect(Math.min(counted.allowed, counted.forbidden, counted.unseen)).toBeGreaterThan(400);
  });
});
