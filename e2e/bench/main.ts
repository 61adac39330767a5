import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Noise } from './noise';
import { scaling } from './scaling';
import { asMarkdown, asText, type Row } from './table';
import { throughput } from './throughput';

/** `npm run bench` runs everything; `npm run bench -- a b` only these parts, the others keep their last result. */
const noise = new Noise();
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const parts: Readonly<Record<string, { title: string; run: () => Promise<Row[]> }>> = {
  a: { title: 'AMI bytes → updated model', run: () => throughput(rounds, 200_000, noise) },
  b: { title: 'Cost of an event by the size of the PBX', run: () => scaling(rounds, noise) },
};

interface Result {
  readonly date: string;
  readonly noise: string;
  readonly rows: readonly Row[];
}

const store = path.join(process.cwd(), '.cache/bench/results.json');

function known(): Record<string, Result> {
  try {
    return JSON.parse(readFileSync(store, 'utf8')) as Record<string, Result>;
  } catch {
    return {};
  }
}

const asked = process.argv.slice(2);
const chosen = Object.keys(parts).filter((part) => asked.length === 0 || asked.includes(part));
const results = known();
for (const name of chosen) {
  const part = parts[name];
  if (part === undefined) continue;
  process.stdout.write(`${part.title} …\n`);
  const own = new Noise();
  own.sample();
  const rows = await part.run();
  for (let i = 0; i < 4; i++) own.sample();
  results[name] = { date: new Date().toISOString().slice(0, 10), noise: own.text(), rows };
  process.stdout.write(`${asText(rows)}\n\n`);
  mkdirSync(path.dirname(store), { recursive: true });
  writeFileSync(store, JSON.stringify(results));
}
void asMarkdown;
process.exit(0);
