import type { ExtensionCall, ExtensionRecord, ForwardKind, LineState, PresenceChoice } from '@/server/protocol/records';
import { type PresenceLook, presenceLook } from './presence-look';

/** How an extension looks: each tone has its own colour, mark and bar. */
export type Tone = 'free' | 'ringing' | 'talking' | 'held' | 'dnd' | 'away' | 'offline';

export interface Status {
  readonly tone: Tone;
  /** The state in words; never left to the colour alone. */
  readonly word: string;
  /** The same where room is scarce. */
  readonly short: string;
  /** The presence that `word` tells; null while something else is told. */
  readonly presence: PresenceLook | null;
  /** The call that decides the state; null when none does. */
  readonly call: ExtensionCall | null;
  /** Calls beside it. */
  readonly others: readonly ExtensionCall[];
  /** ISO time the clock on the tile counts from; null: no clock. */
  readonly since: string | null;
}

const lineWords: Record<LineState, string> = {
  dialing: 'Calling',
  ringing: 'Ringing',
  talking: 'Talking',
  held: 'Holding',
  onHold: 'On hold',
  queued: 'Waiting',
  parked: 'Parked',
  conference: 'Meeting',
  service: 'Service',
};

const lineTones: Record<LineState, Tone> = {
  dialing: 'talking',
  ringing: 'ringing',
  talking: 'talking',
  held: 'held',
  onHold: 'held',
  queued: 'talking',
  parked: 'held',
  conference: 'talking',
  service: 'talking',
};

/** What the person is doing now comes before what waits for them. */
const rank: Record<LineState, number> = {
  talking: 0,
  conference: 1,
  service: 2,
  dialing: 3,
  ringing: 4,
  queued: 5,
  onHold: 6,
  held: 7,
  parked: 8,
};

export function lineWord(state: LineState): string {
  return lineWords[state];
}

export function lineTone(state: LineState): Tone {
  return lineTones[state];
}

/** Ring, talk and hold are different clocks: this is the one that belongs to the line's present state. */
export function lineSince(call: ExtensionCall): string {
  if (call.stateSince !== null) return call.stateSince;
  return call.answeredAt ?? call.startedAt;
}

export function sortCalls(calls: readonly ExtensionCall[]): readonly ExtensionCall[] {
  if (calls.length < 2) return calls;
  return [...calls].sort((a, b) => rank[a.state] - rank[b.state] || (a.startedAt < b.startedAt ? -1 : 1));
}

type Choices = readonly PresenceChoice[];

/** `choices`: the administrator's presence states, for their names. */
export function statusOf(extension: ExtensionRecord, choices: Choices = []): Status {
  const [call, ...others] = sortCalls(extension.calls);
  if (call) {
    const word = lineWords[call.state];
    return { tone: lineTones[call.state], word, short: word, presence: null, call, others, since: lineSince(call) };
  }
  const { tone, word, presence = null } = withoutCall(extension, choices);
  return { tone, word, short: tone === 'dnd' ? 'DND' : word, presence, call: null, others: [], since: null };
}

type CalmStatus = Pick<Status, 'tone' | 'word'> & { readonly presence?: PresenceLook };

function withoutCall(extension: ExtensionRecord, choices: Choices): CalmStatus {
  if (extension.kind === 'ringGroup' && extension.state !== 'ringing') {
    return { tone: extension.state === 'idle' ? 'free' : 'offline', word: 'Ring group' };
  }
  switch (extension.state) {
    case 'unavailable':
      return extension.dnd.on ? { tone: 'offline', word: 'Offline, DND' } : { tone: 'offline', word: 'Offline' };
    case 'ringing':
      return { tone: 'ringing', word: 'Ringing' };
    case 'inUse':
    case 'busy':
    case 'ringInUse':
      return { tone: 'talking', word: 'Busy' };
    case 'onHold':
      return { tone: 'held', word: 'On hold' };
    case 'idle':
    case 'unknown':
      return idle(extension, choices);
  }
}

function idle(extension: ExtensionRecord, choices: Choices): CalmStatus {
  if (extension.dnd.on) return { tone: 'dnd', word: 'Do not disturb' };
  if (extension.state === 'unknown') return { tone: 'offline', word: 'Unknown' };
  const presence = presenceLook(extension.presence, choices);
  if (!presence) return { tone: 'free', word: 'Free' };
  return { tone: presence.away ? 'away' : 'free', word: presence.word, presence };
}

export interface Forwarding {
  readonly kind: ForwardKind;
  readonly to: string;
}

const forwardKinds = ['always', 'busy', 'noAnswer'] as const satisfies readonly ForwardKind[];

export const forwardWords: Readonly<Record<ForwardKind, string>> = {
  always: 'all',
  busy: 'busy',
  noAnswer: 'no answer',
};

/** What is forwarded, in the order in which it matters to the next call. */
export function forwardsOf(forward: ExtensionRecord['forward']): readonly Forwarding[] {
  return forwardKinds.flatMap((kind) => {
    const to = forward[kind];
    return to ? [{ kind, to }] : [];
  });
}

export function partyText({ name, number }: { readonly name: string; readonly number: string }): string {
  return name || number || 'Unknown';
}

/** The tile in one sentence, for a screen reader; without clocks, which would never stop talking. */
export function describe(extension: ExtensionRecord, choices: Choices = [], until: UntilText = () => ''): string {
  const { dnd, presence, voicemail, unsynced } = extension;
  const status = statusOf(extension, choices);
  const end = dnd.on && dnd.until ? ` until ${until(dnd.until)}` : '';
  const parts = [extension.name || 'No name', extension.number, `${status.word}${status.tone === 'dnd' ? end : ''}`];
  if (status.call) {
    parts.push(`${status.call.direction === 'in' ? 'from' : 'to'} ${partyText(status.call.party)}`);
    if (status.call.queue) parts.push(`queue ${status.call.queue}`);
  }
  if (status.others.length > 0) parts.push(`${status.others.length} more on the line`);
  if (dnd.on && status.tone !== 'dnd') parts.push(`do not disturb${end}`);
  const look = told(extension) ? null : presenceLook(presence, choices);
  if (look && !status.presence) parts.push(look.word);
  if (status.presence && presence.until) parts.push(`until ${until(presence.until)}`);
  if (dnd.on && dnd.note) parts.push(dnd.note);
  if (presence.message && !(told(extension) && presence.message === dnd.note)) parts.push(presence.message);
  for (const { kind, to } of forwardsOf(extension.forward)) parts.push(`forwards ${forwardWords[kind]} to ${to}`);
  if (voicemail.new > 0) parts.push(`${voicemail.new} new voicemail`);
  if (unsynced.length > 0) parts.push('not yet on the phone');
  return parts.join(', ');
}

/** An end as words that stay the same from second to second. */
type UntilText = (iso: string) => string;

/** Presence `dnd` says what do-not-disturb says already. */
export function told({ dnd, presence }: ExtensionRecord): boolean {
  return dnd.on && presence.state === 'dnd';
}
