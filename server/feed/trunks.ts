import type { AmiMessage } from '../ami/types';
import type { TrunkState } from '../protocol/records';
import { text } from './values';

/** Registry `Status`, OutboundRegistrationDetail `Status`, RegistryEntry `State`. */
export function registrationState(value: string): TrunkState {
  const word = value.trim().toLowerCase();
  if (word === 'registered') return 'registered';
  if (word.startsWith('rejected') || word === 'no authentication' || word === 'failed') return 'rejected';
  return word === '' ? 'unknown' : 'unregistered';
}

/** What is known of a contact or peer: it answers, it does not, or it is registered but was never asked. */
export type Verdict = 'answers' | 'silent' | 'unasked';

/** `ContactStatus` of the event and `Status` of PJSIPShowContacts (two spellings). Removed contacts are silent. */
export function contactVerdict(status: string): Verdict {
  const word = status.trim().toLowerCase();
  if (word.startsWith('unreach') || word.startsWith('removed') || word.startsWith('unavail')) return 'silent';
  return word.startsWith('reach') || word.startsWith('avail') ? 'answers' : 'unasked';
}

/** An endpoint is as well as its best contact; null without contacts. */
export function bestVerdict(verdicts: Iterable<Verdict>): Verdict | null {
  let best: Verdict | null = null;
  for (const verdict of verdicts) {
    if (verdict === 'answers') return verdict;
    if (best === null || verdict === 'unasked') best = verdict;
  }
  return best;
}

/** A trunk's state: a registration that fails says most, then a line that does not answer. */
export function trunkState(registration: TrunkState | null, verdict: Verdict | null): TrunkState {
  if (registration === 'rejected' || registration === 'unregistered') return registration;
  if (verdict === 'silent') return 'unreachable';
  if (registration === 'registered') return 'registered';
  return verdict === 'answers' ? 'reachable' : 'unknown';
}

/** PeerStatus of PJSIP, SIP and IAX2; null when it says neither. */
export function peerVerdict(status: string): Verdict | null {
  switch (status.trim().toLowerCase()) {
    case 'registered':
      return 'unasked';
    case 'reachable':
    case 'lagged':
      return 'answers';
    case 'unregistered':
    case 'unreachable':
    case 'rejected':
      return 'silent';
    default:
      return null;
  }
}

/** `OK (12 ms)`, `LAGGED (2100 ms)`, `UNREACHABLE`, `UNKNOWN`, `Unmonitored`: PeerEntry of SIP and IAX2. */
export function peerEntryVerdict(message: AmiMessage): Verdict | null {
  const status = text(message, 'Status').toUpperCase();
  if (status.startsWith('OK') || status.startsWith('LAGGED')) return 'answers';
  if (status.startsWith('UNREACHABLE') || status.startsWith('UNKNOWN')) return 'silent';
  const address = text(message, 'IPaddress');
  return address === '' || address === '-none-' || address === '0.0.0.0' ? 'silent' : 'unasked';
}

export interface Registry {
  readonly tech: string;
  readonly username: string;
  readonly domain: string;
  readonly state: TrunkState;
}

/** Registry (main/stasis_system.c): PJSIP gives client and server URI, SIP and IAX2 user and host[:port]. */
export function registryOf(message: AmiMessage): Registry | null {
  const tech = text(message, 'ChannelType');
  const domain = text(message, 'Domain');
  if (tech === '' || domain === '') return null;
  return { tech, username: text(message, 'Username'), domain, state: registrationState(text(message, 'Status')) };
}

/** Key of a registration, the same from lists and events: technology, user, host without its default port. */
export function registryKey(tech: string, username: string, domain: string): string {
  const family = tech.toUpperCase().startsWith('IAX') ? 'IAX2' : tech.toUpperCase();
  return `${family}|${username}|${domain.replace(/:(?:5060|4569)$/, '')}`.toLowerCase();
}
