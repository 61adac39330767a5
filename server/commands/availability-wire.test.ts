import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AstDbFeatures } from '../features/astdb';
import { Availability } from '../features/availability';
import { CustomPresenceFeatures } from '../features/custom-presence';
import { rest, TestClock, TestRows } from '../features/fakes';
import { Fop2Features } from '../features/fop2';
import { defaultAvailability } from '../protocol/availability-default';
import { rolePermissions } from '../protocol/permissions';
import type { ExtensionRecord } from '../protocol/records';
import type { Actor } from './actor';
import { dndHandler, forwardHandler, presenceHandler } from './availability';
import { BulkAvailability } from './availability-bulk';
import { RecordedAmi } from './calls/testing';
import { createCommands } from './executor';
import { KeyedLimiter } from './limiter';
import type { ModelPort } from './model-port';
import { doorOf, noCalls, untouchedCalls } from './testing';

const people = ['101', '102'];

/** The commands of availability over the real stores on a PBX, and the bytes that reach it. */
async function setup() {
  const ami = new RecordedAmi();
  const faults: object[] = [];
  const port = () => ami;
  const systems = [
    new AstDbFeatures({ ami: port }),
    new CustomPresenceFeatures({ ami: port }),
    new Fop2Features({ ami: port, choices: () => defaultAvailability.states }),
  ];
  const clock = new TestClock();
  const availability = new Availability({
    backends: systems,
    settings: () => defaultAvailability,
    emit: () => undefined,
    rows: new TestRows(),
    history: () => undefined,
    clock,
    log: { info: () => undefined, warn: () => undefined, error: (fields) => faults.push(fields) },
    resync: () => undefined,
  });
  await availability.follow('pbx');
  const at = clock.now();
  const extensions = people.map((number) => ({
    number,
    devices: [`PJSIP/${number}`],
    presentity: `CustomPresence:${number}`,
  }));
  availability.observe({ type: 'link', at, link: 'syncing' });
  availability.observe({ type: 'list.extensions', at, repair: false, extensions });
  availability.observe({ type: 'link', at, link: 'up' });
  const extension = (number: string): ExtensionRecord | undefined =>
    people.includes(number)
      ? ({ number, forward: { always: null, busy: null, noAnswer: null } } as ExtensionRecord)
      : undefined;
  const model: ModelPort = {
    extension,
    callee: extension,
    isInternal: (number) => people.includes(number),
    link: () => 'up',
    ...noCalls,
  };
  const bulk = new BulkAvailability(availability);
  const run = createCommands({
    model,
    ami: port,
    handlers: {
      'extension.dnd': dndHandler(availability),
      'extension.forward': forwardHandler(availability, () => defaultAvailability.numbers),
      'extension.presence': presenceHandler(availability),
      'extensions.set': bulk.set,
      'extensions.undo': bulk.undo,
      ...untouchedCalls(),
    },
    door: doorOf({ isInternal: model.isInternal }),
    audit: () => undefined,
    now: clock.now,
    log: { warn: () => undefined, error: (fields) => faults.push(fields) },
    limiter: new KeyedLimiter({ burst: 1_000, perSecond: 1, now: clock.now }),
  });
  await rest();
  ami.sent.length = 0;
  return { run, ami, faults };
}

const anna: Actor = {
  kind: 'user',
  id: 'u1',
  name: 'anna',
  permissions: rolePermissions.supervisor,
  limits: {},
  extension: '101',
  session: 's1',
  address: '',
};

const samples: readonly (readonly [name: string, params: Record<string, unknown>])[] = [
  ['extension.dnd', { extension: '101', on: true, note: 'Back soon', until: '2026-11-21T18:00:00.000Z' }],
  ['extension.forward', { extension: '101', kind: 'always', to: '102' }],
  ['extension.presence', { extension: '101', state: 'away', subtype: 'lunch', message: 'Out' }],
  ['extensions.set', { extensions: ['101', '102'], dnd: { on: true, note: 'All hands' } }],
  ['extensions.set', { extensions: ['101', '102'], presence: { state: 'xa', subtype: 'meeting', message: 'Room 4' } }],
  ['extensions.undo', { change: 'x' }],
];

