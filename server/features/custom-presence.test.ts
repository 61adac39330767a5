import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_LINE_BYTES } from '../ami/encode';
import { AmiLinkLostError, AmiNotConnectedError, AmiRefusedError } from '../ami/errors';
import { type Answerer, FakePbx } from '../feed/testing';
import { encodePresence } from '../pbx/held';
import { type PresenceState, presenceState } from '../protocol/records';
import { CustomPresenceFeatures } from './custom-presence';
import { backendLaws } from './testing';
import { nothingSet } from './values';

const anna = { number: '101', devices: ['PJSIP/101'], presentity: 'CustomPresence:101' };
const words = fc.oneof(fc.string({ maxLength: 300 }), fc.string({ unit: 'binary', maxLength: 300 }));
const anyHeld = fc
  .record({
    state: fc.constantFrom<PresenceState>(...presenceState.options),
    subtype: words,
    message: words,
  })
  .map(encodePresence);

function setup(answers: Record<string, Answerer> = { Setvar: [] }) {
  const pbx = new FakePbx(answers);
  const backend = new CustomPresenceFeatures({ ami: () => pbx });
  const write = (held: string) =>
    backend.write({ person: anna, slot: 'presence', held, values: nothingSet, note: null });
  return { pbx, backend, write };
}

describe('presence of phones', () => {
  it('holds what it is given, and changes nothing by being read', () => {
    backendLaws(setup().backend, () => anyHeld);
  });

  it.each([null, 'CustomPresence:101),x', 'Custom:101', 'CustomPresence:', 'CustomPresence:1 2'])(
    'is none of the person whose provider is %j',
    (presentity) => expect(setup().backend.slots({ ...anna, presentity })).toEqual([]),
  );

  it('writes a state alone, and words in base64', async () => {
    const { pbx, write } = setup();
    expect(await write(encodePresence({ state: 'dnd', subtype: '', message: '' }))).toEqual({ kind: 'done' });
    await write(encodePresence({ state: 'away', subtype: 'lunch', message: 'back, at\n"two" ☕' }));
    await write(encodePresence({ state: 'xa', subtype: '', message: 'x' }));
    expect(pbx.asked.map(({ action, fields }) => [action, fields])).toEqual([
      ['Setvar', { Variable: 'PRESENCE_STATE(CustomPresence:101)', Value: 'dnd' }],
      ['Setvar', { Variable: 'PRESENCE_STATE(CustomPresence:101)', Value: 'away,bHVuY2g=,YmFjaywgYXQKInR3byIg4piV,e' }],
      ['Setvar', { Variable: 'PRESENCE_STATE(CustomPresence:101)', Value: 'xa,,eA==,e' }],
    ]);
  });

  it('never needs a longer line than AMI takes', async () => {
    const most = encodePresence({ state: 'unavailable', subtype: 's'.repeat(999), message: '☕'.repeat(999) });
    await fc.assert(
      fc.asyncProperty(anyHeld, async (held) => {
        const { pbx, write } = setup();
        await write(held);
        const value = String(pbx.asked[0]?.fields.Value);
        expect(value).toMatch(/^[a-z_]+(?:,[A-Za-z0-9+/=]*,[A-Za-z0-9+/=]*,e)?$/);
        expect(`Value: ${value}\r\n`.length).toBeLessThanOrEqual(MAX_LINE_BYTES);
      }),
      { examples: [[most]] },
    );
  });

  it.each([
    [new AmiRefusedError('Setvar', 'Permission denied'), 'refused', /"call" in write=/],
    [new AmiRefusedError('Setvar', 'Variable not set'), 'refused', /"Variable not set"/],
    [new AmiNotConnectedError('Setvar'), 'away', /./],
    [new AmiLinkLostError('Setvar', 'lost'), 'away', /./],
  ] as const)('tells a write that failed: %s', async (error, kind, message) => {
    const outcome = await setup({ Setvar: error }).write(encodePresence(nothingSet.presence));
    expect(outcome).toEqual({ kind, message: expect.stringMatching(message) });
  });

  it('is away without a link', async () => {
    const backend = new CustomPresenceFeatures({ ami: () => null });
    const held = encodePresence(nothingSet.presence);
    const outcome = await backend.write({ person: anna, slot: 'presence', held, values: nothingSet, note: null });
    expect(outcome).toMatchObject({ kind: 'away' });
    await expect(backend.read(anna)).rejects.toThrow('not connected');
    expect(backend.problem()).toBeNull();
  });
});

describe('reading it', () => {
  const holds = (state: string, subtype: string, message: string): Answerer => {
    const values = new Map([
      ['value', state],
      ['subtype,e', Buffer.from(subtype).toString('base64')],
      ['message,e', Buffer.from(message).toString('base64')],
    ]);
    return ({ Variable }) => {
      const part = /^PRESENCE_STATE\(CustomPresence:101,(.*)\)$/.exec(String(Variable))?.[1] ?? '';
      return [`Response: Success\nVariable: ${Variable}\nValue: ${values.get(part)}`];
    };
  };

  it('asks for words in base64', async () => {
    const { backend } = setup({ Getvar: holds('xa', 'meeting', 'a, b\r\nExten: 911') });
    expect(await backend.read(anna)).toBe(
      encodePresence({ state: 'xa', subtype: 'meeting', message: 'a, b\r\nExten: 911' }),
    );
  });

  it('knows nothing where it may not ask, or does not understand', async () => {
    expect(await setup({ Getvar: 'denied' }).backend.read(anna)).toBeNull();
    expect(await setup({ Getvar: holds('lunch', '', '') }).backend.read(anna)).toBeNull();
  });

  it('fails with the link', async () => {
    await expect(setup({ Getvar: new AmiLinkLostError('Getvar', 'lost') }).backend.read(anna)).rejects.toThrow('lost');
  });
});
