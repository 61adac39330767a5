import type { PbxEvent } from './events';
import { Exchange, type Line } from './exchange';

/** Test support: from a list of numbers a legal schedule of calls, so that a failing one shrinks to few numbers. */

const phones = ['101', '102', '103', '104', '105'].map((number) => `PJSIP/${number}`);
const trunk = 'PJSIP/carrier';
const confBridge = { type: 'base', technology: 'softmix', creator: 'ConfBridge' };
const parkingBridge = { type: 'parking', technology: 'holding_bridge', creator: 'Parking' };

type Pick = <T>(from: readonly T[]) => T;

/** What the office looks like before the first call. */
export const office: readonly PbxEvent[] = [
  ...phones.map((device, index): PbxEvent => {
    const name = { text: `Person ${index + 1}`, rank: 'callerid' } as const;
    return { type: 'extension', at: 0, extension: { number: device.slice(6), devices: [device], name } };
  }),
  ...phones.map((device): PbxEvent => ({ type: 'device', at: 0, device, state: 'NOT_INUSE' })),
  { type: 'trunk', at: 0, name: trunk, state: 'registered' },
  {
    type: 'queue',
    at: 0,
    queue: { name: 'sales', strategy: '', completed: 0, abandoned: 0, serviceLevel: 0, serviceLevelPerf: 0 },
  },
  { type: 'parking.lot', at: 0, lot: 'default', first: '701', last: '720', timeout: 45 },
];

export class Schedule extends Exchange {
  private readonly waiting = new Set<Line>();
  private readonly parked = new Map<Line, string>();
  private readonly inRoom = new Set<Line>();
  private space = 701;

  constructor(private readonly numbers: readonly number[]) {
    super();
    for (const number of numbers) this.step(number);
  }

  /** Hang everything up, in an order of its own. */
  end(): void {
    const lines = [...this.live.values()];
    const turn = this.numbers[0] ?? 0;
    for (let index = 0; index < lines.length; index++) this.over(lines[(index + turn) % lines.length] as Line);
  }

  private step(number: number): void {
    this.wait(1000 + (number % 7) * 300);
    let rest = Math.floor(number / 16);
    const pick: Pick = (from) => {
      const chosen = from[rest % from.length] as (typeof from)[number];
      rest = Math.floor(rest / from.length);
      return chosen;
    };
    const actions = [this.call, this.call, this.fork, this.answer, this.answer, this.answer, this.giveUp, this.holding];
    actions.push(
      this.blind,
      this.attended,
      this.viaLocal,
      this.enqueue,
      this.parking,
      this.room,
      this.pickup,
      this.finish,
    );
    actions[number % 16]?.call(this, pick);
  }

  private people(when: (line: Line) => boolean = () => true): Line[] {
    return [...this.live.values()].filter((line) => !line.name.startsWith('Local/') && when(line));
  }

  private ringing(): Line[] {
    return this.people(
      (line) => line.state === 'ringing' && line.dialledBy !== null && !line.dialledBy.name.startsWith('Local/'),
    );
  }

  /** Legs in a two-party talk, with the other. */
  private talks(): [Line, Line][] {
    const pairs: [Line, Line][] = [];
    for (const line of this.people(({ bridge }) => bridge !== null)) {
      const others = [...this.live.values()].filter((other) => other !== line && other.bridge === line.bridge);
      const other = others[0];
      if (others.length === 1 && other && this.people().includes(other)) pairs.push([line, other]);
    }
    return pairs;
  }

  private call(pick: Pick): void {
    const from = this.dials(pick([...phones, trunk]), '102');
    if (from.name.startsWith(trunk)) this.say({ type: 'did', uniqueid: from.id, did: '5550100' });
    this.rings(from, pick(phones));
  }

  private fork(pick: Pick): void {
    const from = this.dials(pick([...phones, trunk]), '600');
    this.rings(from, pick(phones), pick(phones));
  }

  private answer(pick: Pick): void {
    const ringing = this.ringing();
    if (ringing.length === 0) return;
    const dest = pick(ringing);
    const losers = this.people(
      ({ dialledBy }) => dialledBy !== null && dialledBy === dest.dialledBy && dest.dialledBy !== null,
    );
    const source = dest.dialledBy;
    this.device(dest, 'INUSE');
    this.answers(dest);
    if (source && this.waiting.delete(source)) {
      this.say({ type: 'queue.leave', queue: 'sales', uniqueid: source.id, position: 1 });
      const memberInterface = dest.name.slice(0, dest.name.lastIndexOf('-'));
      this.say({
        type: 'queue.connect',
        queue: 'sales',
        uniqueid: source.id,
        memberInterface,
        memberUniqueid: dest.id,
      });
    }
    for (const loser of losers) if (loser !== dest) this.hangUp(loser);
  }

