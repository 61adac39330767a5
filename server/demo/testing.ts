import { VirtualClock } from './clock';
import type { PbxBlock } from './core';
import { demoOffice } from './demo-office';
import { Engine } from './engine';
import { Life } from './life';
import { installOffice, type Office } from './office';
import { SeededRandom } from './random';

/** A demo PBX in virtual time, for tests. */
export interface Bench {
  readonly clock: VirtualClock;
  readonly engine: Engine;
  readonly life: Life;
  /** Every event since the start. */
  readonly blocks: PbxBlock[];
}

export function bench(seed: number, office: Office = demoOffice): Bench {
  const clock = new VirtualClock();
  const engine = new Engine(clock, new SeededRandom(seed));
  const blocks: PbxBlock[] = [];
  engine.core.listen((block) => blocks.push(block));
  installOffice(engine, office);
  return { clock, engine, life: new Life(engine, office), blocks };
}

/** Headers of a block in order, the event's own line left out. */
export function headersOf(text: string): [string, string][] {
  return text
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trimStart()];
    });
}
