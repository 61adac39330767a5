import { describe, expect, it, vi } from 'vitest';
import type { Me } from '../protocol/session';
import { ChangedLog } from './changed-log';
import { EndedLog } from './ended-log';
import { concerns, type Identity, identityOf, userActor } from './identity';
import { sessionEvents } from './session-events';

const me: Me = {
  id: 'anna',
  username: 'anna',
  name: 'Anna',
  role: 'supervisor',
  roleName: 'Supervisor',
  permissions: ['dnd'],
  limits: {},
  extension: '101',
  hasPassword: true,
};
const user = identityOf({ kind: 'user', user: me, sessionId: 's1' }, userActor(me, 's1', '::1'));

function token(scopes: readonly ('state:read' | 'commands')[]): Identity {
  const actor = {
    kind: 'token',
    id: 't1',
    name: 'token bot',
    permissions: ['dnd'],
    limits: {},
    extension: null,
    session: 't1',
    address: '::1',
  } as const;
  return identityOf({ kind: 'token', id: 't1', name: 'bot', scopes }, actor);
}

class Signal<T> {
  readonly listeners = new Set<(event: T) => void>();
  on(listener: (event: T) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
  emit(event: T): void {
    for (const listener of this.listeners) listener(event);
  }
}

describe('identityOf', () => {
  it('lets a token read with state:read alone, as a viewer who may do what its scopes say', () => {
    expect(token(['commands']).mayRead).toBe(false);
    expect(token(['state:read'])).toMatchObject({ mayRead: true, me: { role: 'viewer', permissions: ['dnd'] } });
  });
});

describe('concerns', () => {
  it('finds sockets by session, by token and by user, never a token by the id of a user', () => {
    expect(concerns({ sessionId: 's1', reason: 'expired' }, user)).toBe(true);
    expect(concerns({ sessionId: 's2', reason: 'expired' }, user)).toBe(false);
    expect(concerns({ userId: 'anna', reason: 'disabled' }, user)).toBe(true);
    expect(concerns({ userId: 'anna', except: 's1', reason: 'passwordChanged' }, user)).toBe(false);
    expect(concerns({ sessionId: 't1', reason: 'expired' }, token([]))).toBe(true);
    expect(concerns({ userId: 't1', reason: 'disabled' }, token([]))).toBe(false);
    expect(concerns({ reason: 'disabled' }, user)).toBe(false);
  });
});

describe('ChangedLog', () => {
  it('knows who changed since a mark, persons alone, and forgets the longest known', () => {
    const log = new ChangedLog(1);
    const start = log.mark;
    log.add({ ...me, role: 'viewer' });
    expect(log.since(start, user)).toMatchObject({ role: 'viewer' });
    expect(log.since(log.mark, user)).toBeNull();
    expect(log.since(start, token([]))).toBeNull();
    log.add({ ...me, id: 'other' });
    expect(log.since(start, user)).toBeNull();
  });
});

describe('EndedLog', () => {
  it('knows what ended since a mark, and takes what it forgot for ended', () => {
    const log = new EndedLog(2);
    log.add({ sessionId: 's1', reason: 'disabled' });
    const mark = log.mark;
    expect(log.since(mark, user)).toBeNull();
    log.add({ sessionId: 'other', reason: 'expired' });
    expect(log.since(mark, user)).toBeNull();
    log.add({ userId: 'anna', reason: 'signedOut' });
    expect(log.since(mark, user)?.reason).toBe('signedOut');
    log.add({ sessionId: 'other', reason: 'expired' });
    expect(log.since(mark, user)?.reason).toBe('expired');
    expect(log.since(log.mark, user)).toBeNull();
  });
});

describe('sessionEvents', () => {
  it('tells ended sessions and tokens, and users as they are after a change, in order', async () => {
    const signals = {
      ended: new Signal<{ sessionId: string; reason: 'disabled' }>(),
      tokenEnded: new Signal<string>(),
      userChanged: new Signal<string>(),
    };
    const answers: ((me: Me | null) => void)[] = [];
    const log = { error: vi.fn() };
    const events = sessionEvents(signals, () => new Promise((resolve) => answers.push(resolve)), log);
    const ended = vi.fn();
    const changed = vi.fn();
    const stops = [events.onEnded(ended), events.onChanged(changed)];
    signals.ended.emit({ sessionId: 's1', reason: 'disabled' });
    signals.tokenEnded.emit('t1');
    expect(ended.mock.calls).toEqual([
      [{ sessionId: 's1', reason: 'disabled' }],
      [{ sessionId: 't1', reason: 'expired' }],
    ]);
    signals.userChanged.emit('anna');
    signals.userChanged.emit('anna');
    signals.userChanged.emit('gone');
    for (const answer of [{ ...me, name: 'first' }, { ...me, name: 'second' }, null]) {
      await vi.waitFor(() => expect(answers).toHaveLength(1));
      answers.shift()?.(answer);
    }
    await vi.waitFor(() => expect(changed.mock.calls.map(([{ name }]) => name)).toEqual(['first', 'second']));
    for (const stop of stops) stop();
    expect([signals.ended, signals.tokenEnded].map(({ listeners }) => listeners.size)).toEqual([0, 0]);
    expect(log.error).not.toHaveBeenCalled();
  });
});
