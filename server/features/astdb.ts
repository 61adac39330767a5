import type { AmiPort } from '../ami/types';
import { extensionNumber } from '../protocol/commands';
import type { FeatureKey } from '../protocol/records';
import type { FeatureBackend, Person, WriteOutcome, WriteRequest } from './backend';
import { type FeatureValues, withDnd, withForward } from './values';

type Slot = 'dnd' | 'always' | 'busy' | 'noAnswer';
const families: Readonly<Record<Slot, string>> = { dnd: 'DND', always: 'CF', busy: 'CFB', noAnswer: 'CFU' };
const slots = Object.keys(families) as Slot[];

/** Class of manager.conf (`write=`) that allows an action: Asterisk main/db.c, main/manager.c. */
const neededClass: Readonly<Record<string, string>> = {
  DBPut: 'system',
  DBDel: 'system',
  DBGet: 'reporting',
  Setvar: 'call',
};

/** Old PBXs end the answer to DBGet without telling so: do not hold the write up for that, ms. */
const readTimeoutMs = 3_000;

/** AmiRefusedError (server/ami/errors.ts): the message is Asterisk's own. */
type Refusal = Error & { readonly action: string };

function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && 'code' in error && error.code === 'amiRefused' && 'action' in error;
}

function isMissing(error: unknown): boolean {
  return isRefusal(error) && /not found|does not exist/i.test(error.message);
}

function inWords({ action, message }: Refusal): string {
  const asterisk = `Asterisk refused ${action} ("${message}")`;
  if (!/permission|not allowed|denied/i.test(message)) return `${asterisk}.`;
  return `${asterisk}: the AMI account needs the class "${neededClass[action] ?? 'all'}" in write= of manager.conf.`;
}

export interface AstDbOptions {
  readonly ami: () => AmiPort | null;
}

/**
 * Do-not-disturb and forwarding as FreePBX keeps them. The dialplan tests AstDB `DND/<ext>` (`YES`, or no such key) and
 * `CF`, `CFB`, `CFU/<ext>` (the target); lamps follow the custom device states `Custom:DND<ext>`, `Custom:CF<ext>` and,
 * per device of AstDB `AMPUSER/<ext>/device`, `Custom:DEVDND<device>` and `Custom:DEVCF<device>`.
 *
 * AstDB is written first: it decides, and it is the one that is refused for want of a class. A lamp that cannot be set is
 * a warning.
 */
export class AstDbFeatures implements FeatureBackend {
  readonly id = 'astdb';
  readonly source = 'pbx';
  readonly label = 'AstDB';
  readonly link = 'ami';

  constructor(private readonly options: AstDbOptions) {}

  slots(person: Person): readonly string[] {
    return extensionNumber.safeParse(person.number).success ? slots : [];
  }

  features(slot: string): readonly FeatureKey[] {
    return [slot as Slot];
  }

  view(slot: string, values: FeatureValues): string {
    const key = slot as Slot;
    if (key === 'dnd') return values.dnd ? 'YES' : '';
    return values[key].to ?? '';
  }

  merge(slot: string, held: string, values: FeatureValues): FeatureValues {
    const key = slot as Slot;
    if (key === 'dnd') return withDnd(values, held !== '');
    // AstDB has no ring count: that of the same target stays.
    return withForward(values, key, held, values[key].to === held ? values[key].ringCount : null);
  }

  async write({ person, slot, held }: WriteRequest): Promise<WriteOutcome> {
    return this.attempt(async (ami) => {
      await (held === ''
        ? remove(ami, families[slot as Slot], person.number)
        : put(ami, slot as Slot, person.number, held));
      return mirror(ami, person.number, slot as Slot, held);
    });
  }

  async repair(person: Person, slot: string, held: string): Promise<WriteOutcome> {
    return this.attempt((ami) => mirror(ami, person.number, slot as Slot, held));
  }

  async read(person: Person, slot: string): Promise<string | null> {
    const ami = this.options.ami();
    if (ami === null) throw new Error('The PBX is not connected.');
    try {
      const value = await readKey(ami, families[slot as Slot], person.number);
      return slot === 'dnd' && value !== '' ? 'YES' : value;
    } catch (error) {
      if (isMissing(error)) return '';
      if (isRefusal(error)) return null;
      throw error;
    }
  }

  problem(): string | null {
    return null;
  }

  private async attempt(work: (ami: AmiPort) => Promise<string | null>): Promise<WriteOutcome> {
    const ami = this.options.ami();
    if (ami === null) return { kind: 'away', message: 'The PBX is not connected.' };
    try {
      const warning = await work(ami);
      return warning === null ? { kind: 'done' } : { kind: 'done', warning };
    } catch (error) {
      if (isRefusal(error)) return { kind: 'refused', message: inWords(error) };
      return { kind: 'away', message: error instanceof Error ? error.message : 'The PBX does not answer.' };
    }
  }
}

async function put(ami: AmiPort, slot: Slot, extension: string, value: string): Promise<void> {
  await ami.action('DBPut', { Family: families[slot], Key: extension, Val: value });
}

async function remove(ami: AmiPort, family: string, extension: string): Promise<void> {
  try {
    await ami.action('DBDel', { Family: family, Key: extension });
  } catch (error) {
    if (isMissing(error)) return;
    // Newer versions say "could not be deleted" for a key that was never there.
    if (!isRefusal(error) || !(await isAbsent(ami, family, extension))) throw error;
  }
}

async function isAbsent(ami: AmiPort, family: string, extension: string): Promise<boolean> {
  try {
    await readKey(ami, family, extension);
    return false;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return isMissing(error);
  }
}

async function readKey(ami: AmiPort, family: string, key: string): Promise<string> {
  const items = ami.list('DBGet', { Family: family, Key: key }, { timeoutMs: readTimeoutMs });
  for await (const item of items) return item.get('Val') ?? '';
  return '';
}

/** Devices of an extension on FreePBX, e.g. `101&102`; none elsewhere. */
async function devicesOf(ami: AmiPort, extension: string): Promise<readonly string[]> {
  const value = await readKey(ami, 'AMPUSER', `${extension}/device`).catch((error: unknown) => {
    if (isMissing(error)) return '';
    throw error;
  });
  return [...new Set(value.split('&'))].filter((device) => extensionNumber.safeParse(device).success);
}

const lamps: Readonly<Partial<Record<Slot, string>>> = { dnd: 'DND', always: 'CF' };

/** Sets the lamps; answers what went wrong, in words, or null. */
async function mirror(ami: AmiPort, extension: string, slot: Slot, held: string): Promise<string | null> {
  const name = lamps[slot];
  if (name === undefined) return null;
  const value = held === '' ? 'NOT_INUSE' : 'BUSY';
  const lamp = (device: string) => ami.action('Setvar', { Variable: `DEVICE_STATE(Custom:${device})`, Value: value });
  try {
    await lamp(`${name}${extension}`);
    for (const device of await devicesOf(ami, extension)) await lamp(`DEV${name}${device}`);
    return null;
  } catch (error) {
    if (isRefusal(error)) return `Lamps may be stale: ${inWords(error)}`;
    return `Lamps may be stale: ${error instanceof Error ? error.message : 'unknown error'}`;
  }
}
