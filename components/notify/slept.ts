/** The clocks at one look at the state. */
export interface Look {
  /** Epoch ms. */
  readonly wall: number;
  /** Ms; stands still while the machine sleeps, on most of them. */
  readonly monotonic: number;
  /** Timers of a hidden page are woken as seldom as once a minute. */
  readonly hidden: boolean;
}

const lostMs = 5_000;
/** The page is looked at once a second while it is to be seen. */
const gapMs = 8_000;

/** Whether the machine, or the page, slept between two looks: what the page believes may be long over. */
export function slept(before: Look, now: Look): boolean {
  const gap = now.wall - before.wall;
  if (gap - (now.monotonic - before.monotonic) > lostMs) return true;
  return gap > gapMs && !before.hidden && !now.hidden;
}
