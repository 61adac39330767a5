import { describe, expect, it } from 'vitest';
import { defaultLayout } from '@/server/protocol/layout-default';
import type { Me } from '@/server/protocol/session';
import type { Frame, Op } from '@/server/protocol/state';
import { emptyLists, FakeWire } from './fake-wire';
import { Mirror, type Notice } from './mirror';
import { person } from './testing';

const me: Me = {
  id: '1',
  username: 'greta',
  name: 'Greta',
  role: 'supervisor',
  roleName: 'Supervisor',
  permissions: ['dnd'],
  limits: {},
  extension: '101',
  hasPassword: true,
};

const named = (number: string) => person({ number, name: `Name ${number}` });

function stage() {
  const wire = new FakeWire();
  const clock = { now: 1_000 };
  const timers: { run: () => void; ms: number; gone: boolean }[] = [];
  const notices: Notice[] = [];
  const mirror = new Mirror({
    wire,
    now: () => clock.now,
    wall: () => 5_000_000,
    later: (run, ms) => {
      const timer = { run, ms, gone: false };
      timers.push(timer);
      return () => {
        timer.gone = true;
      };
    },
  });
  mirror.onNotice((notice) => notices.push(notice));
  /** Run every timer that waits; those they start wait for the next call. */
  const runTimers = async () => {
    for (const timer of timers.splice(0)) if (!timer.gone) timer.run();
    for (let i = 0; i < 8; i += 1) await Promise.resolve();
  };
  return { wire, mirror, clock, runTimers, notices };
}

function welcome(seq = 7, epoch = 'e1', people = [named('101'), named('102')]) {
  return {
    ok: true,
    me,
    layout: { version: 3, layout: defaultLayout },
    serverTime: 9_000_000,
    snapshot: { ...emptyLists(), extensions: people, epoch, seq, serverTime: new Date(9_000_000).toISOString() },
  };
}

const frame = (prev: number, ops: readonly Op[], epoch = 'e1', seq = prev + 1): Frame => ({
  epoch,
  prev,
  seq,
  at: 9_000_000,
  ops,
});

async function live() {
  const all = stage();
  all.mirror.start();
  all.wire.listeners?.connected();
  await all.wire.last('hello').answer(welcome());
  return all;
}

const inUse: Op = ['extensions', '101', { state: 'inUse' }];

