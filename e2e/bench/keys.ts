import type { CommandResult } from '../../server/protocol/commands';
import { Keyboard } from './keyboard';
import { listeners } from './memory';
import { BenchOffice, firstProbe } from './office';
import { Panel, pause } from './panel';
import { percentile, type Row, row, whole } from './table';
import { Tap } from './tap';

const phones = 60;
const keyboards = 10;
const browsers = 200;
const eventsPerSecond = 500;
const presses = 200;
/** The leg of a phone that was just rung is shown by then. */
const shownMs = 150;

/** Milliseconds from a key until the bytes are at the PBX. */
interface Took {
  /** A command of one action: hang up. */
  readonly hangup: number[];
  /** The first action of dialling: whether the dialplan has the number. */
  readonly look: number[];
  /** The call itself, after the PBX has answered that. */
  readonly dial: number[];
}

/** Key press → AMI bytes: alone, and with 200 browsers that follow 500 events a second. */
export async function keys(): Promise<Row[]> {
  const office = await BenchOffice.start(1_000, 100, phones);
  const tap = await Tap.start(Number(new URL(office.amiUrl).port));
  const url = new URL(office.amiUrl);
  url.port = String(tap.port);
  const panel = await Panel.start(url.toString());
  try {
    await panel.ready();
    const cookies = await panel.people(keyboards);
    const boards = await Promise.all(cookies.map((cookie) => Keyboard.open(panel.url, cookie)));
    office.calm();
    await press(tap, boards, 40);
    const alone = await press(tap, boards, presses);
    const others = await listeners(panel, browsers - keyboards);
    office.quiet();
    office.busy(eventsPerSecond);
    // Longer than a call lasts there, so that begin and end of calls balance.
    await pause(5_000);
    const [sent, waited, cpu, startedAt] = [
      office.sent,
      await panel.waitedSeconds(),
      await panel.cpuSeconds(),
      performance.now(),
    ];
    const loaded = await press(tap, boards, presses);
    const elapsed = (performance.now() - startedAt) / 1_000;
    const rate = (office.sent - sent) / elapsed;
    const share = (before: number, after: number) => `${(((after - before) / elapsed) * 100).toFixed(0)} %`;
    const rows = [
      ...compared(alone, loaded, rate),
      row('g', 'server’s CPU meanwhile', `${share(cpu, await panel.cpuSeconds())} of one core`),
      row('g', 'server wanted a core and had none', `${share(waited, await panel.waitedSeconds())} of the time`),
    ];
    office.quiet();
    others.process.disconnect();
    for (const board of boards) board.close();
    return rows;
  } finally {
    await panel.stop();
    tap.close();
    await office.close();
  }
}

/** Dials from one quiet phone to the next and hangs up again, one after the other, from browsers in turn. */
async function press(tap: Tap, boards: readonly Keyboard[], count: number): Promise<Took> {
  const took: Took = { hangup: [], look: [], dial: [] };
  for (let i = 0; i < count; i++) {
    const board = boards[i % boards.length];
    if (board === undefined) throw new Error('no keyboard');
    const extension = String(firstProbe + (i % phones));
    const to = String(firstProbe + ((i + 1) % phones));
    const looked = arrival(
      tap,
      (action) => action.startsWith('Action: ShowDialPlan') && action.includes(`Extension: ${to}`),
    );
    const dialled = arrival(
      tap,
      (action) => action.startsWith('Action: Originate') && action.includes(`PJSIP/${extension}\r\n`),
    );
    // A person's keys are apart: what the one before set off is over.
    await pause(shownMs);
    let pressedAt = performance.now();
    const { uniqueid = '' } = await done(board.command('call.dial', { extension, to }));
    took.look.push((await looked.at) - pressedAt);
    took.dial.push((await dialled.at) - pressedAt);
    await pause(shownMs);
    const ended = arrival(tap, (action) => action.startsWith('Action: Hangup') && action.includes(uniqueid));
    pressedAt = performance.now();
    const result = await board.command('call.hangup', { uniqueid });
    // On a busy machine the leg may be shown later than a person would press.
    if (result.ok) took.hangup.push((await ended.at) - pressedAt);
    else ended.drop();
  }
  return took;
}

/** What was refused measures nothing. */
async function done(answer: Promise<CommandResult>): Promise<Extract<CommandResult, { ok: true }>> {
  const result = await answer;
  if (!result.ok) throw new Error(result.message);
  return result;
}

const waiting = new Set<(action: string, at: number) => void>();

interface Arrival {
  /** When it was there, ms of `performance.now`. */
  readonly at: Promise<number>;
  /** It is not waited for any more. */
  drop(): void;
}

function arrival(tap: Tap, wanted: (action: string) => boolean): Arrival {
  tap.onAction = (action, at) => {
    for (const one of waiting) one(action, at);
  };
  let drop = () => {};
  const at = new Promise<number>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('the command never reached the PBX')), 10_000);
    const one = (action: string, when: number): void => {
      if (!wanted(action)) return;
      drop();
      resolve(when);
    };
    drop = () => {
      clearTimeout(late);
      waiting.delete(one);
    };
    waiting.add(one);
  });
  return { at, drop: () => drop() };
}

const names: Readonly<Record<keyof Took, string>> = {
  hangup: 'hang up: key → its action at the PBX',
  look: 'dial: key → the first action (whether the dialplan has the number)',
  dial: 'dial: key → the call itself, the PBX’s answer to the first between',
};

function compared(alone: Took, loaded: Took, rate: number): Row[] {
  const ms = (values: readonly number[]) => [0.5, 0.95, 0.99].map((share) => percentile(values, share));
  const shown = (values: readonly number[]) =>
    `${ms(values)
      .map((value) => value.toFixed(2))
      .join(' / ')} ms`;
  return (Object.keys(names) as (keyof Took)[]).flatMap((key) => {
    const p99 = percentile(loaded[key], 0.99);
    const ratio = p99 / percentile(alone[key], 0.99);
    return [
      row(
        'g',
        `**${names[key]}**, p50 / p95 / p99 of ${loaded[key].length}, ${browsers} browsers and ${whole(rate)} events/s`,
        shown(loaded[key]),
        'p99 ≤ 20 ms',
        p99 <= 20,
      ),
      row('g', 'the same with nobody else and no event', shown(alone[key])),
      row('g', 'p99 against that', `${ratio.toFixed(1)}×`),
    ];
  });
}
