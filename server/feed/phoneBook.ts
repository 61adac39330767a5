import type { AmiMessage } from '../ami/types';
import { text } from './values';

export interface KnownPhone {
  readonly device: string;
  /** User-Agents of its contacts, without repetition. */
  readonly agents: readonly string[];
}

/** A name that whoever registers chooses: what is kept of it is short. */
const LONGEST = 200;

/** Which phone registered as which device: User-Agents by device and contact. */
export class PhoneBook {
  readonly #contacts = new Map<string, Map<string, string>>();

  /** ContactList items of PJSIPShowContacts: PJSIP's part is replaced. */
  list(items: readonly AmiMessage[]): void {
    for (const device of [...this.#contacts.keys()]) if (device.startsWith('PJSIP/')) this.#contacts.delete(device);
    for (const item of items) this.#note(item, 'Uri');
  }

  /** ContactStatusDetail items of PJSIPShowEndpoint: all contacts of this endpoint. */
  detail(endpoint: string, items: readonly AmiMessage[]): KnownPhone {
    const device = `PJSIP/${endpoint}`;
    this.#contacts.delete(device);
    for (const item of items) if (item.name === 'ContactStatusDetail') this.#note(item, 'URI', endpoint);
    return this.of(device);
  }

  /** SIPshowpeer: one contact per peer, named by its address. */
  peer(device: string, address: string, item: AmiMessage): KnownPhone {
    const agent = text(item, 'SIP-Useragent').slice(0, LONGEST);
    this.#contacts.set(device, new Map(agent === '' ? [] : [[address, agent]]));
    return this.of(device);
  }

  knows(device: string, contact: string): boolean {
    return this.#contacts.get(device)?.has(contact) ?? false;
  }

  /** The contact (every one, when none is named) is gone. True when it was known. */
  forget(device: string, contact?: string): boolean {
    if (contact === undefined) return this.#contacts.delete(device);
    return this.#contacts.get(device)?.delete(contact) ?? false;
  }

  of(device: string): KnownPhone {
    return { device, agents: [...new Set(this.#contacts.get(device)?.values() ?? [])] };
  }

  all(): KnownPhone[] {
    return [...this.#contacts.keys()].map((device) => this.of(device)).filter(({ agents }) => agents.length > 0);
  }

  #note(item: AmiMessage, uriHeader: string, named = ''): void {
    // ContactList names its endpoint; older ones only in `ObjectName: 101;@hash` (AOR).
    const endpoint =
      named || text(item, 'Endpoint', 'EndpointName') || (text(item, 'ObjectName').split(/;@|@@/)[0] ?? '');
    const uri = text(item, uriHeader);
    const agent = text(item, 'UserAgent').slice(0, LONGEST);
    if (endpoint === '' || uri === '' || agent === '') return;
    const device = `PJSIP/${endpoint}`;
    const contacts = this.#contacts.get(device) ?? new Map<string, string>();
    this.#contacts.set(device, contacts.set(uri, agent));
  }
}
