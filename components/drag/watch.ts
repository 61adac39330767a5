import type { LineState } from '@/server/protocol/records';
import { partyText } from '../extensions/status';
import type { Mirror } from '../live/mirror';
import { type CallInHand, callInHand, isSame } from './call-in-hand';
import type { CallSource } from './call-source';

/** The record in which a source is found. */
function topicOf(source: CallSource): string {
  switch (source.kind) {
    case 'line':
      return `extensions/${source.extension}`;
    case 'call':
      return `calls/${source.id}`;
    case 'waiting':
      return `queues/${source.queue}`;
    case 'parked':
      return `parking/${source.lot}`;
    case 'participant':
      return `conferences/${source.conference}`;
    case 'transfer':
      return `transfers/${source.id}`;
  }
}

/** Calls back once, with what has become of it, when the call that was taken up is over or in other hands. */
export function watchCall(mirror: Mirror, taken: CallInHand, changed: (what: string) => void): () => void {
  let over = false;
  const look = () => {
    const what = over ? null : whatBecame(mirror, taken);
    if (what === null) return;
    over = true;
    changed(what);
  };
  const leave = [mirror.topics.subscribe(topicOf(taken.source), look), mirror.topics.subscribe('connection', look)];
  return () => {
    over = true;
    for (const one of leave) one();
  };
}

/** Null: it is still the call that was taken up. */
export function whatBecame(mirror: Mirror, taken: CallInHand): string | null {
  if (mirror.connection !== 'live') return 'The panel lost its connection.';
  const now = callInHand(taken.source, mirror);
  if (now !== null && isSame(taken, now)) return null;
  return told(mirror, taken);
}

/** Who has it now, as far as it is to be seen. */
function told(mirror: Mirror, { leg, who, at, state, transfer }: CallInHand): string {
  if (transfer !== null) return `The transfer of ${who} has gone on.`;
  if (leg !== null) {
    for (const { number, name, calls } of mirror.records.map('extensions').values()) {
      const line = calls.find((one) => one.peer === leg);
      if (!line) continue;
      const whose = name || number;
      if (line.state === 'ringing') return `${who} rings at ${whose} now.`;
      return number === at ? `${whose} has answered ${partyText(line.party)}.` : `${whose} has ${who} now.`;
    }
    for (const { slots } of mirror.records.map('parking').values()) {
      const slot = slots.find(({ uniqueid }) => uniqueid === leg);
      if (slot) return `${who} is parked at ${slot.space} now.`;
    }
    for (const { label, callers } of mirror.records.map('queues').values()) {
      if (callers.some(({ uniqueid }) => uniqueid === leg)) return `${who} waits in ${label} now.`;
    }
  }
  return over[state]?.(who) ?? `The call with ${who} is over.`;
}

const over: Readonly<Partial<Record<LineState, (who: string) => string>>> = {
  queued: (who) => `${who} no longer waits in the queue.`,
  parked: (who) => `${who} is no longer parked.`,
  conference: (who) => `${who} has left the conference.`,
};
