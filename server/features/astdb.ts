import { setTimeout as pause } from 'node:timers/promises';
import { AmiRefusedError } from '../ami/errors';
import type { AmiPort } from '../ami/types';
import { extensionNumber } from '../protocol/extension-number';
import type { FeatureKey } from '../protocol/records';
import { type Lamp, setLamps } from './astdb-lamps';
import { AstDbWriter, readAstDb } from './astdb-writer';
import type { FeatureBackend, Person, WriteOutcome, WriteRequest } from './backend';
import { attempt, connected } from './pbx-answers';
import { type FeatureValues, withDnd, withForward } from './values';

type Slot = 'dnd' | 'always' | 'busy' | 'noAnswer';
const families: Readonly<Record<Slot, string>> = { dnd: 'DND', always: 'CF', busy: 'CFB', noAnswer: 'CFU' };
const lamps: Readonly<Partial<Record<Slot, Lamp>>> = { dnd: 'DND', always: 'CF' };
const slots = Object.keys(families) as Slot[];

export interface AstDbOptions {
  readonly ami: () => AmiPort | null;
  /** Tests pass their own. */
  readonly pause?: (ms: number) => Promise<void>;
}

/**
 * Do-not-disturb and forwarding as FreePBX keeps them. The dialplan tests AstDB `DND/<ext>` (`YES`, or no such key) and
 * `CF`, `CFB`, `CFU/<ext>` (the target); lamps follow custom device states. AstDB is written first: it decides, and it is
 * the one that is refused for want of a class. A lamp that cannot be set is a warning. docs/astdb.md
 */
export class AstDbFeatures implements FeatureBackend {
  readonly id = 'astdb';
  readonly source = 'pbx';
  readonly label = 'AstDB';
  readonly link = 'ami';
  readonly #writer: AstDbWriter;

  constructor(private readonly options: AstDbOptions) {
    this.#writer = new AstDbWriter({ ami: options.ami, pause: options.pause ?? ((ms) => pause(ms)) });
  }

  slots({ number }: Person): readonly string[] {
    return isNumber(number) ? slots : [];
  }

  features(slot: string): readonly FeatureKey[] {
    return [slotOf(slot)];
  }

  view(slot: string, values: FeatureValues): string {
    const key = slotOf(slot);
    if (key === 'dnd') return values.dnd ? 'YES' : '';
    return values[key].to ?? '';
  }

  merge(slot: string, held: string, values: FeatureValues): FeatureValues {
    const key = slotOf(slot);
    if (key === 'dnd') return withDnd(values, held !== '');
    // AstDB has no ring count: that of the same target stays.
    return withForward(values, key, held, values[key].to === held ? values[key].ringCount : null);
  }

  async write({ person, slot, held }: WriteRequest): Promise<WriteOutcome> {
    // Both become part of a dialplan function and end in a Dial().
    if (!isNumber(person.number) || (held !== '' && !isNumber(held))) {
      return { kind: 'refused', message: 'AstDB takes extension numbers only.' };
    }
    const row = { family: families[slotOf(slot)], key: person.number, value: held };
    const stored = await this.#writer.write(row);
    if (stored.kind !== 'done') return stored;
    const lit = await this.repair(person, slot, held);
    return lit.kind === 'done' ? lit : { kind: 'done', warning: lit.message };
  }

  async repair({ number }: Person, slot: string, held: string): Promise<WriteOutcome> {
    const lamp = lamps[slotOf(slot)];
    if (lamp === undefined || !isNumber(number)) return { kind: 'done' };
    return attempt(this.options.ami(), (ami) => setLamps(ami, lamp, number, held !== ''));
  }

  async read({ number }: Person, slot: string): Promise<string | null> {
    const ami = connected(this.options.ami());
    try {
      const value = await readAstDb(ami, families[slotOf(slot)], number);
      return slot === 'dnd' && value !== '' ? 'YES' : value;
    } catch (error) {
      if (error instanceof AmiRefusedError) return null;
      throw error;
    }
  }

  problem(): string | null {
    return this.#writer.problem();
  }
}

function slotOf(slot: string): Slot {
  const found = slots.find((one) => one === slot);
  if (found === undefined) throw new Error(`AstDB has no slot ${slot}`);
  return found;
}

function isNumber(text: string): boolean {
  return extensionNumber.safeParse(text).success;
}