describe('snapshot and frames', () => {
  it('asks without a past first, and is live after the snapshot', async () => {
    const { wire, mirror } = stage();
    mirror.start();
    expect(wire.opened).toBe(1);
    wire.listeners?.connected();
    expect(wire.last('hello').body).toEqual({ version: 1 });
    expect(mirror.loaded).toBe(false);
    await wire.last('hello').answer(welcome());
    expect(mirror.connection).toBe('live');
    expect(mirror.get('extensions', '102')?.name).toBe('Name 102');
  });

  it('applies a frame that follows, and leaves untouched records the same objects', async () => {
    const { wire, mirror } = await live();
    const other = mirror.get('extensions', '102');
    wire.frame(frame(7, [inUse]));
    expect(mirror.get('extensions', '101')?.state).toBe('inUse');
    expect(mirror.get('extensions', '102')).toBe(other);
  });

  it('calls only who watches the changed record, once per frame', async () => {
    const { wire, mirror } = await live();
    const calls = { first: 0, second: 0, keys: 0, domain: 0 };
    mirror.subscribe('extensions', '101', () => {
      calls.first += 1;
    });
    mirror.subscribe('extensions', '102', () => {
      calls.second += 1;
    });
    mirror.subscribeKeys('extensions', () => {
      calls.keys += 1;
    });
    mirror.subscribeDomain('extensions', () => {
      calls.domain += 1;
    });
    wire.frame(frame(7, [inUse, ['extensions', '101', { calls: [] }]]));
    expect(calls).toEqual({ first: 1, second: 0, keys: 0, domain: 1 });
    wire.frame(frame(8, [['extensions', '102', { name: 'Other' }]]));
    expect(calls).toEqual({ first: 1, second: 1, keys: 1, domain: 2 });
  });

  it('asks again with what it has when a frame is missing, and ignores frames until the answer', async () => {
    const { wire, mirror } = await live();
    wire.frame(frame(9, [inUse]));
    expect(mirror.get('extensions', '101')?.state).toBe('idle');
    expect(wire.last('hello').body).toEqual({ version: 1, have: { epoch: 'e1', seq: 7 } });
    wire.frame(frame(7, [inUse]));
    expect(mirror.get('extensions', '101')?.state).toBe('idle');
    const { snapshot: _, ...rest } = welcome();
    await wire.last('hello').answer({ ...rest, frames: [frame(7, [inUse]), frame(8, []), frame(9, [])] });
    expect(mirror.get('extensions', '101')?.state).toBe('inUse');
    expect(wire.asked.filter((one) => one.event === 'hello')).toHaveLength(2);
  });

  it('takes the tail after a reconnect', async () => {
    const { wire, mirror } = await live();
    wire.listeners?.disconnected(false);
    wire.listeners?.connected();
    const { snapshot: _, ...rest } = welcome();
    await wire.last('hello').answer({ ...rest, frames: [frame(7, [inUse]), frame(8, [['extensions', '102', null]])] });
    expect(mirror.get('extensions', '101')?.state).toBe('inUse');
    expect(mirror.get('extensions', '102')).toBeUndefined();
    wire.frame(frame(9, [['extensions', '101', { state: 'idle' }]]));
    expect(mirror.get('extensions', '101')?.state).toBe('idle');
  });

  it('asks for everything when the tail itself has a gap', async () => {
    const { wire } = await live();
    wire.listeners?.on.resync();
    const { snapshot: _, ...rest } = welcome();
    await wire.last('hello').answer({ ...rest, frames: [frame(8, [inUse])] });
    expect(wire.last('hello').body).toEqual({ version: 1 });
  });

  it('asks again when the epoch changed, and ignores a frame it has already', async () => {
    const { wire, mirror } = await live();
    wire.frame(frame(6, [inUse]));
    expect(mirror.get('extensions', '101')?.state).toBe('idle');
    expect(wire.asked.filter((one) => one.event === 'hello')).toHaveLength(1);
    wire.frame(frame(7, [inUse], 'e2'));
    expect(wire.asked.filter((one) => one.event === 'hello')).toHaveLength(2);
  });

  it('asks again when hello is not answered', async () => {
    const { wire, mirror, runTimers } = stage();
    wire.listeners?.connected();
    await wire.last('hello').lose();
    await runTimers();
    expect(wire.asked.filter((one) => one.event === 'hello')).toHaveLength(2);
    await wire.last('hello').answer(welcome());
    expect(mirror.connection).toBe('live');
  });
});

describe('connection', () => {
  it('remembers when the server was lost, and forgets it when it is back', async () => {
    const { wire, mirror, clock } = await live();
    clock.now += 5_000;
    wire.listeners?.disconnected(false);
    expect(mirror.connection).toBe('reconnecting');
    expect(mirror.lostAt).toBe(9_005_000);
    clock.now += 60_000;
    wire.listeners?.disconnected(false);
    expect(mirror.lostAt).toBe(9_005_000);
    wire.listeners?.connected();
    await wire.last('hello').answer(welcome());
    expect(mirror.lostAt).toBeNull();
  });

  it('ends for good when the session ends', async () => {
    const { wire, mirror } = await live();
    wire.listeners?.on.ended('disabled');
    wire.listeners?.disconnected(false);
    expect(mirror.connection).toBe('ended');
    expect(mirror.endReason).toBe('disabled');
    expect(wire.closed).toBe(1);
  });

  it('ends when nobody is signed in', async () => {
    const { wire, mirror } = stage();
    wire.listeners?.connected();
    await wire.last('hello').answer({ ok: false, error: 'unauthenticated', message: 'Sign in.' });
    expect(mirror.connection).toBe('ended');
  });

  it('tells a page that is too old', async () => {
    const { wire, mirror } = stage();
    wire.listeners?.connected();
    await wire.last('hello').answer({ ok: false, error: 'conflict', message: 'Reload.' });
    expect(mirror.connection).toBe('versionMismatch');
  });
});

