import type { AmiMessage } from '../ami/types';
import type { DeviceState } from '../pbx/events';
import type { TrunkState } from '../protocol/records';
import { deviceState, isRealDevice } from './devices';
import { type Hint, readHint } from './hints';
import { peerEntryVerdict, registrationState, registryKey, type Verdict } from './trunks';
import { integer, text } from './values';
import { mailboxName } from './voicemail';

/** A SIP, PJSIP or IAX2 account of the PBX. */
export interface Account {
  /** `PJSIP/101`. */
  readonly device: string;
  readonly name: string;
  /** It authenticates to us: phones do, carriers seldom. */
  readonly authenticates: boolean;
  /** We authenticate to it: only carriers want that. */
  readonly weAuthenticate: boolean;
  readonly verdict: Verdict | null;
  /** It has a contact whose state only its details tell. */
  readonly unlistedContact: boolean;
}

export interface Registration {
  /** Device it belongs to, or a name made of its user and host. */
  readonly trunk: string;
  readonly key: string;
  readonly state: TrunkState;
}

export interface VoicemailUser {
  readonly box: string;
  readonly mailbox: string;
  readonly fullName: string;
  readonly new: number;
  readonly old: number;
}

/** What PJSIPShowEndpoint or SIPshowpeer adds. */
export interface AccountDetail {
  readonly number: string;
  readonly name: string;
  readonly mailbox: string;
}

export function hintsOf(items: readonly AmiMessage[]): Hint[] {
  return items.flatMap((item) => {
    const hint = readHint(text(item, 'Exten'), text(item, 'Context'), text(item, 'Hint'));
    return hint === null ? [] : [hint];
  });
}

export function devicesOf(items: readonly AmiMessage[]): Map<string, DeviceState> {
  const devices = new Map<string, DeviceState>();
  for (const item of items) {
    const device = text(item, 'Device');
    if (isRealDevice(device)) devices.set(device, deviceState(text(item, 'State')));
  }
  return devices;
}

/**
 * EndpointList of PJSIPShowEndpoints. `verdicts`: by endpoint, of PJSIPShowContacts, which lists registered contacts and
 * leaves out the fixed ones of carriers; null where it does not exist (Asterisk 13).
 */
export function pjsipAccounts(items: readonly AmiMessage[], verdicts: ReadonlyMap<string, Verdict> | null): Account[] {
  return items.flatMap((item) => {
    const name = text(item, 'ObjectName');
    if (name === '' || name === 'anonymous' || name === 'dpma_endpoint') return [];
    const listed = verdicts?.get(name);
    const hasContact = text(item, 'Contacts') !== '';
    const account: Account = {
      device: `PJSIP/${name}`,
      name,
      authenticates: text(item, 'Auths') !== '',
      weAuthenticate: text(item, 'OutboundAuths') !== '',
      verdict: listed ?? endpointVerdict(item, hasContact),
      unlistedContact: listed === undefined && hasContact,
    };
    return [account];
  });
}

/** An endpoint without an AOR (matched by address alone) can be neither reached nor missed. */
function endpointVerdict(item: AmiMessage, hasContact: boolean): Verdict | null {
  if (text(item, 'Aor') === '') return null;
  return hasContact && text(item, 'DeviceState').toLowerCase() !== 'unavailable' ? 'unasked' : 'silent';
}

/** PeerEntry of SIPpeers and IAXpeerlist. */
export function peerAccounts(items: readonly AmiMessage[], tech: 'SIP' | 'IAX2'): Account[] {
  return items.flatMap((item) => {
    const name = text(item, 'ObjectName').split('/')[0] ?? '';
    if (name === '') return [];
    return [
      {
        device: `${tech}/${name}`,
        name,
        // A peer that registers to us is a phone; with an address of its own it is a carrier or another PBX.
        authenticates: text(item, 'Dynamic').toLowerCase() === 'yes' && text(item, 'Trunk').toLowerCase() !== 'yes',
        weAuthenticate: false,
        verdict: peerEntryVerdict(item),
        unlistedContact: false,
      },
    ];
  });
}

/** OutboundRegistrationDetail of PJSIPShowRegistrationsOutbound; its auths (AuthDetail) come in the same list. */
export function pjsipRegistrations(items: readonly AmiMessage[], endpoints: ReadonlySet<string>): Registration[] {
  return items.flatMap((item) => {
    const name = text(item, 'ObjectName');
    const server = text(item, 'ServerUri');
    if (name === '' || server === '') return [];
    const endpoint = [text(item, 'Endpoint'), name, name.replace(/-reg$|^reg-/i, '')].find((known) =>
      endpoints.has(known),
    );
    return [
      {
        trunk: `PJSIP/${endpoint ?? name}`,
        key: registryKey('PJSIP', text(item, 'ClientUri'), server),
        state: registrationState(text(item, 'Status')),
      },
    ];
  });
}

/** RegistryEntry of SIPshowregistry and IAXregistry: they name a user and a host, seldom the peer. */
export function peerRegistrations(
  items: readonly AmiMessage[],
  tech: 'SIP' | 'IAX2',
  peers: ReadonlySet<string>,
): Registration[] {
  return items.flatMap((item) => {
    const host = text(item, 'Host');
    if (host === '') return [];
    const user = text(item, 'Username');
    const bare = host.replace(/:\d+$/, '');
    const peer = [user, bare, host].find((known) => known !== '' && peers.has(known));
    const port = integer(item, 'Port', { max: 65_535 });
    const domain = text(item, 'Domain') || (port > 0 && host === bare ? `${host}:${port}` : host);
    return [
      {
        trunk: `${tech}/${peer ?? (user === '' ? bare : `${user}@${bare}`)}`,
        key: registryKey(tech, user, domain),
        state: registrationState(text(item, 'State')),
      },
    ];
  });
}

export function voicemailUsers(items: readonly AmiMessage[]): VoicemailUser[] {
  return items.flatMap((item) => {
    const box = text(item, 'VoiceMailbox');
    if (box === '') return [];
    const mailbox = mailboxName(box, text(item, 'VMContext'));
    const fullName = text(item, 'Fullname');
    return [{ box, mailbox, fullName, new: integer(item, 'NewMessageCount'), old: integer(item, 'OldMessageCount') }];
  });
}

/** `"Anna Berg" <101>`, `Anna Berg <101>`, `<101>` or `101` → name and number. */
export function callerId(value: string): { name: string; number: string } {
  const match = /^\s*"?([^"<]*?)"?\s*<([^<>]*)>\s*$/.exec(value.slice(0, 500));
  if (match !== null) return { name: (match[1] ?? '').trim(), number: (match[2] ?? '').trim() };
  const bare = value.trim().replace(/^"|"$/g, '');
  return /^\+?\d+$/.test(bare) ? { name: '', number: bare } : { name: bare, number: '' };
}

export function accountDetail(item: AmiMessage): AccountDetail {
  const { name, number } = callerId(text(item, 'Callerid'));
  const mailbox = text(item, 'Mailboxes', 'VoiceMailbox').split(',')[0] ?? '';
  return { name, number, mailbox: mailbox === '' ? '' : mailboxName(mailbox.trim()) };
}
