import { describe, expect, it } from 'vitest';
import { type CommandName, commands } from '@/server/protocol/commands';
import { nobodyElse } from '@/server/protocol/groups';
import type { Seat } from '../actions/testing';
import { callInHand } from './call-in-hand';
import { wordsOf } from './drag-label';
import type { DropTarget } from './drop-target';
import { type Plan, planOf, type TransferKind } from './plan';
import { busySeat, type SourceName, sources } from './testing';

const targets = {
  anna: { kind: 'person', number: '102' },
  ida: { kind: 'person', number: '105' },
  olof: { kind: 'person', number: '104' },
  me: { kind: 'person', number: '101' },
  voicemail: { kind: 'voicemail', number: '102' },
  'no voicemail': { kind: 'voicemail', number: '104' },
  lot: { kind: 'lot', lot: 'default' },
  support: { kind: 'queue', name: '601' },
  sales: { kind: 'queue', name: '602' },
  room: { kind: 'conference', name: '800' },
  'locked room': { kind: 'conference', name: '801' },
  outside: { kind: 'number', number: '+46812345' },
  hangup: { kind: 'hangup' },
} as const satisfies Record<string, DropTarget>;

type TargetName = keyof typeof targets;

function plan(seat: Seat, source: SourceName, target: DropTarget, kind: TransferKind = 'blind'): Plan {
  const call = callInHand(sources[source], seat.mirror);
  if (!call) throw new Error(`${source} is not there`);
  return planOf(call, target, seat.context, kind);
}

/** `the label → command params`, or the reason in brackets. */
function told(one: Plan): string {
  if ('reason' in one) return `(${one.reason})`;
  const params = Object.entries(one.order.params).map(([name, value]) => `${name}=${value}`);
  return `${wordsOf(one)} → ${one.order.name} ${params.join(' ')}`;
}