  private giveUp(pick: Pick): void {
    const ringing = this.ringing();
    if (ringing.length > 0) this.over(pick(ringing).dialledBy as Line);
  }

  private holding(pick: Pick): void {
    const talks = this.talks();
    if (talks.length > 0) this.hold(pick(talks)[0], pick([true, true, false]));
  }

  private blind(pick: Pick): void {
    const talks = this.talks();
    if (talks.length === 0) return;
    const [transferer, transferee] = pick(talks);
    const bridgeId = transferer.bridge ?? '';
    const to = pick(phones);
    const told = () =>
      this.say({
        type: 'transfer.blind',
        transferer: transferer.snapshot(),
        transferee: pick([true, false]) ? transferee.snapshot() : null,
        bridgeId,
        exten: to.slice(6),
        ok: true,
      });
    const steps = [told, () => this.leave(transferee), () => this.hangUp(transferer)];
    const first = pick([0, 1, 2]);
    for (let index = 0; index < 3; index++) steps[(first + index) % 3]?.();
    this.rings(transferee, to);
  }

  /** The holder of a talk calls somebody else on a second line and connects both. */
  private attended(pick: Pick): void {
    const talks = this.talks().filter(([one]) => one.name.startsWith('PJSIP/1'));
    if (talks.length === 0) return;
    const [original, transferee] = pick(talks);
    this.hold(original);
    const consult = this.dials(original.name.slice(0, 9), '103');
    const [target] = this.rings(consult, pick(phones));
    if (!target || pick([0, 1, 2, 3]) === 0) {
      this.over(consult);
      return;
    }
    const blonde = pick([false, false, true]);
    const snapshots = { original: original.snapshot(), consult: consult.snapshot(), transferee: transferee.snapshot() };
    if (!blonde) this.answers(target);
    this.say({ type: 'transfer.attended', ...snapshots, target: blonde ? null : target.snapshot(), ok: true });
    if (!blonde) this.enter(target, transferee.bridge ?? '', original);
    else target.dialledBy = transferee;
    for (const leg of pick([true, false]) ? [original, consult] : [consult, original]) this.hangUp(leg);
  }

  private viaLocal(pick: Pick): void {
    const from = this.dials(pick(phones), '650');
    const to = pick(phones);
    const [one, two] = this.localPair(to.slice(6), from);
    const [dest] = this.rings(two, to);
    if (!dest || pick([0, 1, 2]) === 0) {
      this.over(from);
      return;
    }
    const far = this.answers(dest);
    const near = this.answers(one);
    if (pick([true, false])) {
      this.say({ type: 'bridge.merge', into: near, from: far });
      this.leave(two);
      this.leave(dest);
      this.enter(dest, near, one);
      one.bridge = null;
      this.hangUp(one);
      this.hangUp(two);
    }
  }

  private enqueue(pick: Pick): void {
    const from = this.dials(pick([trunk, ...phones]), '500');
    this.state(from, 'up');
    const position = this.waiting.size + 1;
    this.waiting.add(from);
    const caller = { uniqueid: from.id, number: from.caller.number, name: '', position, waitingSince: this.now };
    this.say({ type: 'queue.join', queue: 'sales', caller });
    if (pick([true, true, false])) this.rings(from, pick(phones), pick(phones));
  }

  private parking(pick: Pick): void {
    const parked = [...this.parked.keys()];
    const talks = this.talks();
    if (parked.length > 0 && (talks.length === 0 || pick([true, false]))) {
      this.unpark(pick(parked), pick);
      return;
    }
    if (talks.length === 0) return;
    const [parker, parkee] = pick(talks);
    const space = String(this.space++);
    this.say({ type: 'parked', lot: 'default', slot: this.slot(parkee, space) });
    this.parked.set(parkee, space);
    this.leave(parkee);
    this.enter(parkee, 'lot', null, parkingBridge);
    this.hangUp(parker);
  }

  private unpark(line: Line, pick: Pick): void {
    this.parked.delete(line);
    const timeout = pick([true, false]);
    const how = timeout ? 'timeout' : 'retrieved';
    this.say({ type: 'unparked', lot: 'default', uniqueid: line.id, how, swapped: null });
    this.leave(line);
    if (timeout) {
      this.rings(line, pick(phones));
      return;
    }
    const fetcher = this.dials(pick(phones), '701');
    this.state(fetcher, 'up');
    const bridge = `f${fetcher.id}`;
    this.enter(line, bridge);
    this.enter(fetcher, bridge);
  }

