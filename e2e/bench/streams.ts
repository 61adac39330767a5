import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { BulkTraffic, bulkOffice } from '../../server/demo/bulk';
import { VirtualClock } from '../../server/demo/clock';
import { Engine } from '../../server/demo/engine';
import { installOffice } from '../../server/demo/office';
import { SeededRandom } from '../../server/demo/random';

/** AMI bytes to be read, and the PBX that answers the lists a reader asks for first. */
export interface Stream {
  readonly name: string;
  readonly warmUp: Buffer;
  readonly measured: Buffer;
  /** Events in `measured`. */
  readonly events: number;
  readonly engine: Engine;
  /** How many of the measured events are of each name. */
  readonly mix: ReadonlyMap<string, number>;
}

const root = process.cwd();
const cache = path.join(root, '.cache/bench');

/** The state every generated stream begins with: all phones idle. */
export function idleEngine(extensions: number): Engine {
  const engine = new Engine(new VirtualClock(), new SeededRandom(1), { chatter: true });
  installOffice(engine, bulkOffice(extensions));
  return engine;
}

export function bulkStream(extensions: number, warmUp: number, events: number, calls?: number): Stream {
  const traffic = new BulkTraffic({ extensions, calls });
  const head = traffic.next(warmUp);
  const before = traffic.events;
  const measured = traffic.next(events);
  return {
    name: `generated, ${extensions.toLocaleString('en-US')} extensions`,
    warmUp: head,
    measured,
    events: traffic.events - before,
    engine: idleEngine(extensions),
    mix: mixOf(measured),
  };
}

/** Generating takes longer than reading: kept between runs. */
export function cachedBulk(extensions: number, warmUp: number, events: number): Stream {
  mkdirSync(cache, { recursive: true });
  const file = path.join(cache, `bulk-${extensions}-${warmUp}-${events}`);
  if (!existsSync(`${file}.b`)) {
    const made = bulkStream(extensions, warmUp, events);
    writeFileSync(`${file}.a`, made.warmUp);
    writeFileSync(`${file}.b`, made.measured);
  }
  const measured = readFileSync(`${file}.b`);
  return {
    name: `generated, ${extensions.toLocaleString('en-US')} extensions`,
    warmUp: readFileSync(`${file}.a`),
    measured,
    events: count(measured),
    engine: idleEngine(extensions),
    mix: mixOf(measured),
  };
}

/** What a real Asterisk said, again and again with new ids, without the scenarios in which a caller forges events. */
export function recordedStream(version: 16 | 22, warmUp: number, repeats: number): Stream {
  const file = path.join(root, `e2e/asterisk/fixtures/ami-${version}.txt.gz`);
  const text = gunzipSync(readFileSync(file)).toString('latin1');
  const honest = text.slice(0, text.lastIndexOf('\r\n\r\n', text.indexOf('Event: Forged')) + 4);
  const blocks = honest
    .split('\r\n\r\n')
    .filter((block) => block.startsWith('Event: ') && !block.includes('FullyBooted'));
  const once = `${blocks.join('\r\n\r\n')}\r\n\r\n`;
  const copy = (k: number): Buffer => Buffer.from(renamed(once, k), 'latin1');
  const measured = Buffer.concat(Array.from({ length: repeats }, (_, k) => copy(k + warmUp)));
  return {
    name: `recorded, Asterisk ${version}`,
    warmUp: Buffer.concat(Array.from({ length: warmUp }, (_, k) => copy(k))),
    measured,
    events: count(measured),
    engine: engineOf(once),
    mix: mixOf(measured),
  };
}

/** Other uniqueids (later ones) and bridge ids, so that each copy is a new set of calls. */
function renamed(text: string, k: number): string {
  return text
    .replace(/\b(1\d{9})\.(\d+)\b/g, (_, seconds: string, rest: string) => `${Number(seconds) + k * 1_000}.${rest}`)
    .replace(/\b[0-9a-f]{8}(?=-[0-9a-f]{4}-[0-9a-f]{4}-)/g, (head) =>
      ((Number.parseInt(head, 16) ^ (k * 0x9e3779b1)) >>> 0).toString(16).padStart(8, '0'),
    );
}

/** An office with the phones that a recording names. */
function engineOf(text: string): Engine {
  const numbers = new Set([...text.matchAll(/^Device: PJSIP\/(\d+)\r?$/gm)].map((match) => match[1] ?? ''));
  const office = bulkOffice(20);
  const people = [...numbers].flatMap((number) => {
    const person = office.people[0];
    return person ? [{ ...person, number, name: `Person ${number}`, voicemail: null }] : [];
  });
  const engine = new Engine(new VirtualClock(), new SeededRandom(1));
  installOffice(engine, { ...office, people, queues: [] });
  return engine;
}

function count(bytes: Buffer): number {
  let events = 0;
  for (let at = bytes.indexOf('Event: '); at >= 0; at = bytes.indexOf('Event: ', at + 7)) {
    if (at === 0 || bytes[at - 1] === 10) events++;
  }
  return events;
}

function mixOf(bytes: Buffer): Map<string, number> {
  const mix = new Map<string, number>();
  for (const [, name = ''] of bytes.toString('latin1').matchAll(/^Event: (\w+)/gm))
    mix.set(name, (mix.get(name) ?? 0) + 1);
  return mix;
}