const rows: readonly (readonly [SourceName, TargetName, TransferKind, string])[] = [
  [
    'my talking call',
    'anna',
    'blind',
    'Transfer Karl Meier to Anna Berg (102) — on another call → call.transfer uniqueid=peer1 to=102 mode=blind',
  ],
  [
    'my talking call',
    'anna',
    'attended',
    'Ask Anna Berg (102) first, Karl Meier waits — on another call → call.transfer uniqueid=peer1 to=102 mode=attended',
  ],
  [
    'my talking call',
    'ida',
    'blind',
    'Transfer Karl Meier to Ida (105) — does not want to be disturbed → call.transfer uniqueid=peer1 to=105 mode=blind',
  ],
  ['my talking call', 'olof', 'blind', '(Olof (104) is offline and has no voicemail.)'],
  ['my talking call', 'olof', 'attended', '(Olof (104) is offline: there is nobody to ask.)'],
  ['my talking call', 'me', 'blind', '(This is your call.)'],
  [
    'my talking call',
    'voicemail',
    'blind',
    'Send Karl Meier to the voicemail of Anna Berg → call.transfer uniqueid=peer1 to=102 mode=voicemail',
  ],
  ['my talking call', 'no voicemail', 'blind', '(Olof has no voicemail.)'],
  ['my talking call', 'lot', 'blind', 'Park Karl Meier in 701–720 → call.park uniqueid=peer1 lot=default'],
  [
    'my talking call',
    'support',
    'blind',
    'Send Karl Meier to the queue Support — 1 of 1 free → call.transfer uniqueid=peer1 to=601 mode=blind',
  ],
  [
    'my talking call',
    'sales',
    'blind',
    'Send Karl Meier to the queue Sales — nobody is logged in → call.transfer uniqueid=peer1 to=602 mode=blind',
  ],
  [
    'my talking call',
    'room',
    'blind',
    'Send Karl Meier into conference 800 → call.transfer uniqueid=peer1 to=800 mode=blind',
  ],
  [
    'my talking call',
    'room',
    'attended',
    'Go into conference 800 together with Karl Meier → conference.create conference=800 uniqueids=peer1',
  ],
  ['my talking call', 'locked room', 'blind', '(Conference 801 is locked.)'],
  [
    'my talking call',
    'outside',
    'blind',
    'Transfer Karl Meier to +46812345 — outside → call.transfer uniqueid=peer1 to=+46812345 mode=blind',
  ],
  ['my talking call', 'hangup', 'blind', 'Hang up Karl Meier → call.hangup uniqueid=peer1'],
  [
    'my call on hold',
    'anna',
    'attended',
    'Ask Anna Berg (102) first, Maria Holm waits — on another call → call.transfer uniqueid=peer2 to=102 mode=attended',
  ],
  ['my call on hold', 'lot', 'blind', 'Park Maria Holm in 701–720 → call.park uniqueid=peer2 lot=default'],
  [
    'my ringing call',
    'anna',
    'attended',
    'Transfer Maria Holm to Anna Berg (102) — on another call → call.transfer uniqueid=peer3 to=102 mode=blind',
  ],
  ['my ringing call', 'me', 'blind', '(Maria Holm rings at your phone already.)'],
  ['my ringing call', 'lot', 'blind', '(Maria Holm is not answered yet: only calls that talk can be parked.)'],
  [
    'my ringing call',
    'voicemail',
    'blind',
    'Send Maria Holm to the voicemail of Anna Berg → call.transfer uniqueid=peer3 to=102 mode=voicemail',
  ],
  ['my unanswered call', 'anna', 'blind', '(Maria Holm has not answered yet.)'],
  ['my unanswered call', 'hangup', 'blind', 'Hang up Maria Holm → call.hangup uniqueid=own4'],
  ['talks to Anna', 'anna', 'blind', '(Anna Berg (102) has this call.)'],
  [
    'talks to Anna',
    'ida',
    'attended',
    'Transfer Maria Holm to Ida (105) — does not want to be disturbed → call.transfer uniqueid=out1 to=105 mode=blind',
  ],
  ['talks to Anna', 'me', 'blind', 'Take Maria Holm from Anna Berg → call.transfer uniqueid=out1 to=101 mode=blind'],
  ['talks to Anna', 'lot', 'blind', 'Park Maria Holm in 701–720 → call.park uniqueid=out1 lot=default'],
  ['rings at Bo', 'me', 'blind', 'Pick up Maria Holm, who calls Bo → call.pickup uniqueid=bo1 extension=101'],
  [
    'rings at Bo',
    'anna',
    'blind',
    'Transfer Maria Holm to Anna Berg (102) — on another call → call.transfer uniqueid=out2 to=102 mode=blind',
  ],
  ['waits in a queue', 'me', 'blind', 'Take Karl Meier to your phone → queue.take uniqueid=w1 extension=101'],
  [
    'waits in a queue',
    'anna',
    'attended',
    'Transfer Karl Meier to Anna Berg (102) — on another call → call.transfer uniqueid=w1 to=102 mode=blind',
  ],
  ['waits in a queue', 'support', 'blind', '(Karl Meier waits in Support already.)'],
  [
    'waits in a queue',
    'sales',
    'blind',
    'Send Karl Meier to the queue Sales — nobody is logged in → call.transfer uniqueid=w1 to=602 mode=blind',
  ],
  ['waits in a queue', 'lot', 'blind', '(Karl Meier waits in a queue: only calls that talk can be parked.)'],
  ['parked call', 'me', 'blind', 'Take Karl Meier to your phone → call.retrieve lot=default space=701 extension=101'],
  [
    'parked call',
    'anna',
    'blind',
    'Transfer Karl Meier to Anna Berg (102) — on another call → call.transfer uniqueid=parked1 to=102 mode=blind',
  ],
  ['parked call', 'lot', 'blind', '(Karl Meier is parked already.)'],
  ['in a conference', 'anna', 'blind', '(Karl Meier is in a conference: only leaving it or hanging up is possible.)'],
  ['in a conference', 'room', 'blind', '(Karl Meier is in conference 800 already.)'],
  [
    'in a conference',
    'hangup',
    'blind',
    'Remove Karl Meier from conference 800 → conference.kick conference=800 uniqueid=p1',
  ],
  ['I ask Anna', 'anna', 'blind', 'Connect Karl Meier with Anna Berg → call.transfer.complete uniqueid=x1'],
  ['I ask Anna', 'me', 'blind', 'Take Karl Meier back → call.transfer.cancel uniqueid=x1'],
  [
    'I ask Anna',
    'ida',
    'blind',
    '(Karl Meier waits while you ask Anna Berg: connect them, or take Karl Meier back first.)',
  ],
  ['I ask Anna', 'hangup', 'blind', '(Take Karl Meier back before you hang up.)'],
  ['on the way to Anna', 'me', 'blind', 'Take Karl Meier back → call.transfer.cancel uniqueid=x2'],
  ['on the way to Anna', 'anna', 'blind', '(Karl Meier is on the way to Anna Berg: take the call back first.)'],
  [
    'in a menu',
    'anna',
    'blind',
    'Transfer Karl Meier to Anna Berg (102) — on another call → call.transfer uniqueid=ivr1 to=102 mode=blind',
  ],
  ['in a menu', 'hangup', 'blind', 'Hang up Karl Meier → call.hangup uniqueid=ivr1'],
];