  private room(pick: Pick): void {
    const from = this.dials(pick(phones), '800');
    this.state(from, 'up');
    const flags = { muted: false, talking: false, admin: false, marked: false };
    const participant = { uniqueid: from.id, number: from.caller.number, name: '', joinedAt: this.now, ...flags };
    this.say({ type: 'conference.join', name: '800', kind: 'confbridge', participant });
    this.inRoom.add(from);
    this.enter(from, 'room', null, confBridge);
    this.say({ type: 'conference.participant', name: '800', uniqueid: from.id, muted: pick([true, false]) });
  }

  private pickup(pick: Pick): void {
    const ringing = this.ringing().filter(({ dialledBy }) => dialledBy && !this.waiting.has(dialledBy));
    if (ringing.length === 0) return;
    const target = pick(ringing);
    const source = target.dialledBy as Line;
    const picker = this.dials(pick(phones), '*8');
    this.state(picker, 'up');
    const late = pick([true, false]);
    const told = () => this.say({ type: 'pickup', channel: picker.snapshot(), target: target.snapshot() });
    if (!late) told();
    this.say({ type: 'dial.end', source: source.snapshot(), dest: picker.snapshot(), status: 'ANSWER' });
    if (late) told();
    target.dialledBy = null;
    this.hangUp(target);
    for (const other of this.people(({ dialledBy }) => dialledBy === source)) this.hangUp(other);
    this.state(source, 'up');
    const bridge = `p${picker.id}`;
    this.enter(picker, bridge);
    this.enter(source, bridge);
  }

  private finish(pick: Pick): void {
    const lines = this.people();
    if (lines.length > 0) this.over(pick(lines));
  }

  /** A person hangs up, and those who were there only for it follow. */
  private over(line: Line): void {
    if (!this.live.has(line.id)) return;
    const { bridge } = line;
    // The places it was in are told before its end or after it.
    const early = line.serial(line.id) % 3 !== 0;
    if (early) this.leavePlaces(line);
    const alone = [...this.live.values()].filter((other) => {
      if (other === line) return false;
      const together = bridge !== null && bridge !== 'lot' && bridge !== 'room' && other.bridge === bridge;
      return together || other.dialledBy === line;
    });
    const halves = [...this.live.values()].filter(({ name }) => alone.some((half) => isHalf(half.name, name)));
    this.hangUp(line);
    if (!early) this.leavePlaces(line);
    for (const other of [...alone, ...halves]) this.over(other);
    this.device(line, 'NOT_INUSE');
  }

  private leavePlaces(line: Line): void {
    if (this.waiting.delete(line)) {
      this.say({ type: 'queue.abandon', queue: 'sales', uniqueid: line.id });
      this.say({ type: 'queue.leave', queue: 'sales', uniqueid: line.id, position: 1 });
    }
    if (this.parked.delete(line)) {
      this.say({ type: 'unparked', lot: 'default', uniqueid: line.id, how: 'gaveUp', swapped: null });
    }
    if (this.inRoom.delete(line)) this.say({ type: 'conference.leave', name: '800', uniqueid: line.id });
  }

  private device(line: Line, state: 'INUSE' | 'NOT_INUSE'): void {
    const device = line.name.slice(0, line.name.lastIndexOf('-'));
    if (phones.includes(device)) this.say({ type: 'device', device, state });
  }
}

function isHalf(one: string, two: string): boolean {
  return one !== two && one.startsWith('Local/') && one.slice(0, -1) === two.slice(0, -1);
}

/** The same schedule as a worse line delivers it: with repetitions, news of the dead and of strangers. */
export function disturbed(events: readonly PbxEvent[], numbers: readonly number[]): PbxEvent[] {
  const out: PbxEvent[] = [];
  const dead: PbxEvent[] = [];
  const gone = new Set<string>();
  events.forEach((event, index) => {
    const number = numbers[index % numbers.length] ?? 0;
    out.push(event);
    if (number % 5 === 0) out.push(event);
    if (event.type === 'channel.gone') {
      gone.add(event.uniqueid);
      dead.push(
        ...events
          .slice(0, index)
          .filter((old) => 'channel' in old && gone.has(old.channel.uniqueid))
          .slice(-3),
      );
    }
    const late = dead[number % (dead.length + 1)];
    if (late && number % 3 === 0) out.push({ ...late, at: event.at });
    if (number % 7 === 0)
      out.push({ type: 'channel.gone', at: event.at, uniqueid: `stranger.${number % 50}`, hangupCause: 0 });
  });
  return out;
}
