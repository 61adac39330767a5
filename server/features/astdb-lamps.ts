import { AmiRefusedError } from '../ami/errors';
import type { AmiPort } from '../ami/types';
import { extensionNumber } from '../protocol/extension-number';
import { readAstDb } from './astdb-writer';
import { refusalInWords } from './pbx-answers';

/** `DND`: Custom:DND<ext> and Custom:DEVDND<device>; `CF`: the same for forwarding always. FreePBX has none for the others. */
export type Lamp = 'DND' | 'CF';

/**
 * Sets the custom device states that hints and keys of phones follow: that of the extension and those of its devices.
 * Answers what went wrong, in words, or null; never rejects.
 */
export async function setLamps(ami: AmiPort, lamp: Lamp, extension: string, on: boolean): Promise<string | null> {
  const set = (name: string) =>
    ami.action('Setvar', { Variable: `DEVICE_STATE(Custom:${name})`, Value: on ? 'BUSY' : 'NOT_INUSE' });
  try {
    await set(`${lamp}${extension}`);
    for (const device of await devicesOf(ami, extension)) await set(`DEV${lamp}${device}`);
    return null;
  } catch (error) {
    if (error instanceof AmiRefusedError) return `Lamps may be stale: ${refusalInWords(error)}`;
    return `Lamps may be stale: ${error instanceof Error ? error.message : 'unknown error'}`;
  }
}

/** Devices of an extension on FreePBX (AstDB AMPUSER), e.g. `101&102`; none elsewhere. */
async function devicesOf(ami: AmiPort, extension: string): Promise<readonly string[]> {
  const value = await readAstDb(ami, 'AMPUSER', `${extension}/device`);
  return [...new Set(value.split('&'))].filter((device) => extensionNumber.safeParse(device).success);
}
