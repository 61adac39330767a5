import type { ConsolePreferences } from '@/server/protocol/layout';
import type { MyCall } from '../calls/my-call';
import type { WaitingCaller } from '../calls/waiting';
import { partyText } from '../extensions/status';

export type NotifyPreferences = ConsolePreferences['notify'];

/** `incoming` and `returned` ring until they are over; `waiting` and `parked` are told once. */
export type AlertKind = 'incoming' | 'returned' | 'waiting' | 'parked';

/** Something the operator should know of now. */
export interface Alert {
  /** Stable while it lasts, and the same in every window. */
  readonly id: string;
  readonly kind: AlertKind;
  readonly title: string;
  readonly text: string;
  /** The entry of *My calls* it is about; null: none. */
  readonly call: string | null;
}

/** What the alerts are derived from. */
export interface AlertState {
  readonly calls: readonly MyCall[];
  /** Who waits in the queues one answers. */
  readonly waiting: readonly WaitingCaller[];
  /** What is known is not the present: then nothing is told. */
  readonly stale: boolean;
}

/** Every alert that is due. Derived from the state alone: what is over is not in it, whatever was told before. */
export function alertsOf(state: AlertState, preferences: NotifyPreferences, now: number): readonly Alert[] {
  if (state.stale) return [];
  const { waitingSeconds, parkedSeconds } = preferences;
  return [
    ...state.calls.flatMap(ofRinging),
    ...(parkedSeconds === null ? [] : state.calls.flatMap((call) => ofParked(call, parkedSeconds, now))),
    ...(waitingSeconds === null ? [] : state.waiting.flatMap((caller) => ofWaiting(caller, waitingSeconds, now))),
  ];
}

export function isRinging({ kind }: Alert): boolean {
  return kind === 'incoming' || kind === 'returned';
}

function ofRinging(call: MyCall): Alert[] {
  const { id, state, direction, party, queue, did, transfer } = call;
  const who = partyText(party);
  if (state === 'returned' && transfer?.state === 'returned') {
    const from = partyText(transfer.to);
    const text = transfer.reason ?? `${from} did not answer`;
    return [{ id: `returned ${id}`, kind: 'returned', title: `${who} is back from ${from}`, text, call: id }];
  }
  // One's own phone also rings when one calls somebody by the panel.
  if (state !== 'ringing' || direction !== 'in') return [];
  const via = [party.name ? party.number : '', queue ? `queue ${queue}` : '', did ? `to ${did}` : ''];
  return [
    { id: `incoming ${id}`, kind: 'incoming', title: `${who} calls`, text: via.filter(Boolean).join(' · '), call: id },
  ];
}

function ofParked({ id, party, parked, since }: MyCall, seconds: number, now: number): Alert[] {
  if (!parked || parked.timeout === 0) return [];
  const left = Date.parse(since) + parked.timeout * 1_000 - now;
  if (left > seconds * 1_000) return [];
  const title = `${partyText(party)} comes back soon`;
  // A call parked anew is a new alert.
  return [{ id: `parked ${id} ${since}`, kind: 'parked', title, text: `Parked at ${parked.space}`, call: id }];
}

function ofWaiting({ uniqueid, party, label, since }: WaitingCaller, seconds: number, now: number): Alert[] {
  if (now - Date.parse(since) < seconds * 1_000) return [];
  const title = `${partyText(party)} waits for long`;
  return [{ id: `waiting ${uniqueid} ${since}`, kind: 'waiting', title, text: `Queue ${label}`, call: null }];
}

/** The title of the page: who calls, and how many do. Null: nothing rings. */
export function ringingTitle(alerts: readonly Alert[]): string | null {
  const ringing = alerts.filter(isRinging);
  const [first] = ringing;
  return first ? `(${ringing.length}) ${first.title}` : null;
}
