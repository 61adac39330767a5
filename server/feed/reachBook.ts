import type { AmiMessage } from '../ami/types';
import { bestVerdict, contactVerdict, peerVerdict, type Verdict } from './trunks';
import { text } from './values';

/** Whether a device can be reached, as far as an event tells. */
export interface Reach {
  readonly device: string;
  readonly verdict: Verdict;
}

/**
 * Contacts per PJSIP endpoint: an endpoint is reachable while any of its contacts is. One contact's fate says nothing of
 * an endpoint whose other contacts are unknown, so without the contacts' list only PeerStatus counts.
 */
export class ReachBook {
  #contacts: Map<string, Map<string, Verdict>> | null = null;

  /** ContactList items of PJSIPShowContacts; null when they may not be read. */
  list(items: readonly AmiMessage[] | null): void {
    this.#contacts = items === null ? null : new Map();
    for (const item of items ?? []) {
      const endpoint = endpointOf(item);
      const uri = text(item, 'Uri');
      if (endpoint !== '' && uri !== '') this.#set(endpoint, uri, contactVerdict(text(item, 'Status')));
    }
  }

  /** ContactStatusDetail items of PJSIPShowEndpoint: the fixed contacts that PJSIPShowContacts leaves out. */
  detail(endpoint: string, items: readonly AmiMessage[]): Verdict | null {
    for (const item of items) {
      const uri = item.name === 'ContactStatusDetail' ? text(item, 'URI') : '';
      if (uri !== '') this.#set(endpoint, uri, contactVerdict(text(item, 'Status')));
    }
    return bestVerdict(this.#contacts?.get(endpoint)?.values() ?? []);
  }

  /** Best verdict per endpoint; null when contacts may not be read. An endpoint without contacts is not in it. */
  verdicts(): ReadonlyMap<string, Verdict> | null {
    if (this.#contacts === null) return null;
    const verdicts = new Map<string, Verdict>();
    for (const [endpoint, contacts] of this.#contacts) {
      const best = bestVerdict(contacts.values());
      if (best !== null) verdicts.set(endpoint, best);
    }
    return verdicts;
  }

  /** ContactStatus: URI, ContactStatus, AOR, EndpointName. */
  contactStatus(message: AmiMessage): Reach | null {
    const endpoint = text(message, 'EndpointName') || text(message, 'AOR');
    const uri = text(message, 'URI');
    if (this.#contacts === null || endpoint === '' || uri === '') return null;
    const word = text(message, 'ContactStatus');
    if (/^removed/i.test(word)) this.#contacts.get(endpoint)?.delete(uri);
    else this.#set(endpoint, uri, contactVerdict(word));
    return {
      device: `PJSIP/${endpoint}`,
      verdict: bestVerdict(this.#contacts.get(endpoint)?.values() ?? []) ?? 'silent',
    };
  }

  /** PeerStatus: Peer `SIP/101`, PeerStatus. PJSIP sends it when the whole endpoint changes. */
  peerStatus(message: AmiMessage): Reach | null {
    const device = text(message, 'Peer');
    const verdict = peerVerdict(text(message, 'PeerStatus'));
    if (!device.includes('/') || verdict === null) return null;
    return { device, verdict };
  }

  #set(endpoint: string, uri: string, verdict: Verdict): void {
    if (this.#contacts === null) return;
    const contacts = this.#contacts.get(endpoint) ?? new Map<string, Verdict>();
    this.#contacts.set(endpoint, contacts.set(uri, verdict));
  }
}

/** ContactList names its endpoint; older ones only in `ObjectName: 101;@hash` (AOR). */
function endpointOf(item: AmiMessage): string {
  return text(item, 'Endpoint', 'EndpointName') || (text(item, 'ObjectName').split(/;@|@@/)[0] ?? '');
}