const number = '[0-9A-Za-z._-]{1,40}';
const base64 = '[A-Za-z0-9+/]*={0,2}';
/** Every action there is for availability: a value that people write is only ever base64, or the text of FOP2's. */
const templates: readonly RegExp[] = [
  new RegExp(`^Action: DBPut\r\nFamily: (?:DND|CF|CFB|CFU)\r\nKey: ${number}\r\nVal: [0-9A-Za-z+*#._-]{1,40}\r\n\r\n$`),
  new RegExp(`^Action: DBDel\r\nFamily: (?:DND|CF|CFB|CFU)\r\nKey: ${number}\r\n\r\n$`),
  /^Action: DBGet\r\nFamily: [A-Za-z0-9]+\r\nKey: [A-Za-z0-9._/-]+\r\n\r\n$/,
  new RegExp(
    `^Action: Setvar\r\nVariable: DEVICE_STATE\\(Custom:(?:DEV)?(?:DND|CF)${number}\\)\r\nValue: (?:NOT_INUSE|BUSY|INUSE)\r\n\r\n$`,
  ),
  new RegExp(
    `^Action: Setvar\r\nVariable: PRESENCE_STATE\\(CustomPresence:${number}\\)\r\nValue: [a-z_]+(?:,${base64}(?:,${base64}(?:,e)?)?)?\r\n\r\n$`,
  ),
  /^Action: Getvar\r\nVariable: (?:DEVICE_STATE|PRESENCE_STATE|DB)\([A-Za-z0-9:/._,-]+\)\r\n\r\n$/,
  new RegExp(`^Action: DBPut\r\nFamily: fop2state\r\nKey: [A-Za-z0-9]+/${number}\r\nVal: [^\\p{Cc}]*\r\n\r\n$`, 'u'),
  new RegExp(`^Action: DBDel\r\nFamily: fop2state\r\nKey: [A-Za-z0-9]+/${number}\r\n\r\n$`),
  new RegExp(
    `^Action: UserEvent\r\nUserEvent: FOP2(?:ASTDB|CUST)\r\nFamily: (?:fop2state|astdbcust)\r\nChannel: PJSIP/${number}\r\nValue: [^\\p{Cc}]*\r\n\r\n$`,
    'u',
  ),
];

const strings = samples.flatMap(([name, params]) =>
  fieldsOf(params).map((path) => ({ name, params, path, title: `${name} ${path}` })),
);

function fieldsOf(value: unknown, path = ''): string[] {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => fieldsOf(each, path === '' ? key : `${path}.${key}`));
}

function withField(value: unknown, [key, ...rest]: string[], text: string): unknown {
  if (key === undefined) return text;
  if (Array.isArray(value))
    return value.map((each, index) => (String(index) === key ? withField(each, rest, text) : each));
  const object = value as Record<string, unknown>;
  return { ...object, [key]: withField(object[key], rest, text) };
}

const hostile = [
  '\r',
  '\n',
  '\r\nAction: Logoff\r\n\r\n',
  '\0',
  '/.*/',
  '101&102',
  '101,1',
  '$' + '{SHELL(id)}',
  'Local/101@from-internal',
  '101|x',
  '101;x',
  '\ud83d',
  '\u2028',
  '../101',
  ')',
  '101),CUT(',
  '1'.repeat(1_100),
  'ü'.repeat(600),
  '__proto__',
  '',
];

async function sendsTemplates(name: string, params: unknown): Promise<boolean> {
  const { run, ami, faults } = await setup();
  const result = await run(name, params, anna);
  await rest();
  expect(faults).toEqual([]);
  const odd = ami.sent.filter((bytes) => !templates.some((one) => one.test(bytes)));
  expect(odd, JSON.stringify(params)).toEqual([]);
  expect(ami.changes.length > 0).toBe(result.ok);
  return result.ok;
}

describe('what commands of availability send', () => {
  it.each(samples.slice(0, 5))('%s is made of its templates', async (name, params) => {
    expect(await sendsTemplates(name, params)).toBe(true);
  });

  describe.each(strings)('$title', ({ name, params, path }) => {
    it.each(hostile.map((value) => [JSON.stringify(value).slice(0, 40), value]))('%s', async (_what, value) => {
      await sendsTemplates(name, withField(params, path.split('.'), value));
    });

    it('any text', async () => {
      const text = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.string({ unit: 'grapheme', maxLength: 200 }),
      );
      await fc.assert(
        fc.asyncProperty(text, async (value) => {
          await sendsTemplates(name, withField(params, path.split('.'), value));
        }),
        { numRuns: 15 },
      );
    });
  });
});
