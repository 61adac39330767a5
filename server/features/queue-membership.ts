/** A queue membership that the panel paused, as it is kept over restarts. */
export interface PausedRow {
  readonly queue: string;
  readonly interface: string;
  /** The extension whose do-not-disturb it is. */
  readonly number: string;
  /** The reason we gave, as Asterisk keeps it. */
  readonly reason: string;
}

/** How a membership is: not paused, paused with our reason, or paused by somebody else. */
export type Pause = 'free' | 'ours' | 'other';

/** A membership that the panel paused or is about to pause, or to take the pause back from. */
export interface Membership {
  readonly pbx: string;
  readonly row: PausedRow;
  /** It shall be paused; else our pause shall go. */
  wanted: boolean;
  /** Our pause is in place, as far as answers and events tell. */
  placed: boolean;
  /** What the PBX told last; null: nothing since the link came up. */
  told: Pause | null;
  /** What we wrote and the PBX has not told yet, in order of writing. */
  expected: Pause[];
  /** A write is under way. */
  busy: boolean;
  /** Nobody answered a write: it may yet be told, or never. The next reading of the queues decides. */
  doubtful: boolean;
  /** It was left and joined again while a write was under way: a refusal may have meant the former one. */
  rejoined: boolean;
}

export function newMembership(pbx: string, row: PausedRow): Membership {
  return {
    pbx,
    row,
    wanted: true,
    placed: false,
    told: null,
    expected: [],
    busy: false,
    doubtful: false,
    rejoined: false,
  };
}

export function keyOf(queue: string, member: string): string {
  return `${queue}\u0000${member}`;
}

export function pauseOf(member: { readonly paused: boolean; readonly pausedReason: string }, reason: string): Pause {
  if (!member.paused) return 'free';
  return member.pausedReason === reason ? 'ours' : 'other';
}

/** Asterisk keeps 79 bytes of a reason (reason_paused, apps/app_queue.c); an empty one could not be told from others. */
export function reasonThatFits(reason: string): string {
  let fitting = '';
  for (const character of reason.trim() || 'Do not disturb') {
    if (Buffer.byteLength(fitting + character) > 79) break;
    fitting += character;
  }
  return fitting.trimEnd();
}

/** Something we wrote may still take effect. */
export function isUnderWay({ busy, expected }: Membership): boolean {
  return busy || expected.length > 0;
}
