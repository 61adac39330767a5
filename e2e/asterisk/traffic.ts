import type { PhoneDriver } from './driver';
import { people } from './people';

/** A repeatable source of chance, so that a failing run can be run again (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface Traffic {
  /** Calls begun so far. */
  readonly started: () => number;
  /** Stops making calls and waits for the running steps; calls that are up stay up. */
  stop(): Promise<void>;
}

/**
 * Keeps the office busy: phones call each other, queues, rooms and lots at random until stopped. Steps that fail are
 * ignored, because faults are injected meanwhile.
 */
export function startTraffic(phones: PhoneDriver, random: () => number, lanes = 4): Traffic {
  let running = true;
  let calls = 0;
  const share = Math.floor(people.length / lanes);
  const lane = async (index: number) => {
    const mine = people.slice(index * share, (index + 1) * share).map((person) => person.number);
    while (running) {
      calls += 1;
      await oneCall(phones, random, mine).catch(() => pause(200));
    }
  };
  const all = Promise.all(Array.from({ length: lanes }, (_, index) => lane(index)));
  return {
    started: () => calls,
    stop: async () => {
      running = false;
      await all;
    },
  };
}

async function oneCall(phones: PhoneDriver, random: () => number, mine: readonly string[]): Promise<void> {
  const [from, to, third] = shuffled(mine, random);
  if (!from || !to || !third) return;
  const kind = Math.floor(random() * 6);
  if (kind === 0) {
    await phones.dial(from, random() < 0.5 ? '502' : '800');
    await phones.connected(from);
  } else {
    await phones.dial(from, to);
    await ringsOrEnds(phones, from, to);
    if (kind > 1) await phones.answer(to, from);
  }
  await pause(50 + random() * 250);
  if (kind === 2) {
    await phones.hold(to, from);
    await pause(100);
    await phones.unhold(to, from);
  } else if (kind === 3) {
    await phones.blindTransfer(to, third, from);
    await phones.answer(third);
  } else if (kind === 4) {
    await phones.park(to, '700', from);
    await pause(random() * 300);
  }
  await phones.hangup(from);
}

/** A call the PBX refuses never rings: do not wait for it. */
async function ringsOrEnds(phones: PhoneDriver, from: string, to: string): Promise<void> {
  const refused = phones.quiet(from).then(() => {
    throw new Error(`the call from ${from} was refused`);
  });
  refused.catch(() => {});
  await Promise.race([phones.ringing(to, from), refused]);
}

function shuffled(numbers: readonly string[], random: () => number): string[] {
  return numbers
    .map((number) => ({ number, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ number }) => number);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
