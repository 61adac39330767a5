import { defaultLayout } from '@/server/protocol/layout-default';
import { rolePermissions } from '@/server/protocol/permissions';
import type { Me } from '@/server/protocol/session';
import type { Op, SnapshotLists } from '@/server/protocol/state';
import { emptyLists, FakeWire } from '../live/fake-wire';
import { Mirror } from '../live/mirror';
import { person } from '../live/testing';
import type { ActionContext } from './action';
import { contextOf } from './use-action-context';

/** For tests: an operator at 101 in a small office, and what they ask of the server. */
export class Seat {
  readonly wire = new FakeWire();
  readonly mirror = new Mirror({ wire: this.wire, now: () => 0, wall: () => 5_000_000, later: () => () => {} });
  #seq = 1;

  static async take(lists: Partial<SnapshotLists> = {}, change: Partial<Me> = {}): Promise<Seat> {
    const seat = new Seat();
    const permissions = [...rolePermissions.supervisor];
    const me: Me = {
      ...{ id: '1', username: 'greta', name: 'Greta', role: 'supervisor', roleName: 'Supervisor', permissions },
      ...{ limits: {}, extension: '101', hasPassword: true },
      ...change,
    };
    const extensions = [
      person({ number: '101', name: 'Greta Lund', devices: ['PJSIP/101'] }),
      person({ number: '102', name: 'Anna Berg', group: 'Sales', mailbox: '102@default' }),
      person({ number: '103', name: 'Annika Öst', group: 'Support' }),
      person({ number: '104', name: 'Olof Away', state: 'unavailable' }),
    ];
    const snapshot = {
      ...emptyLists(),
      extensions,
      ...lists,
      epoch: 'e',
      seq: 1,
      serverTime: '2026-11-21T08:00:00.000Z',
    };
    seat.mirror.start();
    seat.wire.listeners?.connected();
    const layout = { version: 1, layout: defaultLayout };
    await seat.wire.last('hello').answer({ ok: true, me, layout, serverTime: 5_000_000, snapshot });
    return seat;
  }

  get context(): ActionContext {
    return contextOf(this.mirror);
  }

  /** The commands sent so far. */
  get commands(): unknown[] {
    return this.wire.asked.filter(({ event }) => event === 'command').map(({ body }) => body);
  }

  change(...ops: Op[]): void {
    const prev = this.#seq;
    this.#seq += 1;
    this.wire.frame({ epoch: 'e', prev, seq: this.#seq, at: 5_000_000, ops });
  }
}
