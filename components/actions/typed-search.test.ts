import { afterEach, describe, expect, it } from 'vitest';
import { line } from '../calls/testing';
import { person } from '../live/testing';
import { view } from '../shell/view';
import { aim, aimAt, forgetAim } from './aim';
import { targetsFor, typedNumber } from './targets';
import { Seat } from './testing';
import { offerFor } from './typed-search';

const greta = (...calls: ReturnType<typeof line>[]) => person({ number: '101', name: 'Greta Lund', calls });
const people = [
  person({ number: '102', name: 'Anna Berg', group: 'Sales', mailbox: '102@x' }),
  person({ number: '103', name: 'Johanna Ek' }),
  person({ number: '104', name: 'Bo Anna' }),
];

const seatWith = (...calls: ReturnType<typeof line>[]) => Seat.take({ extensions: [greta(...calls), ...people] });

/** As if typed letter by letter. */
function type(seat: Seat, text: string): void {
  for (let i = 0; i < text.length; i += 1) aimAt(seat.mirror, text.slice(0, i + 1), text.slice(0, i));
}

afterEach(() => {
  forgetAim();
  view.set({ call: null });
});

describe('numbers as people type them', () => {
  it.each([
    ['+49 (30) 123-45', '+493012345'],
    ['0301234567', '0301234567'],
    ['*98', '*98'],
    ['anna', null],
    ['102a', null],
    ['', null],
  ])('%s', (text, number) => expect(typedNumber(text)).toBe(number));
});

describe('whom a few letters mean', () => {
  it('begins with names that begin so, then with words of names', async () => {
    const { context } = await seatWith();
    expect(targetsFor(context, 'anna', 6).map(({ to }) => to)).toEqual(['102', '104', '103']);
    expect(targetsFor(context, 'anna', 2)).toHaveLength(2);
    expect(targetsFor(context, '', 6)).toEqual([]);
  });

  it('offers a number that nobody has, and not one that somebody has', async () => {
    const { context } = await seatWith();
    expect(targetsFor(context, '102', 6)).toEqual([{ kind: 'person', to: '102', name: 'Anna Berg' }]);
    expect(targetsFor(context, '030 123456', 6)).toEqual([{ kind: 'number', to: '030123456', name: '030123456' }]);
    expect(targetsFor(context, '10', 6).at(-1)).toEqual({ kind: 'number', to: '10', name: '10' });
  });
});

describe('what Enter in the search does', () => {
  it('says it and does it, the other kind with Shift', async () => {
    const seat = await seatWith(line());
    type(seat, 'anna');
    const offer = offerFor(seat.context, 'anna');
    expect(offer?.enter?.label).toBe('Transfer Maria Holm to Anna Berg (102)');
    expect(offer?.shiftEnter?.label).toBe('Ask Anna Berg (102) about Maria Holm first');
    offer?.enter?.run();
    expect(seat.commands).toEqual([{ name: 'call.transfer', params: { uniqueid: 'peer1', to: '102', mode: 'blind' } }]);
  });

  it('does the kind that a key asked for', async () => {
    const seat = await seatWith(line());
    aim.set({ call: null, kind: 'attended', chosen: 0 });
    type(seat, 'anna');
    expect(offerFor(seat.context, 'anna')?.enter?.label).toMatch(/^Ask Anna/);
  });

  it('takes the match that the arrows chose', async () => {
    const seat = await seatWith(line());
    type(seat, 'anna');
    aim.set({ chosen: 1 });
    expect(offerFor(seat.context, 'anna')?.enter?.label).toBe('Transfer Maria Holm to Bo Anna (104)');
  });

  it('stays with the call for which the first letter was typed, whatever comes in meanwhile', async () => {
    const seat = await seatWith(line());
    type(seat, 'an');
    const second = line({ uniqueid: 'own2', peer: 'peer2', state: 'ringing', party: { number: '9', name: 'Zoe' } });
    seat.change(['extensions', '101', { calls: [line(), second] }]);
    expect(offerFor(seat.context, 'an')?.who).toBe('Maria Holm');
  });

  it('does nothing when that call is gone, though another one is there', async () => {
    const seat = await seatWith(line());
    type(seat, 'an');
    const second = line({ uniqueid: 'own2', peer: 'peer2', party: { number: '9', name: 'Zoe' } });
    seat.change(['extensions', '101', { calls: [second] }]);
    expect(offerFor(seat.context, 'an')).toMatchObject({ enter: null, gone: 'Maria Holm is no longer on the line.' });
  });

  it('never means a call that came after the first letter of a search without one', async () => {
    const seat = await seatWith();
    type(seat, 'an');
    seat.change(['extensions', '101', { calls: [line()] }]);
    expect(offerFor(seat.context, 'an')).toBeNull();
  });

  it('calls a number when there is no call, and searches for a name', async () => {
    const seat = await seatWith();
    expect(offerFor(seat.context, 'anna')).toBeNull();
    expect(offerFor(seat.context, '030 1234567')?.enter?.label).toBe('Call 0301234567');
    offerFor(seat.context, '102')?.enter?.run();
    expect(seat.commands).toEqual([{ name: 'call.dial', params: { extension: '101', to: '102' } }]);
    const viewer = await Seat.take({ extensions: [greta(line()), ...people] }, { permissions: [] });
    for (const query of ['', '102', 'anna']) {
      type(viewer, query);
      expect(offerFor(viewer.context, query)).toBeNull();
      forgetAim();
    }
  });
});