describe('do not disturb', () => {
  it('is shown at once and stays when the PBX confirms it', async () => {
    const { wire, mirror, runTimers } = await live();
    void mirror.availability.toggleDnd('101');
    expect(mirror.get('extensions', '101')?.dnd).toMatchObject({ on: true, by: 'greta' });
    expect(wire.last('command').body).toEqual({ name: 'extension.dnd', params: { extension: '101', on: true } });
    await wire.last('command').answer({ ok: true });
    expect(mirror.overlay.isPending('101')).toBe(true);
    const dnd = { on: true, source: 'panel', by: 'greta', since: null, note: null, until: null };
    wire.frame(frame(7, [['extensions', '101', { dnd }]]));
    expect(mirror.overlay.isPending('101')).toBe(false);
    await runTimers();
    expect(mirror.get('extensions', '101')?.dnd.on).toBe(true);
  });

  it('is taken back with the reason when it is refused', async () => {
    const { wire, mirror, notices } = await live();
    void mirror.availability.toggleDnd('101');
    await wire.last('command').answer({ ok: false, error: 'conflict', message: 'Permission denied.' });
    expect(mirror.get('extensions', '101')?.dnd.on).toBe(false);
    expect(notices).toEqual([{ kind: 'error', text: 'Name 101: do not disturb stays off. Permission denied.' }]);
  });

  it('is refused at once while the server is away', async () => {
    const { wire, mirror } = await live();
    wire.listeners?.disconnected(false);
    const result = await mirror.availability.toggleDnd('101');
    expect(result.ok).toBe(false);
    expect(mirror.get('extensions', '101')?.dnd.on).toBe(false);
    expect(wire.asked.some((one) => one.event === 'command')).toBe(false);
  });

  it('lets the last of several presses stand, whatever becomes of the earlier ones', async () => {
    const { wire, mirror } = await live();
    void mirror.availability.toggleDnd('101');
    const first = wire.last('command');
    void mirror.availability.toggleDnd('101');
    expect(wire.last('command').body).toMatchObject({ params: { on: false } });
    await first.answer({ ok: false, error: 'conflict', message: 'No.' });
    expect(mirror.get('extensions', '101')?.dnd.on).toBe(false);
    expect(mirror.overlay.isPending('101')).toBe(true);
    await wire.last('command').answer({ ok: true });
    expect(mirror.overlay.isPending('101')).toBe(false);
  });

  it('is believed no longer when the PBX never says it', async () => {
    const { wire, mirror, runTimers } = await live();
    void mirror.availability.toggleDnd('101');
    await wire.last('command').answer({ ok: true });
    await runTimers();
    expect(mirror.get('extensions', '101')?.dnd.on).toBe(false);
  });
});

