import type { AmiMessage } from '../ami/types';
import type { ListEvent, PbxEvent } from '../pbx/events';
import { fop2Text } from '../pbx/held';
import type { Access } from './access';
import { readFamily } from './astDb';
import type { Directory } from './directory';

/**
 * FOP2's words on the PBX: UserEvent `FOP2ASTDB` (family `fop2state`: a text such as `Do not Disturb`), `FOP2CUST` (family
 * `astdbcust`: where calls are forwarded), and AstDB `fop2state/<Tech>/<peer>`. Anybody may send a UserEvent.
 */
export interface Fop2Report {
  /** `event`: what was last announced of a state; `cust`: of a forwarding. */
  readonly slot: 'event' | 'cust';
  /** As its sender spelled it: `SIP/1000`, `pjsip/1000`. */
  readonly device: string;
  readonly held: string;
}

const SLOTS: Readonly<Record<string, Fop2Report['slot']>> = {
  'fop2astdb fop2state': 'event',
  'fop2cust astdbcust': 'cust',
};

/** AstDB family of the states. */
const FAMILY = 'fop2state';
const DEVICE = /^[A-Za-z0-9]{1,20}\/[\w.@+-]{1,80}$/;
/** What may become a target of the dialplan: commands.ts `extensionNumber`. */
const TARGET = /^[0-9A-Za-z*#+._-]{1,40}$/;
/** Longer texts are nobody's presence. */
const LONGEST = 1_000;

/** Null: not FOP2's, or nothing to be believed. */
export function fop2Report(message: AmiMessage): Fop2Report | null {
  const headers = ownHeaders(message);
  const [name, family] = ['userevent', 'family'].map((header) => headers.get(header)?.trim().toLowerCase() ?? '');
  const slot = SLOTS[`${name} ${family}`];
  const device = headers.get('channel')?.trim() ?? '';
  const value = headers.get('value')?.trim() ?? '';
  if (slot === undefined || !DEVICE.test(device) || value.length > LONGEST || /\p{Cc}/u.test(value)) return null;
  if (slot === 'event') return { slot, device, held: fop2Text(value) };
  return value === '' || TARGET.test(value) ? { slot, device, held: value } : null;
}

/** From the dialplan, a channel's own headers come before those of the sender, `Channel` among both. */
function ownHeaders(message: AmiMessage): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const [header, value] of message.entries()) {
    const name = header.toLowerCase();
    if (headers.size === 0 && name !== 'userevent') continue;
    if (!headers.has(name)) headers.set(name, value);
  }
  return headers;
}

export function fop2Events(directory: Directory, { slot, device, held }: Fop2Report, at: number): PbxEvent[] {
  return numbersOf(directory, device).map((number) => ({ type: 'held', at, backend: 'fop2', number, slot, held }));
}

const spelledLower = new WeakMap<Directory['owners'], ReadonlyMap<string, readonly string[]>>();

/** Numbers of a device in any spelling; FOP2 may still say SIP where the phone is PJSIP now: then its name decides. */
function numbersOf({ owners, numbers }: Directory, device: string): readonly string[] {
  const exact = owners.get(device);
  if (exact !== undefined) return exact;
  let lower = spelledLower.get(owners);
  if (lower === undefined) {
    lower = new Map([...owners].map(([name, owned]) => [name.toLowerCase(), owned]));
    spelledLower.set(owners, lower);
  }
  const peer = device.slice(device.indexOf('/') + 1);
  return lower.get(device.toLowerCase()) ?? (numbers.has(peer) ? [peer] : []);
}

/** AstDB's states; null when they may not be read. `all`: ask for each phone where there is no tree. */
export async function readFop2(
  access: Access,
  directory: Directory,
  now: () => number,
  repair: boolean,
  all: boolean,
): Promise<ListEvent | null> {
  const readFrom = now();
  const family = await readFamily(access, FAMILY, all ? [...directory.owners.keys()] : null);
  if (family === null) return null;
  const rows = new Map<string, string>();
  // A row under the phone's own name says more than one that only means the same number.
  const [own, other] = [true, false].map((isOwn) =>
    [...family.rows].filter(([device]) => directory.owners.has(device) === isOwn),
  );
  for (const [device, value] of [...(own ?? []), ...(other ?? [])]) {
    if (!DEVICE.test(device)) continue;
    for (const number of numbersOf(directory, device)) if (!rows.has(number)) rows.set(number, fop2Text(value));
  }
  return { type: 'list.held', at: now(), repair, backend: 'fop2', slot: 'state', readFrom, rows: [...rows] };
}
