import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { wantedEvents } from '../../server/feed/translate';
import { Blaster, secret, username } from './blaster';
import { type Client, clientFolder, fastestKnown, findClients } from './clients';
import type { Noise } from './noise';
import { cachedBulk, recordedStream, type Stream } from './streams';
import { median, type Row, row, whole } from './table';

const here = path.join(process.cwd(), '.cache/bench/js/e2e/bench');
const own = 'this panel: bytes → updated model';
const patienceMs = 60_000;

interface Report {
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly events?: number;
  readonly ops?: number;
  readonly tampered?: number;
  readonly dropped?: number;
  readonly extensions?: number;
}

function next(child: ChildProcess): Promise<Report> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer')), patienceMs);
    const done = (act: () => void): void => {
      clearTimeout(timer);
      child.off('message', told);
      child.off('exit', gone);
      act();
    };
    const told = (message: unknown): void => done(() => resolve(message as Report));
    const gone = (): void => done(() => reject(new Error('ended early')));
    child.once('message', told);
    child.once('exit', gone);
  });
}

/** One reader in a fresh process: warmed up with one part of the stream, measured on the next. */
async function once(reader: string, stream: Stream): Promise<Report> {
  const blaster = await Blaster.start(stream.engine);
  const login = [String(blaster.port), username, secret];
  const child =
    reader === own
      ? fork(path.join(here, 'child-own.mjs'), login)
      : fork(path.join(here, 'child-npm.mjs'), [reader, clientFolder, ...login], {
          stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        });
  try {
    await next(child);
    let report: Report = { cpuMs: 0, wallMs: 0 };
    for (const bytes of [stream.warmUp, stream.measured]) {
      const going = next(child);
      child.send('go');
      await going;
      const reported = next(child);
      await blaster.blast(bytes);
      report = await reported;
    }
    return report;
  } finally {
    child.kill('SIGKILL');
    await blaster.close();
  }
}

/** AMI bytes → updated model beside npm clients that only parse the same bytes, over a loopback socket. */
export async function throughput(rounds: number, events: number, noise: Noise): Promise<Row[]> {
  const { clients, missing } = findClients();
  const rows: Row[] = missing.map((name) => row('a', `${name} cannot be installed here`, 'not measured'));
  for (const stream of [recordedStream(22, 20, 25), recordedStream(16, 20, 25), cachedBulk(10_000, 100_000, events)]) {
    rows.push(...(await compare(stream, clients, rounds, noise)));
  }
  return rows;
}

async function compare(stream: Stream, clients: readonly Client[], rounds: number, noise: Noise): Promise<Row[]> {
  const readers = [own, 'floor', ...clients.map(({ name }) => name)];
  const cpu = new Map<string, number[]>();
  const wall = new Map<string, number[]>();
  const failed = new Map<string, string>();
  let last: Report | null = null;
  for (let round = 0; round < rounds; round++) {
    noise.sample();
    for (const reader of readers) {
      if (failed.has(reader)) continue;
      try {
        const report = await once(reader, stream);
        cpu.set(reader, [...(cpu.get(reader) ?? []), (stream.events / report.cpuMs) * 1_000]);
        wall.set(reader, [...(wall.get(reader) ?? []), (stream.events / report.wallMs) * 1_000]);
        if (reader === own) last = report;
      } catch (error) {
        failed.set(reader, error instanceof Error ? error.message : String(error));
      }
    }
  }
  const speed = (reader: string): number => median(cpu.get(reader) ?? []);
  const said = (reader: string): string =>
    `${whole(speed(reader))} events per CPU second (${whole(median(wall.get(reader) ?? []))}/s of wall clock)`;
  const fastest = Math.max(...clients.map(({ name }) => speed(name)).filter(Number.isFinite));
  const ratio = speed(own) / fastest;
  const complete = fastestKnown.every((name) => Number.isFinite(speed(name)));
  const met = complete ? ratio >= 3 : null;
  const against = complete
    ? 'the fastest npm client'
    : 'the fastest of those measured (faster ones are missing: no verdict)';
  const share = sharePassed(stream);
  const versions = new Map(clients.map(({ name, version }) => [name, version]));
  return [
    row(
      'a',
      `**${stream.name}**, ${whole(stream.events)} events, ${(share * 100).toFixed(0)} % of them wanted by the model`,
      `${whole(last?.ops ?? 0)} changes to the model, warm-up included, of ${whole(last?.extensions ?? 0)} extensions`,
    ),
    row('a', own, said(own), '≥ 3× the fastest client', met),
    row('a', `against ${against}, which only parses`, `${ratio.toFixed(2)}×`, '≥ 3×', met),
    ...clients.map(({ name }) =>
      row(
        'a',
        `${name} ${versions.get(name) ?? ''}, parsing only`,
        failed.has(name) ? `failed: ${failed.get(name)}` : said(name),
      ),
    ),
    row('a', 'floor: read the socket and count block ends', said('floor')),
  ];
}

function sharePassed(stream: Stream): number {
  let wanted = 0;
  let all = 0;
  for (const [name, count] of stream.mix) {
    all += count;
    if (wantedEvents.has(name)) wanted += count;
  }
  return wanted / all;
}
