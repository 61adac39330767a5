/**
 * `npm run soak -- [--rounds 100] [--versions 22,16] [--seed 1]`: every fault that many times at random moments of
 * traffic, on both Asterisks at once. Writes docs/SOAK.md after each round and ends with 1 when anything failed.
 */
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import build from './build.mjs';
import { type FaultKind, FaultLab, type FaultResult, faultKinds, strike } from './faults';
import type { AsteriskVersion } from './instance';
import { type Lab, startLab } from './lab';
import { seeded } from './traffic';

interface Outcome {
  readonly version: AsteriskVersion;
  readonly kind: FaultKind;
  readonly seed: number;
  readonly result: FaultResult | undefined;
  readonly failure: string | undefined;
}

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '100' },
    versions: { type: 'string', default: '22,16' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const rounds = Number(values.rounds);
const versions = values.versions.split(',').map((text): AsteriskVersion => (text === '16' ? 16 : 22));
const file = path.resolve(import.meta.dirname, '../../docs/SOAK.md');
const outcomes: Outcome[] = [];
const began = Date.now();

await build();
await Promise.all(versions.map((version) => soak(version)));
await report();
const failures = outcomes.filter(({ failure }) => failure !== undefined);
console.log(`${outcomes.length - failures.length} passed, ${failures.length} failed, 0 skipped`);
process.exitCode = failures.length > 0 ? 1 : 0;

async function soak(version: AsteriskVersion): Promise<void> {
  let lab: Lab | undefined;
  let under: FaultLab | undefined;
  for (let round = 1; round <= rounds; round += 1) {
    for (const [place, kind] of faultKinds.entries()) {
      lab ??= await startLab(version);
      under ??= await FaultLab.start(lab);
      const seed = Number(values.seed) + version * 1_000_000 + round * 10 + place;
      const outcome = await attempt(version, kind, seed, under);
      outcomes.push(outcome);
      if (outcome.failure === undefined) continue;
      console.log(`${version} ${kind}, seed ${seed}: ${outcome.failure}`);
      // What a failure left behind must not be blamed on the next one.
      await under.stop();
      await lab.stop();
      lab = undefined;
      under = undefined;
    }
    console.log(`Asterisk ${version}: round ${round} of ${rounds}`);
    await report();
  }
  await under?.stop();
  await lab?.stop();
}

async function attempt(version: AsteriskVersion, kind: FaultKind, seed: number, under: FaultLab): Promise<Outcome> {
  try {
    const result = await strike(kind, under, seeded(seed));
    return { version, kind, seed, result, failure: undefined };
  } catch (error) {
    const failure = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { version, kind, seed, result: undefined, failure };
  }
}

async function report(): Promise<void> {
  const failed = outcomes.filter(({ failure }) => failure !== undefined);
  const rows = versions.flatMap((version) => faultKinds.map((kind) => row(version, kind)));
  const lines = [
    '# Soak: faults at random moments of traffic',
    '',
    'Phones call each other, queues, rooms and parking lots at random while the fault strikes. After each one the panel',
    'must have shown its PBX as gone within 10 s, be the same as Asterisk (every channel of `core show channels`, device',
    'states, queues, parking, conferences) within 5 s of it being back, keep no ghost when all have hung up, and have lost',
    'nothing that was saved. `npm run soak` writes this file.',
    '',
    `Last run: ${new Date(began).toISOString().slice(0, 16).replace('T', ' ')} UTC, ${minutes()} minutes, first seed ${values.seed},`,
    `on ${cpus().length} cores, Node ${process.versions.node}.`,
    `Asked for ${rounds} times each; ${outcomes.length} faults done, ${failed.length} failed.`,
    '',
    '| Asterisk | Fault | Times | Failed | Stale after, ms (median / worst) | Right after, ms (median / worst) |',
    '|---|---|--:|--:|--:|--:|',
    ...rows,
    ...(failed.length === 0 ? [] : ['', '## Failures', '']),
    ...failed.map(({ version, kind, seed, failure }) => `- Asterisk ${version}, ${kind}, seed ${seed}: ${failure}`),
    '',
  ];
  await writeFile(file, lines.join('\n'));
}

function row(version: AsteriskVersion, kind: FaultKind): string {
  const mine = outcomes.filter((outcome) => outcome.version === version && outcome.kind === kind);
  const results = mine.flatMap(({ result }) => result ?? []);
  const stale = spread(results.flatMap(({ staleMs }) => staleMs ?? []));
  const right = spread(results.map(({ convergedMs }) => convergedMs));
  return `| ${version} | ${kind} | ${mine.length} | ${mine.length - results.length} | ${stale} | ${right} |`;
}

function spread(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  const worst = sorted.at(-1);
  return median === undefined || worst === undefined ? '–' : `${Math.round(median)} / ${Math.round(worst)}`;
}

function minutes(): string {
  return ((Date.now() - began) / 60_000).toFixed(0);
}
