import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import { asteriskLoad } from './asterisk';
import { keys } from './keys';
import { memory } from './memory';
import { Noise } from './noise';
import { scaling } from './scaling';
import { screen } from './screen';
import { asMarkdown, asText, type Row } from './table';
import { throughput } from './throughput';

/** `npm run bench` runs everything; `npm run bench -- a b` only these parts, the others keep their last result. */
const noise = new Noise();
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const parts: Readonly<Record<string, { title: string; run: () => Promise<Row[]> }>> = {
  a: { title: 'AMI bytes → updated model', run: () => throughput(rounds, 120_000, noise) },
  b: { title: 'Cost of an event by the size of the PBX', run: () => scaling(rounds, noise) },
  c: { title: 'Memory', run: memory },
  d: { title: 'Event → browser, and the page itself', run: screen },
  f: { title: 'What the panel costs Asterisk', run: asteriskLoad },
  g: { title: 'Key press → AMI bytes', run: keys },
};

interface Result {
  readonly date: string;
  readonly noise: string;
  /** Processes that wanted a core when the section began: above the number of cores, others took a share. */
  readonly load?: number;
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

/** The last result of each part, for docs/BENCHMARKS.md. */
function writeDocument(all: Readonly<Record<string, Result>>): void {
  const sections = Object.entries(parts).flatMap(([name, { title }]) => {
    const result = all[name];
    if (result === undefined) return [];
    return [
      `## ${title}\n\n${result.date}; machine's noise ${result.noise}; load at the start ${result.load?.toFixed(1) ?? 'not noted'}.\n\n${asMarkdown(result.rows)}\n`,
    ];
  });
  const head = readFileSync(path.join(process.cwd(), 'e2e/bench/HEAD.md'), 'utf8').trim();
  const machine = `${cpus().length} cores, Node ${process.versions.node.split('.', 1)[0]}`;
  const text = `${head.replace('{machine}', machine)}\n\n${sections.join('\n')}`;
  writeFileSync(path.join(process.cwd(), 'docs/BENCHMARKS.md'), text);
}

const asked = process.argv.slice(2);
const chosen = Object.keys(parts).filter((part) => asked.length === 0 || asked.includes(part));
const results = known();
for (const name of chosen) {
  const part = parts[name];
  if (part === undefined) continue;
  process.stdout.write(`${part.title} …\n`);
  const load = loadavg()[0] ?? 0;
  const own = new Noise();
  own.sample();
  const rows = await part.run();
  for (let i = 0; i < 4; i++) own.sample();
  results[name] = { date: new Date().toISOString().slice(0, 10), noise: own.text(), load, rows };
  process.stdout.write(`${asText(rows)}\n\n`);
  mkdirSync(path.dirname(store), { recursive: true });
  writeFileSync(store, JSON.stringify(results));
}
writeDocument(results);
process.exit(0);
