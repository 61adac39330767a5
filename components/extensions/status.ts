import type { ExtensionCall, ExtensionRecord, LineState } from '@/server/protocol/records';

/** How an extension looks: each tone has its own colour, mark and bar. */
export type Tone = 'free' | 'ringing' | 'talking' | 'held' | 'dnd' | 'away' | 'offline';

export interface Status {
  readonly tone: Tone;
  /** The state in words; never left to the colour alone. */
  readonly word: string;
  /** The same where room is scarce. */
  readonly short: string;
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

export function statusOf(extension: ExtensionRecord): Status {
  const [call, ...others] = sortCalls(extension.calls);
  if (call) {
    const word = lineWords[call.state];
    return { tone: lineTones[call.state], word, short: word, call, others, since: lineSince(call) };
  }
  const { tone, word } = withoutCall(extension);
  return { tone, word, short: tone === 'dnd' ? 'DND' : word, call: null, others: [], since: null };
}

function withoutCall(extension: ExtensionRecord): Pick<Status, 'tone' | 'word'> {
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
      return idle(extension);
  }
}

function idle(extension: ExtensionRecord): Pick<Status, 'tone' | 'word'> {
  if (extension.dnd.on) return { tone: 'dnd', word: 'Do not disturb' };
  if (extension.state === 'unknown') return { tone: 'offline', word: 'Unknown' };
  const word = presenceWord(extension.presence);
  return word ? { tone: 'away', word } : { tone: 'free', word: 'Free' };
}

/** Presence that differs from "there", in a word or two; null when there is nothing to say. */
export function presenceWord({ state, subtype }: ExtensionRecord['presence']): string | null {
  switch (state) {
    case 'not_set':
    case 'available':
    case 'chat':
      return null;
    case 'away':
      return subtype || 'Away';
    case 'xa':
      return subtype || 'Gone for longer';
    case 'dnd':
      return subtype || 'Asks not to be disturbed';
    case 'unavailable':
      return subtype || 'Not available';
  }
}

/** The forwarding that matters most: it decides what happens to the next call. */
export function forwardOf(
  forward: ExtensionRecord['forward'],
): { kind: 'all' | 'busy' | 'no answer'; to: string } | null {
  if (forward.always) return { kind: 'all', to: forward.always };
  if (forward.busy) return { kind: 'busy', to: forward.busy };
  if (forward.noAnswer) return { kind: 'no answer', to: forward.noAnswer };
  return null;
}

export function partyText({ name, number }: { readonly name: string; readonly number: string }): string {
  return name || number || 'Unknown';
}

/** The tile in one sentence, for a screen reader; without clocks, which would never stop talking. */
export function describe(extension: ExtensionRecord): string {
  const status = statusOf(extension);
  const parts = [extension.name || 'No name', extension.number, status.word];
  if (status.call) {
    parts.push(`${status.call.direction === 'in' ? 'from' : 'to'} ${partyText(status.call.party)}`);
    if (status.call.queue) parts.push(`queue ${status.call.queue}`);
  }
  if (status.others.length > 0) parts.push(`${status.others.length} more on the line`);
  if (extension.dnd.on && status.tone !== 'dnd') parts.push('do not disturb');
  const forward = forwardOf(extension.forward);
  if (forward) parts.push(`forwards ${forward.kind} to ${forward.to}`);
  if (extension.presence.message) parts.push(extension.presence.message);
  if (extension.voicemail.new > 0) parts.push(`${extension.voicemail.new} new voicemail`);
  return parts.join(', ');
}
