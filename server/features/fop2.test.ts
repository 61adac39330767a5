import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AmiFieldError, AmiLinkLostError, AmiRefusedError } from '../ami/errors';
import type { AmiPort } from '../ami/types';
import { type Answerer, FakePbx } from '../feed/testing';
import { fop2Dnd, fop2Text } from '../pbx/held';
import { defaultStates } from '../protocol/availability-default';
import { type PresenceChoice, presenceState } from '../protocol/records';
import { Fop2Features } from './fop2';
import { textOf, withText } from './fop2-text';
import { anyValues, backendLaws } from './testing';
import { type FeatureValues, nothingSet, type Presence } from './values';

const anna = { number: '101', devices: ['PJSIP/101'], presentity: null };
const choices: readonly PresenceChoice[] = [
  ...defaultStates,
  { name: 'In court', colour: 'red', icon: 'circle', state: 'dnd', subtype: 'court' },
  { name: 'Free to chat', colour: 'teal', icon: 'circle', state: 'chat', subtype: '' },
];

function setup(answers: Record<string, Answerer> = { UserEvent: [], DBPut: [] }) {
  const pbx = new FakePbx(answers);
  const backend = new Fop2Features({ ami: () => pbx, choices: () => choices });
  const write = (slot: string, held: string, devices = anna.devices) =>
    backend.write({ person: { ...anna, devices }, slot, held, values: nothingSet, note: null });
  return { pbx, backend, write };
}

const withPresence = (presence: Partial<Presence>, dnd = false): FeatureValues => ({
  ...nothingSet,
  dnd,
  presence: { ...nothingSet.presence, ...presence },
});

