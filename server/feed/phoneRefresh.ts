import type { AmiMessage } from '../ami/types';
import type { PbxEvent } from '../pbx/events';
import { type Access, inParallel } from './access';
import type { Directory } from './directory';
import type { PhoneBook } from './phoneBook';
import { text } from './values';

export interface PhoneRefreshDeps {
  readonly access: Access;
  readonly book: PhoneBook;
  readonly directory: () => Directory;
  readonly emit: (event: PbxEvent) => void;
  readonly now: () => number;
  readonly setTimeout: (run: () => void, ms: number) => unknown;
  readonly clearTimeout: (timer: unknown) => void;
}

/** Phones that register together are asked for together. */
const GATHER_MS = 500;
/** More than these at once cost less as one list of all contacts. */
const ONE_BY_ONE = 10;
const CONCURRENCY = 2;

/**
 * Learns which phone registered, from the first read on without polling: PJSIP's contacts are read with the directory,
 * chan_sip's peers once after it; later an event of a contact that is not known yet leads to one question.
 */
export class PhoneRefresh {
  /** Device → contact of chan_sip, empty for PJSIP. */
  readonly #asked = new Map<string, string>();
  #timer: unknown = null;
  #stopped = false;

  constructor(private readonly deps: PhoneRefreshDeps) {}

  stop(): void {
    this.#stopped = true;
    this.#asked.clear();
    if (this.#timer !== null) this.deps.clearTimeout(this.#timer);
  }

  /** After the first read: chan_sip lists peers without their phones. */
  async readPeers(): Promise<void> {
    const { book, directory } = this.deps;
    const peers = [...directory().owners.keys()].filter((device) => device.startsWith('SIP/'));
    await inParallel(
      peers.filter((device) => book.of(device).agents.length === 0),
      CONCURRENCY,
      async (device) => {
        if (!this.#stopped) await this.#askPeer(device, '');
      },
    );
  }

  /** ContactStatus: URI, ContactStatus, AOR, EndpointName. */
  contactStatus(message: AmiMessage): void {
    const device = `PJSIP/${text(message, 'EndpointName') || text(message, 'AOR')}`;
    const uri = text(message, 'URI');
    if (!this.#isPhone(device) || uri === '') return;
    if (/^removed/i.test(text(message, 'ContactStatus'))) {
      if (this.deps.book.forget(device, uri)) this.#tell(device);
    } else if (!this.deps.book.knows(device, uri)) this.#ask(device, '');
  }

  /** PeerStatus of chan_sip: Peer `SIP/1000`, PeerStatus, Address. */
  peerStatus(message: AmiMessage): void {
    const device = text(message, 'Peer');
    if (!device.startsWith('SIP/') || !this.#isPhone(device)) return;
    const status = text(message, 'PeerStatus').toLowerCase();
    const address = text(message, 'Address');
    if (status === 'unregistered') {
      if (this.deps.book.forget(device)) this.#tell(device);
    } else if (status === 'registered' && !this.deps.book.knows(device, address)) this.#ask(device, address);
  }

  #isPhone(device: string): boolean {
    return this.deps.directory().owners.has(device);
  }

  #ask(device: string, contact: string): void {
    if (this.#stopped) return;
    this.#asked.set(device, contact);
    this.#timer ??= this.deps.setTimeout(() => void this.#read(), GATHER_MS);
  }

  async #read(): Promise<void> {
    this.#timer = null;
    const asked = [...this.#asked];
    this.#asked.clear();
    const pjsip = asked.flatMap(([device]) => (device.startsWith('PJSIP/') ? [device] : []));
    const sip = asked.filter(([device]) => device.startsWith('SIP/'));
    try {
      if (pjsip.length > ONE_BY_ONE) await this.#askAll(pjsip);
      else await inParallel(pjsip, CONCURRENCY, (device) => this.#askEndpoint(device));
      await inParallel(sip, CONCURRENCY, ([device, address]) => this.#askPeer(device, address));
    } catch {
      // The link is gone: the next connection reads everything.
    }
  }

  async #askAll(devices: readonly string[]): Promise<void> {
    const { access, book } = this.deps;
    const items = await access.list('PJSIPShowContacts');
    if (items === null || this.#stopped) return;
    book.list(items);
    for (const device of devices) this.#tell(device);
  }

  async #askEndpoint(device: string): Promise<void> {
    const { access, book } = this.deps;
    const endpoint = device.slice(device.indexOf('/') + 1);
    const items = await access.list('PJSIPShowEndpoint', { Endpoint: endpoint });
    if (items === null || this.#stopped) return;
    book.detail(endpoint, items);
    this.#tell(device);
  }

  async #askPeer(device: string, address: string): Promise<void> {
    const { access, book } = this.deps;
    const item = await access.ask('SIPshowpeer', { Peer: device.slice(device.indexOf('/') + 1) });
    if (item === null || this.#stopped) return;
    const { agents } = book.peer(device, address, item);
    if (agents.length > 0) this.#tell(device);
  }

  #tell(device: string): void {
    this.deps.emit({ type: 'phone', at: this.deps.now(), ...this.deps.book.of(device) });
  }
}
