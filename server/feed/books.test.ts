import { describe, expect, it } from 'vitest';
import type { PbxEvent, SlotInfo } from '../pbx/events';
import { ChannelBook } from './channelBook';
import { ParkingBook } from './parkingBook';
import { PbxClock } from './pbxClock';
import { createdAt } from './readChannels';
import { block, channelLines } from './testing';
import { translate } from './translate';
import { ReadWindows } from './windows';

const RECEIVED = 1_795_253_047_000;
const stamped = (epochMs: number) => block(`Event: X\nTimestamp: ${(epochMs / 1000).toFixed(6)}`);

describe('the clock of the PBX', () => {
  it('an event without a timestamp is dated by its receipt', () => {
    expect(new PbxClock().at(block('Event: X'), RECEIVED)).toBe(RECEIVED);
    expect(new PbxClock().at(block('Event: X\nTimestamp: soon'), RECEIVED)).toBe(RECEIVED);
  });

  it.each([0, 7 * 3_600_000, -7 * 3_600_000])('a PBX clock %i ms off makes no wrong time', (off) => {
    const clock = new PbxClock();
    expect(clock.at(stamped(RECEIVED - off - 5), RECEIVED)).toBe(RECEIVED);
    // Held up by 900 ms on the way: still dated by when it happened.
    expect(clock.at(stamped(RECEIVED - off + 100 - 5), RECEIVED + 1_000)).toBe(RECEIVED + 100);
    expect(clock.skewMs).toBe(off + 5);
  });

  it('a clock that jumps back is followed within two minutes, and never dates an event by more than one', () => {
    const clock = new PbxClock();
    clock.at(stamped(RECEIVED), RECEIVED);
    const jumped = (at: number) => stamped(at - 3_600_000);
    expect(clock.at(jumped(RECEIVED + 1_000), RECEIVED + 1_000)).toBe(RECEIVED + 1_000 - 60_000);
    for (let at = RECEIVED + 61_000; at <= RECEIVED + 121_000; at += 30_000) clock.at(jumped(at), at);
    expect(clock.at(jumped(RECEIVED + 130_000), RECEIVED + 130_000)).toBe(RECEIVED + 130_000);
  });

  it('a clock that jumps ahead is followed at once', () => {
    const clock = new PbxClock();
    clock.at(stamped(RECEIVED), RECEIVED);
    expect(clock.at(stamped(RECEIVED + 3_600_000), RECEIVED)).toBe(RECEIVED);
  });

  it.each([
    ['pbx-1795253036.1', 10_000, 0, RECEIVED - 10_500],
    ['1795253036.1', 10_000, 400, RECEIVED - 10_300],
    ['1795000000.1', 10_000, 0, RECEIVED - 10_000],
    ['odd', 10_000, 0, RECEIVED - 10_000],
  ])('channel %s listed as %i ms old was made between what both clocks allow', (uniqueid, duration, skew, made) => {
    expect(createdAt(uniqueid, duration, RECEIVED, skew)).toBe(made);
  });
});

describe('what the stream leaves out', () => {
  const live = (text: string): PbxEvent[] => translate(block(text), RECEIVED, 0) ?? [];

  it('a rename is completed from the newest snapshot; of an unknown channel it is dropped', () => {
    const book = new ChannelBook();
    for (const event of live(`Event: Newchannel\n${channelLines('', '1.1', 'PJSIP/102-2')}`)) book.note(event);
    const rename = block('Event: Rename\nChannel: PJSIP/102-2\nNewname: PJSIP/103-3\nUniqueid: 1.1');
    const [renamed] = book.rename(rename, RECEIVED);
    expect(renamed).toMatchObject({
      type: 'channel',
      cause: 'rename',
      channel: { uniqueid: '1.1', name: 'PJSIP/103-3' },
    });
    if (renamed !== undefined) book.note(renamed);
    expect([book.uniqueidOf('PJSIP/103-3'), book.uniqueidOf('PJSIP/102-2')]).toEqual(['1.1', undefined]);
    for (const event of live(`Event: Hangup\n${channelLines('', '1.1', 'PJSIP/103-3')}`)) book.note(event);
    expect([book.size, book.rename(rename, RECEIVED)]).toEqual([0, []]);
  });

  it('a swap names the one who left the space', () => {
    const slot = (uniqueid: string): SlotInfo => ({
      space: '701',
      uniqueid,
      number: '',
      name: '',
      parkedBy: '',
      parkedSince: 0,
      timeout: 45,
    });
    const parked = (uniqueid: string): PbxEvent => ({ type: 'parked', at: 0, lot: 'default', slot: slot(uniqueid) });
    const book = new ParkingBook();
    expect(book.swap([parked('1.1')])).toEqual([parked('1.1')]);
    book.note(parked('1.1'));
    const [left] = book.swap([parked('1.2')]);
    expect(left).toMatchObject({ type: 'unparked', uniqueid: '1.1', swapped: { uniqueid: '1.2' } });
    if (left !== undefined) book.note(left);
    book.note(parked('1.2'));
    expect(book.swap([parked('1.3')])[0]).toMatchObject({ uniqueid: '1.2' });
  });
});

describe('events that cross a list', () => {
  const gone = (uniqueid: string): PbxEvent => ({ type: 'channel.gone', at: 0, uniqueid, hangupCause: 16 });
  const list = { type: 'list.channels', at: 0, repair: false, channels: [], bridges: [] } as const;

  it('come once more after the list, those of its own domain alone', () => {
    const out: PbxEvent[] = [];
    const windows = new ReadWindows((event) => out.push(event));
    windows.record(gone('before'));
    const window = windows.open('channels');
    windows.record(gone('during'));
    windows.record({ type: 'queue.gone', at: 0, name: 'support' });
    windows.record({ type: 'link', at: 0, link: 'up' });
    window.publish(list);
    windows.record(gone('after'));
    expect(out).toEqual([list, gone('during')]);
  });

  it('are forgotten when the read failed', () => {
    const out: PbxEvent[] = [];
    const windows = new ReadWindows((event) => out.push(event));
    windows.open('channels').discard();
    windows.record(gone('x'));
    const second = windows.open('channels');
    second.publish(list);
    expect(out).toEqual([list]);
  });
});
