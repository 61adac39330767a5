import type { AmiPort } from '../ami/types';
import { extensionNumber } from '../protocol/commands';
import type { DndBackend, DndOutcome, DndWish, Emit } from './dnd';
import { Serial } from './dnd';

/** Class of manager.conf (`write=`) that allows an action: Asterisk main/db.c, main/manager.c. */
const neededClass: Readonly<Record<string, string>> = {
  DBPut: 'system',
  DBDel: 'system',
  DBGet: 'reporting',
  Setvar: 'call',
};

/** Old PBXs end the answer to DBGet without telling so: do not hold the command up for that, ms. */
const deviceReadTimeoutMs = 3_000;

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

export interface AstDbDndOptions {
  readonly emit: Emit;
  readonly now: () => number;
}

/**
 * Do-not-disturb as FreePBX keeps it. The dialplan tests AstDB `DND/<ext>` (`YES`, or no such key); the lamps follow
 * the custom device states `Custom:DND<ext>` and, per device of AstDB `AMPUSER/<ext>/device`, `Custom:DEVDND<device>`.
 *
 * AstDB is written first, because it decides and because it is the one that is refused for want of the class `system`:
 * then no lamp has to be taken back. The model hears of the change as soon as AstDB has it; a lamp that cannot be set
 * is a warning, not a failure. When the link dies in between, the phone already obeys; the next full read takes
 * the value from AstDB, and the lamps are right again after the next change.
 */
export class AstDbDnd implements DndBackend {
  private readonly serial = new Serial();

  constructor(private readonly options: AstDbDndOptions) {}

  async set(ami: AmiPort, wish: DndWish): Promise<DndOutcome> {
    // Checked again here: the number becomes part of an AstDB key and of a dialplan function.
    if (!extensionNumber.safeParse(wish.extension).success) {
      return { kind: 'refused', message: 'That is not an extension number.' };
    }
    return this.serial.run(wish.extension, () => this.change(ami, wish));
  }

  private async change(ami: AmiPort, wish: DndWish): Promise<DndOutcome> {
    const refusal = await (wish.on ? put(ami, wish.extension) : remove(ami, wish.extension));
    if (refusal !== null) return { kind: 'refused', message: refusal };
    const { extension: number, on, by, note } = wish;
    this.options.emit({ type: 'dnd', at: this.options.now(), number, on, source: 'panel', by, note: on ? note : null });
    return { kind: 'done', warning: await mirror(ami, wish) };
  }
}

async function put(ami: AmiPort, extension: string): Promise<string | null> {
  try {
    await ami.action('DBPut', { Family: 'DND', Key: extension, Val: 'YES' });
    return null;
  } catch (error) {
    if (isRefusal(error)) return inWords(error);
    throw error;
  }
}

async function remove(ami: AmiPort, extension: string): Promise<string | null> {
  try {
    await ami.action('DBDel', { Family: 'DND', Key: extension });
    return null;
  } catch (error) {
    if (isMissing(error)) return null;
    if (!isRefusal(error)) throw error;
    // Newer versions say "could not be deleted" for a key that was never there.
    return (await isAbsent(ami, extension)) ? null : inWords(error);
  }
}

async function isAbsent(ami: AmiPort, extension: string): Promise<boolean> {
  try {
    await read(ami, 'DND', extension);
    return false;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return isMissing(error);
  }
}

async function read(ami: AmiPort, family: string, key: string): Promise<string> {
  const items = ami.list('DBGet', { Family: family, Key: key }, { timeoutMs: deviceReadTimeoutMs });
  for await (const item of items) return item.get('Val') ?? '';
  return '';
}

/** Devices of an extension on FreePBX, e.g. `101&102`; none elsewhere. */
async function devicesOf(ami: AmiPort, extension: string): Promise<readonly string[]> {
  const value = await read(ami, 'AMPUSER', `${extension}/device`);
  return [...new Set(value.split('&'))].filter((device) => extensionNumber.safeParse(device).success);
}

/** Sets the lamps; answers what went wrong, in words, or null. */
async function mirror(ami: AmiPort, { extension, on }: DndWish): Promise<string | null> {
  const value = on ? 'BUSY' : 'NOT_INUSE';
  const lamp = (name: string) => ami.action('Setvar', { Variable: `DEVICE_STATE(Custom:${name})`, Value: value });
  try {
    await lamp(`DND${extension}`);
    const devices = await devicesOf(ami, extension).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
    for (const device of devices) await lamp(`DEVDND${device}`);
    return null;
  } catch (error) {
    if (isRefusal(error)) return `Lamps may be stale: ${inWords(error)}`;
    return `Lamps may be stale: ${error instanceof Error ? error.message : 'unknown error'}`;
  }
}
