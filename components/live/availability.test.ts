import { describe, expect, it } from 'vitest';
import { defaultStates } from '@/server/protocol/availability-default';
import { defaultLayout } from '@/server/protocol/layout-default';
import type { ExtensionRecord, PbxRecord } from '@/server/protocol/records';
import type { Frame } from '@/server/protocol/state';
import { emptyLists, FakeWire } from './fake-wire';
import { Mirror, type Notice } from './mirror';
import { person } from './testing';

const pbx: PbxRecord = {
  id: 'pbx',
  name: 'Office',
  link: 'up',
  since: '2026-11-21T08:00:00.000Z',
  asteriskVersion: null,
  problem: null,
  demo: false,
  missing: [],
  features: { backends: [], presenceStates: defaultStates },
  outsideStopped: null,
};
const me = {
  ...{ id: '1', username: 'greta', name: 'Greta', role: 'supervisor', roleName: '', permissions: ['dnd'], limits: {} },
  ...{ extension: null, hasPassword: true },
};

async function live() {
  const wire = new FakeWire();
  const timers: (() => void)[] = [];
  const later = (run: () => void) => {
    timers.push(run);
    return () => {};
  };
  const mirror = new Mirror({ wire, now: () => 1_000, wall: () => 0, later });
  const notices: Notice[] = [];
  mirror.onNotice((notice) => notices.push(notice));
  wire.listeners?.connected();
  const extensions = ['101', '102', '103'].map((number) => person({ number, name: `Name ${number}` }));
  const snapshot = { ...emptyLists(), pbx: [pbx], extensions, epoch: 'e', seq: 1, serverTime: '' };
  const layout = { version: 1, layout: defaultLayout };
  await wire.last('hello').answer({ ok: true, me, layout, serverTime: Date.UTC(2026, 10, 21, 9), snapshot });
  const get = (number: string) => mirror.get('extensions', number) as ExtensionRecord;
  let seq = 1;
  /** The server's own word on one person. */
  const say = (number: string, fields: Partial<ExtensionRecord>) => {
    const frame: Frame = { epoch: 'e', prev: seq, seq: seq + 1, at: 0, ops: [['extensions', number, { ...fields }]] };
    seq += 1;
    wire.frame(frame);
  };
  return { wire, mirror, notices, get, say, timers };
}

const until = '2026-11-21T10:00:00.000Z';
const no = { ok: false, error: 'conflict', message: 'The phone refused.' } as const;

describe('presence', () => {
  it('is shown at once, and stays when the server says the same', async () => {
    const { wire, mirror, get, say } = await live();
    void mirror.availability.setPresence('101', { state: 'away', subtype: 'lunch', message: 'At two', until });
    expect(get('101').presence).toMatchObject({ state: 'away', subtype: 'lunch', by: 'greta', until });
    await wire.last('command').answer({ ok: true });
    expect(mirror.overlay.isPending('101', 'presence')).toBe(true);
    // The server writes the same moment in its own way.
    say('101', { presence: { ...get('101').presence, until: '2026-11-21T10:00:00Z' } });
    expect(mirror.overlay.isPending('101')).toBe(false);
  });
  it('is taken back with the reason, and leaves do-not-disturb that is still under way', async () => {
    const { wire, mirror, get, notices } = await live();
    void mirror.availability.setDnd('101', { on: true });
    void mirror.availability.setPresence('101', { state: 'xa', subtype: 'meeting' });
    await wire.last('command').answer(no);
    expect(get('101').presence.state).toBe('not_set');
    expect(get('101').dnd.on).toBe(true);
    expect(notices).toEqual([{ kind: 'error', text: 'Name 101: presence was not changed. The phone refused.' }]);
  });
  it('is announced by the administrator’s name, with what went wrong beside', async () => {
    const { wire, mirror, notices } = await live();
    void mirror.availability.setPresence('101', { state: 'xa', subtype: 'meeting' });
    await wire.last('command').answer({ ok: true, warning: 'Not yet on the phone.' });
    expect(notices).toEqual([{ kind: 'info', text: 'Name 101: presence Meeting. Not yet on the phone.' }]);
  });
});

describe('do-not-disturb', () => {
  it('that gets another end is as old as before, and waits for that end', async () => {
    const { wire, mirror, get, say } = await live();
    const since = '2026-11-21T08:30:00.000Z';
    say('101', { dnd: { on: true, source: 'panel', by: 'anna', since, note: null, until: null } });
    void mirror.availability.setDnd('101', { on: true, until });
    expect(get('101').dnd).toMatchObject({ since, by: 'greta', until });
    await wire.last('command').answer({ ok: true });
    expect(get('101').dnd.until).toBe(until);
    say('101', { dnd: { ...get('101').dnd } });
    expect(mirror.overlay.isPending('101')).toBe(false);
  });
  it('that the record never says is believed no longer', async () => {
    const { wire, mirror, get, timers } = await live();
    void mirror.availability.setDnd('101', { on: true, note: 'Busy' });
    await wire.last('command').answer({ ok: true });
    for (const run of timers.splice(0)) run();
    expect(get('101').dnd.on).toBe(false);
  });
});

describe('forwarding', () => {
  it('is shown at once for its kind alone', async () => {
    const { mirror, get, wire } = await live();
    void mirror.availability.setForward('101', { kind: 'noAnswer', to: '102', ringCount: 4 });
    expect(get('101').forward).toMatchObject({ always: null, busy: null, noAnswer: '102', ringCount: 4 });
    expect(get('101').forward.origins.noAnswer).toMatchObject({ source: 'panel', by: 'greta' });
    await wire.last('command').answer(no);
    expect(get('101').forward.noAnswer).toBeNull();
  });
  it('leaves its refusal to the form that asks for it', async () => {
    const { mirror, wire, notices } = await live();
    const asked = mirror.availability.setForward('101', { kind: 'always', to: '0044' }, true);
    await wire.last('command').answer(no);
    expect(await asked).toEqual(no);
    expect(notices).toEqual([]);
  });
});

describe('several at once', () => {
  it('are one command; who is refused is taken back', async () => {
    const { wire, mirror, get, say } = await live();
    void mirror.availability.setMany(['101', '102'], { dnd: { on: true, note: 'All hands' } });
    expect(wire.asked.filter(({ event }) => event === 'command')).toHaveLength(1);
    expect([get('101').dnd.on, get('102').dnd.on, get('103').dnd.on]).toEqual([true, true, false]);
    const results = [
      { extension: '101', ok: true },
      { extension: '102', ok: false, message: 'The phone refused.' },
    ];
    await wire.last('command').answer({ ok: true, change: 'c', results });
    expect([get('101').dnd.on, get('102').dnd.on]).toEqual([true, false]);
    say('101', { dnd: { ...get('101').dnd } });
    expect(mirror.overlay.isPending('101')).toBe(false);
  });
  it('are all taken back when nothing was done', async () => {
    const { wire, mirror, get } = await live();
    void mirror.availability.setMany(['101', '102'], { dnd: { on: true } });
    await wire.last('command').answer(no);
    expect([get('101').dnd.on, get('102').dnd.on]).toEqual([false, false]);
  });
});