describe('layout', () => {
  it('is saved at once when the page is left', async () => {
    const { mirror, wire } = await live();
    mirror.saveLayout({ density: 'compact' });
    expect(wire.asked.some((one) => one.event === 'layout')).toBe(false);
    mirror.layouts.flush();
    expect(wire.last('layout').body).toMatchObject({ layout: { density: 'compact' } });
  });

  it('is changed at once and saved once over the version it was read at', async () => {
    const { wire, mirror, runTimers } = await live();
    mirror.saveLayout({ density: 'compact' });
    mirror.saveLayout({ grouping: 'none' });
    expect(mirror.layouts.layout).toMatchObject({ density: 'compact', grouping: 'none' });
    expect(wire.asked.some((one) => one.event === 'layout')).toBe(false);
    await runTimers();
    expect(wire.asked.filter((one) => one.event === 'layout')).toHaveLength(1);
    expect(wire.last('layout').body).toMatchObject({ version: 3, layout: { density: 'compact', grouping: 'none' } });
    await wire.last('layout').answer({ ok: true, version: 4 });
    mirror.saveLayout({ density: 'large' });
    await runTimers();
    expect(wire.last('layout').body).toMatchObject({ version: 4, layout: { density: 'large' } });
  });

  it('gives way to a newer one and says so', async () => {
    const { wire, mirror, runTimers, notices } = await live();
    mirror.saveLayout({ density: 'compact' });
    await runTimers();
    const current = { version: 9, layout: { ...defaultLayout, density: 'large' as const } };
    await wire.last('layout').answer({ ok: false, error: 'conflict', message: 'Changed.', current });
    expect(mirror.layouts.layout.density).toBe('large');
    expect(notices.map((one) => one.kind)).toEqual(['info']);
  });

  it('keeps what was changed here under a newer one that says nothing else about it, and saves it over that', async () => {
    const { wire, mirror, runTimers, notices } = await live();
    mirror.saveLayout({ favourites: ['101'] });
    await runTimers();
    const current = { version: 9, layout: { ...defaultLayout, density: 'large' as const } };
    await wire.last('layout').answer({ ok: false, error: 'conflict', message: 'Changed.', current });
    expect(mirror.layouts.layout).toMatchObject({ density: 'large', favourites: ['101'] });
    expect(notices).toEqual([]);
    await runTimers();
    expect(wire.last('layout').body).toMatchObject({ version: 9, layout: { density: 'large', favourites: ['101'] } });
    await wire.last('layout').answer({ ok: true, version: 10 });
    wire.listeners?.on.layout({ version: 11, layout: { ...defaultLayout, density: 'compact' } });
    expect(mirror.layouts.layout).toMatchObject({ density: 'compact', favourites: [] });
  });

  it('knows the echo of its own save', async () => {
    const { wire, mirror, runTimers, notices } = await live();
    mirror.saveLayout({ density: 'compact' });
    await runTimers();
    mirror.saveLayout({ grouping: 'none' });
    wire.listeners?.on.layout({ version: 4, layout: { ...defaultLayout, density: 'compact' } });
    await wire.last('layout').answer({ ok: true, version: 4 });
    expect(mirror.layouts.layout).toMatchObject({ density: 'compact', grouping: 'none' });
    expect(notices).toEqual([]);
    await runTimers();
    expect(wire.last('layout').body).toMatchObject({ version: 4, layout: { grouping: 'none' } });
  });

  it('keeps a change made while the server was away', async () => {
    const { wire, mirror, runTimers } = await live();
    mirror.saveLayout({ density: 'compact' });
    await runTimers();
    await wire.last('layout').lose();
    wire.listeners?.disconnected(false);
    wire.listeners?.connected();
    await wire.last('hello').answer(welcome());
    expect(mirror.layouts.layout.density).toBe('compact');
    await runTimers();
    expect(wire.last('layout').body).toMatchObject({ version: 3, layout: { density: 'compact' } });
  });
});

describe('clock', () => {
  it('runs on the server’s time from the first answer on', async () => {
    const { wire, mirror, clock } = stage();
    wire.listeners?.connected();
    clock.now += 200;
    await wire.last('hello').answer(welcome());
    expect(mirror.clock.read()).toBe(9_000_100);
    clock.now += 1_000;
    expect(mirror.clock.read()).toBe(9_001_100);
  });

  it('believes a later server time at once, an earlier one little by little, a leap at once', async () => {
    const { wire, mirror } = await live();
    wire.frame({ ...frame(7, []), at: 9_000_400 });
    expect(mirror.clock.read()).toBe(9_000_400);
    wire.frame({ ...frame(8, []), at: 9_000_300 });
    expect(mirror.clock.read()).toBe(9_000_398);
    wire.frame({ ...frame(9, []), at: 9_900_000 });
    expect(mirror.clock.read()).toBe(9_900_000);
  });
});