describe('the text of a person', () => {
  it.each<[string, FeatureValues]>([
    ['', nothingSet],
    ['', withPresence({ state: 'available' })],
    ['', withPresence({ state: 'chat' })],
    [fop2Dnd, withPresence({}, true)],
    [fop2Dnd, withPresence({ state: 'away', subtype: 'lunch' }, true)],
    [fop2Dnd, withPresence({ state: 'dnd', message: 'quiet please' }, true)],
    [fop2Dnd, withPresence({ state: 'dnd' })],
    ['In court', withPresence({ state: 'dnd', subtype: 'court' }, true)],
    ['Out to lunch', withPresence({ state: 'away', subtype: 'lunch' })],
    ['Out to lunch', withPresence({ state: 'away', subtype: 'lunch', message: 'back at two' })],
    ['Away', withPresence({ state: 'away' })],
    ['back at two', withPresence({ state: 'away', message: 'back at two' })],
    ['in office 2', withPresence({ state: 'available', message: 'in office 2' })],
    ['plane', withPresence({ state: 'away', subtype: 'plane' })],
    ['Extended away', withPresence({ state: 'xa' })],
    ['Gone for the day', withPresence({ state: 'unavailable' })],
    ['Away', withPresence({ state: 'away', message: 'DND' })],
    ['two lines', withPresence({ state: 'away', message: 'two\nlines' })],
  ])('is %j', (text, values) => expect(textOf(values, choices)).toBe(text));

  it.each<[string, FeatureValues, FeatureValues]>([
    [fop2Dnd, nothingSet, withPresence({}, true)],
    ['', withPresence({}, true), nothingSet],
    ['', withPresence({ state: 'away', subtype: 'lunch' }, true), withPresence({ state: 'available' })],
    ['', withPresence({ state: 'chat' }, true), withPresence({ state: 'chat' })],
    ['Out to lunch', withPresence({}, true), withPresence({ state: 'away', subtype: 'lunch' })],
    ['out to LUNCH', nothingSet, withPresence({ state: 'away', subtype: 'lunch', message: 'out to LUNCH' })],
    ['In court', nothingSet, withPresence({ state: 'dnd', subtype: 'court' }, true)],
    ['at the dentist', withPresence({}, true), withPresence({ state: 'away', message: 'at the dentist' })],
  ])('%j is understood', (text, before, after) => expect(withText(text, before, choices)).toEqual(after));

  it('says the same in the end whatever the names of the states are', () => {
    const name = fc.oneof(
      fc.constantFrom('Available', 'DND', 'Away', 'away', 'Mañana', '\u0000'),
      fc.string({ minLength: 1 }),
    );
    const odd = fc.array(
      fc.record({
        name,
        colour: fc.constant('red' as const),
        icon: fc.constant('circle' as const),
        state: fc.constantFrom(...presenceState.options),
        subtype: fc.constantFrom('', 'lunch', 'court'),
      }),
      { maxLength: 6 },
    );
    const text = fc.oneof(name, fc.string()).map(fop2Text);
    fc.assert(
      fc.property(odd, anyValues, text, (names, values, found) => {
        expect(withText(textOf(values, names), values, names)).toBe(values);
        expect(textOf(withText(found, values, names), names)).toBe(found);
        const shown = textOf(values, names);
        expect(fop2Text(shown)).toBe(shown);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the slots of FOP2', () => {
  it('hold what they are given, and change nothing by being read', () => {
    const text = fc.oneof(fc.constantFrom('dnd', 'OUT to lunch', 'Away', 'available', 'free TO chat'), fc.string());
    backendLaws(setup().backend, (slot) => (slot === 'cust' ? fc.constantFrom('', '102') : text.map(fop2Text)));
  });

  it('are for people with a phone', () => {
    const { backend } = setup();
    expect(backend.slots(anna)).toEqual(['event', 'state', 'cust']);
    expect(backend.slots({ ...anna, devices: [] })).toEqual([]);
    expect(backend.slots({ ...anna, devices: ['PJSIP/1/2', 'Local/1@x;1'] })).toEqual([]);
    expect(['event', 'state', 'cust'].map((slot) => backend.features(slot))).toEqual([
      ['dnd', 'presence'],
      ['dnd', 'presence'],
      ['always'],
    ]);
  });

  it('are announced and kept for every phone of the person', async () => {
    const { pbx, write } = setup();
    const two = ['PJSIP/101', 'SIP/101'];
    expect(await write('event', fop2Dnd, two)).toEqual({ kind: 'done' });
    await write('state', '', two);
    await write('cust', '0301234');
    expect(pbx.asked.map(({ action, fields }) => [action, ...Object.values(fields)])).toEqual([
      ['UserEvent', 'FOP2ASTDB', 'fop2state', 'PJSIP/101', 'Do not Disturb'],
      ['UserEvent', 'FOP2ASTDB', 'fop2state', 'SIP/101', 'Do not Disturb'],
      ['DBPut', 'fop2state', 'PJSIP/101', ''],
      ['DBPut', 'fop2state', 'SIP/101', ''],
      ['UserEvent', 'FOP2CUST', 'astdbcust', 'PJSIP/101', '0301234'],
    ]);
  });

  it('are read from AstDB; nobody keeps an announcement', async () => {
    const { backend, pbx } = setup({ DBGet: ['Event: DBGetResponse\nVal: dnd'] });
    expect(await backend.read(anna, 'state')).toBe(fop2Dnd);
    expect(pbx.asked[0]?.fields).toEqual({ Family: 'fop2state', Key: 'PJSIP/101' });
    expect(await backend.read(anna, 'event')).toBeNull();
    pbx.answers.DBGet = new AmiRefusedError('DBGet', 'Database entry not found');
    expect(await backend.read(anna, 'state')).toBe('');
    pbx.answers.DBGet = 'denied';
    expect(await backend.read(anna, 'state')).toBeNull();
    pbx.answers.DBGet = new AmiLinkLostError('DBGet', 'lost');
    await expect(backend.read(anna, 'state')).rejects.toThrow('lost');
  });
});

describe('an account with less', () => {
  it('without system announces only, and says so; another connection may do more', async () => {
    let since = 1;
    const pbx = new FakePbx({ UserEvent: [], DBPut: 'denied' });
    const ami: AmiPort = {
      get status() {
        return { ...pbx.status, since };
      },
      action: (name, fields) => pbx.action(name, fields),
      list: (name, fields) => pbx.list(name, fields),
    };
    const backend = new Fop2Features({ ami: () => ami, choices: () => choices });
    const write = () => backend.write({ person: anna, slot: 'state', held: fop2Dnd, values: nothingSet, note: null });
    expect(backend.problem()).toBeNull();
    expect(await write()).toMatchObject({ kind: 'refused', message: expect.stringMatching(/"system" in write=/) });
    expect(backend.slots(anna)).toEqual(['event', 'cust']);
    expect(backend.problem()).toMatch(/announced, but not kept in AstDB.*"system"/);
    since = 2;
    expect(backend.slots(anna)).toEqual(['event', 'state', 'cust']);
    expect(backend.problem()).toBeNull();
  });

  it('without user goes on hearing, is refused once, and says that it cannot tell', async () => {
    const { backend, write, pbx } = setup({ UserEvent: 'denied', DBPut: [] });
    expect(await write('event', fop2Dnd)).toEqual({
      kind: 'done',
      warning: expect.stringMatching(/not told.*"user" in write=/),
    });
    expect(await write('event', '')).toEqual({ kind: 'done' });
    expect(pbx.count('UserEvent')).toBe(1);
    expect(backend.slots(anna)).toEqual(['event', 'state', 'cust']);
    expect(backend.problem()).toMatch(/not told of changes.*"user"/);
  });

  it.each([
    [new AmiRefusedError('UserEvent', 'Out of memory'), 'refused'],
    [new AmiFieldError('Value', 'holds a line feed'), 'refused'],
    [new AmiLinkLostError('UserEvent', 'lost'), 'away'],
  ] as const)('tells other failures: %s', async (error, kind) => {
    expect(await setup({ UserEvent: error }).write('event', '')).toMatchObject({ kind });
  });

  it('is away without a link', async () => {
    const backend = new Fop2Features({ ami: () => null, choices: () => choices });
    const request = { person: anna, slot: 'event', held: '', values: nothingSet, note: null };
    expect(await backend.write(request)).toMatchObject({ kind: 'away' });
    expect(backend.problem()).toBeNull();
  });
});
