import { describe, expect, it } from 'vitest';
import { notConfigured } from '@/server/protocol/configured';
import { Seat } from '../actions/testing';
import { line } from '../calls/testing';
import { person } from '../live/testing';
import { paletteGroups } from './palette-items';

const greta = (...calls: ReturnType<typeof line>[]) => person({ number: '101', name: 'Greta Lund', calls });
const anna = person({ number: '102', name: 'Anna Berg', mailbox: '102@x' });
const bo = person({ number: '103', name: 'Bo Annander', calls: [line({ uniqueid: 'b1', state: 'ringing' })] });

const open = (seat: Seat, query: string) =>
  paletteGroups(seat.context, query).flatMap(({ items }) => items.filter(({ blocked }) => blocked === null));

describe('the palette', () => {
  it('offers everything with a person and the current call, the transfer first', async () => {
    const seat = await Seat.take({ extensions: [greta(line()), anna, bo] });
    const labels = open(seat, 'anna berg').map(({ label }) => label);
    expect(labels.slice(0, 4)).toEqual([
      'Transfer Maria Holm to Anna Berg (102)',
      'Ask Anna Berg (102) about Maria Holm first',
      'Send Maria Holm to the voicemail of Anna Berg (102)',
      'Call Anna Berg (102)',
    ]);
    expect(labels).toContain('Turn on do not disturb: Anna Berg (102)');
  });

  it('keeps what cannot be done, with its reason, after what can', async () => {
    const seat = await Seat.take({ extensions: [greta(), anna, bo] });
    const [group] = paletteGroups(seat.context, 'anna berg');
    const blocked = group?.items.filter((one) => one.blocked !== null) ?? [];
    expect(blocked.map(({ blocked: why }) => why)).toContain('Nothing rings at Anna Berg (102).');
    expect(group?.items.findIndex((one) => one.blocked !== null)).toBe((group?.items.length ?? 0) - blocked.length);
  });

  it('finds a deed and a person in any order', async () => {
    const seat = await Seat.take({ extensions: [greta(), anna, bo] });
    for (const query of ['pick up bo', 'bo pick up']) {
      expect(open(seat, query).map(({ label }) => label)).toEqual(['Pick up Maria Holm from Bo Annander (103)']);
    }
  });

  it('calls a number, and sends the call there', async () => {
    const seat = await Seat.take({ extensions: [greta(line()), anna] });
    expect(open(seat, '030 1234567').map(({ label }) => label)).toEqual([
      'Transfer Maria Holm to 0301234567',
      'Ask 0301234567 about Maria Holm first',
      'Call 0301234567',
    ]);
    open(seat, '030 1234567').at(-1)?.run();
    expect(seat.commands).toEqual([{ name: 'call.dial', params: { extension: '101', to: '0301234567' } }]);
  });

  it('runs nothing for a viewer but what changes the screen alone', async () => {
    const seat = await Seat.take(
      {
        extensions: [greta(line()), anna, bo],
        parking: [{ ...notConfigured, lot: 'default', label: '', spaces: null, slots: [] }],
      },
      { role: 'viewer', permissions: [] },
    );
    const tried = ['', 'anna', 'park', '030123456', 'pick up bo'].flatMap((query) =>
      open(seat, query).filter(({ id }) => !/^(signOut|go|theme|density)\b/.test(id)),
    );
    expect(tried.length).toBeGreaterThan(0);
    expect(tried.map(({ id }) => id).filter((id) => /^(call\.(?!focus)|queue|conference|outside)/.test(id))).toEqual(
      [],
    );
    expect(
      tried.map(({ id }) => id).filter((id) => /extension\.(call|pickup|hangup|listen|record|dnd)/.test(id)),
    ).toEqual([]);
  });

  it('gives every line an id of its own', async () => {
    const seat = await Seat.take({ extensions: [greta(line()), anna, bo] });
    for (const query of ['', 'anna', 'a', '10', 'pick up bo', 'park']) {
      const ids = paletteGroups(seat.context, query).flatMap(({ items }) => items.map(({ id }) => id));
      expect(
        ids.filter((one, i) => ids.indexOf(one) !== i),
        query,
      ).toEqual([]);
    }
  });
});
