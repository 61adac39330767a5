import { addedKey, type ButtonId, type ButtonKind, type ButtonRecord } from '../protocol/buttons';
import { entry } from './table';

/** What FOP2's names of buttons (`SIP/620`, `QUEUE/100`) are on this PBX. */

export interface Resolved extends ButtonId {
  /** The PBX has it, or it was added by hand before. */
  readonly known: boolean;
  /** It is called otherwise here. */
  readonly note: string | null;
}

const channelOf = /^([A-Za-z0-9_]+)\/(.+)$/;

export function isButton(name: string): boolean {
  return channelOf.test(name);
}

/** Whether a name of a device may be told: what is none may be anything, a secret that stands in the wrong place too. */
export function isShown(name: string): boolean {
  return isButton(name) && name.length <= 80;
}

const kindOfType: Readonly<Record<string, ButtonKind>> = {
  extension: 'extension',
  queue: 'queue',
  ringgroup: 'ringgroup',
  conference: 'conference',
  meetme: 'conference',
  park: 'park',
  trunk: 'trunk',
};

const kindOfTech: Readonly<Record<string, ButtonKind>> = {
  queue: 'queue',
  ringgroup: 'ringgroup',
  conference: 'conference',
  meetme: 'conference',
  confbridge: 'conference',
  park: 'park',
  trunk: 'trunk',
};

/** What a `type=` means; undefined: nothing. */
export function kindOf(type: string): ButtonKind | undefined {
  return entry(kindOfType, type.toLowerCase());
}

/** Techs that are another name for the extension of that number, not for a device. */
const byNumber = new Set(['user', 'local', 'hint', 'virtual', 'custom']);
const otherTech: Readonly<Record<string, string>> = { sip: 'PJSIP', pjsip: 'SIP' };

export interface Hints {
  readonly kind?: ButtonKind | undefined;
  /** The number that calls it. */
  readonly extension?: string | undefined;
}

export class Devices {
  readonly #keys = new Map<string, string>();
  readonly #extensions = new Map<string, string>();

  constructor(
    rows: readonly ButtonRecord[],
    /** Further devices of extensions, by number. */
    devices: readonly { readonly number: string; readonly devices: readonly string[] }[],
  ) {
    for (const { kind, key, own, found } of rows) {
      this.#keys.set(`${kind}/${key.toLowerCase()}`, key);
      const device = own.device ?? found.device;
      if (kind === 'extension' && device) this.#extensions.set(device.toLowerCase(), key);
    }
    for (const one of devices) {
      if (this.#keys.get(`extension/${one.number.toLowerCase()}`) === undefined) continue;
      for (const device of one.devices) this.#extensions.set(device.toLowerCase(), one.number);
    }
  }

  /** Null: it is nothing that could be on a panel. */
  resolve(device: string, { kind: said, extension }: Hints = {}): Resolved | null {
    const [, tech = '', rest = ''] = channelOf.exec(device) ?? [];
    if (tech === '') return null;
    const name = rest.split('@')[0] ?? rest;
    const kind = said ?? entry(kindOfTech, tech.toLowerCase()) ?? this.#guess(device, tech, name);
    if (kind === 'extension') return this.#extension(device, tech, name, extension);
    if (kind === 'trunk') return this.#trunk(device, tech, rest);
    return this.#named(kind, [name, ...(extension === undefined ? [] : [extension])]);
  }

  #guess(device: string, tech: string, name: string): ButtonKind {
    const other = entry(otherTech, tech.toLowerCase());
    const names = other === undefined ? [device] : [device, `${other}/${name}`];
    return names.some((one) => this.#keys.has(`trunk/${one.toLowerCase()}`)) ? 'trunk' : 'extension';
  }

  #extension(device: string, tech: string, name: string, extension: string | undefined): Resolved | null {
    const key = this.#extensions.get(device.toLowerCase());
    if (key !== undefined) return { kind: 'extension', key, known: true, note: null };
    const other = entry(otherTech, tech.toLowerCase());
    const moved = other === undefined ? undefined : this.#extensions.get(`${other}/${name}`.toLowerCase());
    const note = `${device} is ${other}/${name} on this PBX.`;
    if (moved !== undefined) return { kind: 'extension', key: moved, known: true, note };
    const numbers = extension === undefined ? [name] : [extension, name];
    for (const number of numbers) {
      const found = this.#keys.get(`extension/${number.toLowerCase()}`);
      if (found === undefined) continue;
      const otherwise = byNumber.has(tech.toLowerCase()) ? null : `${device} is extension ${found} on this PBX.`;
      return { kind: 'extension', key: found, known: true, note: otherwise };
    }
    return newOf('extension', numbers);
  }

  #trunk(device: string, tech: string, rest: string): Resolved | null {
    const other = entry(otherTech, tech.toLowerCase());
    const names = [device, ...(other === undefined ? [] : [`${other}/${rest}`]), rest];
    for (const [at, one] of names.entries()) {
      const key = this.#keys.get(`trunk/${one.toLowerCase()}`);
      if (key !== undefined) return { kind: 'trunk', key, known: true, note: at === 0 ? null : `It is ${key} here.` };
    }
    return newOf('trunk', [device]);
  }

  #named(kind: ButtonKind, names: readonly string[]): Resolved | null {
    for (const name of names) {
      const key = this.#keys.get(`${kind}/${name.toLowerCase()}`);
      if (key !== undefined) return { kind, key, known: true, note: null };
    }
    return newOf(kind, names);
  }
}

function newOf(kind: ButtonKind, names: readonly string[]): Resolved | null {
  const key = names.find((name) => addedKey[kind].safeParse(name).success);
  return key === undefined ? null : { kind, key, known: false, note: null };
}