describe('planOf', () => {
  it.each(rows)('%s onto %s (%s)', async (source, target, kind, expected) => {
    expect(told(plan(await busySeat(), source, targets[target], kind))).toBe(expected);
  });

  it('orders only what the catalogue takes, and never moves my own leg while somebody is at the other end', async () => {
    const seat = await busySeat();
    let orders = 0;
    for (const source of Object.keys(sources) as SourceName[]) {
      for (const target of Object.values(targets)) {
        for (const kind of ['blind', 'attended'] as const) {
          const one = plan(seat, source, target, kind);
          if ('reason' in one) {
            expect(one.reason, `${source} → ${target.kind}`).toMatch(/^\S.*\.$/);
            continue;
          }
          orders += 1;
          const { name, params } = one.order;
          expect(commands[name as CommandName].params.safeParse(params).success, told(one)).toBe(true);
          const moves = name === 'call.transfer' || name === 'call.park' || name === 'conference.create';
          if (moves) expect(JSON.stringify(params)).not.toMatch(/"own\d"/);
        }
      }
    }
    expect(orders).toBeGreaterThan(100);
  });

  it.each([
    ['transfer', 'my talking call', 'anna', 'Your account may not transfer calls.'],
    ['transferexternal', 'my talking call', 'outside', 'Your account may not transfer calls to the outside.'],
    ['park', 'my talking call', 'lot', 'Your account may not park calls.'],
    ['pickup', 'waits in a queue', 'me', 'Your account may not pick up calls.'],
    ['pickup', 'rings at Bo', 'me', 'Your account may not pick up calls.'],
    ['park', 'parked call', 'me', 'Your account may not park calls.'],
    ['conference', 'in a conference', 'hangup', 'Your account may not lead conferences.'],
  ] as const)('without %s: %s onto %s says why not', async (right, source, target, reason) => {
    const seat = await busySeat();
    const permissions = (seat.mirror.me?.permissions ?? []).filter((one) => one !== right);
    const less = await busySeat({ permissions });
    expect(told(plan(less, source, targets[target]))).toBe(`(${reason})`);
    expect(told(plan(seat, source, targets[target]))).not.toBe(`(${reason})`);
  });

  it('without conference: somebody is sent into a room, but one does not lead them there', async () => {
    const seat = await busySeat({ permissions: ['transfer'] });
    expect(told(plan(seat, 'my talking call', targets.room, 'blind'))).toContain('call.transfer');
    expect(told(plan(seat, 'my talking call', targets.room, 'attended'))).toBe(
      '(Your account may not lead conferences.)',
    );
  });

  it('holds a limited right to whom it is for', async () => {
    const limits = { transfer: { ...nobodyElse, groups: ['Sales'], departments: ['Sales'] } };
    const seat = await busySeat({ limits });
    expect(told(plan(seat, 'talks to Anna', targets.ida))).toContain('Transfer Maria Holm to Ida');
    expect(told(plan(seat, 'rings at Bo', targets.ida))).toMatch(/^\(/);
    expect(told(plan(seat, 'my talking call', targets.ida))).toContain('Transfer Karl Meier to Ida');
  });

  it('says who stopped the calls to the outside', async () => {
    const seat = await busySeat();
    const pbx = { outsideStopped: { by: 'Olga', since: '2026-11-21T08:00:00.000Z' } };
    seat.change(['pbx', 'pbx', pbx]);
    expect(told(plan(seat, 'my talking call', targets.outside))).toBe('(Calls to the outside were stopped by Olga.)');
  });

  it('does nothing while the PBX is away', async () => {
    const seat = await busySeat();
    seat.wire.listeners?.disconnected(false);
    expect(told(plan(seat, 'my talking call', targets.anna))).toMatch(/^\(.*\)$/);
  });
});
