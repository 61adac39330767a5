import type { DeviceState } from '../pbx/events';

export type ForwardKind = 'always' | 'busy' | 'noAnswer';

/** FreePBX's AstDB family of each forwarding. */
export const FORWARD_FAMILIES: Readonly<Record<ForwardKind, string>> = { always: 'CF', busy: 'CFB', noAnswer: 'CFU' };

/** A FreePBX mirror of AstDB: which feature, whose, and whether `id` is an extension or a device id. */
export interface FeatureMirror {
  readonly feature: 'dnd' | 'forward';
  readonly owner: 'extension' | 'device';
  readonly id: string;
}

/** `Custom:DND101`, `Custom:DEVDND101`, `Custom:CF101`, `Custom:DEVCF101`; null for every other device. */
export function featureMirror(device: string): FeatureMirror | null {
  const match = /^Custom:(DEV)?(DND|CF)([A-Za-z0-9_.+-]{1,80})$/i.exec(device.trim());
  if (match === null) return null;
  return {
    feature: match[2]?.toUpperCase() === 'DND' ? 'dnd' : 'forward',
    owner: match[1] === undefined ? 'extension' : 'device',
    id: match[3] ?? '',
  };
}

/** What a mirror alone says: FreePBX writes BUSY (on) and NOT_INUSE (off). */
export function mirrorIsOn(state: DeviceState): boolean {
  return state === 'BUSY' || state === 'INUSE' || state === 'RINGING' || state === 'RINGINUSE' || state === 'ONHOLD';
}
