import type { DeviceState } from '../pbx/events';
import { type Access, inParallel } from './access';
import { readFamily } from './astDb';
import { extensionStatus } from './devices';
import { buildDirectory, type Directory, type Sources, undecidedAccounts } from './directory';
import type { PhoneBook } from './phoneBook';
import type { ReachBook } from './reachBook';
import {
  type Account,
  type AccountDetail,
  accountDetail,
  devicesOf,
  hintsOf,
  peerAccounts,
  peerRegistrations,
  pjsipAccounts,
  pjsipRegistrations,
  type Registration,
  type VoicemailUser,
  voicemailUsers,
} from './sources';
import type { Verdict } from './trunks';
import { text } from './values';

const DETAIL_CONCURRENCY = 4;
/** Accounts without hint and number: many of them mean trunks, not phones; the rest stay trunks. */
const UNDECIDED_LIMIT = 200;
/** Accounts with fixed contacts, asked for at every read. */
const CONTACT_LIMIT = 100;

/** What outlives one read: details cost a request each, voicemail a scan of the spool. */
export interface DirectoryCache {
  readonly details: Map<string, AccountDetail>;
  voicemail: readonly VoicemailUser[] | null;
  users: ReadonlyMap<string, ReadonlyMap<string, string>> | null;
}

export interface DirectoryRead {
  readonly directory: Directory;
  readonly sources: Sources;
  /** States of real devices, from DeviceStateList or, where that is missing, from the hints. */
  readonly devices: ReadonlyMap<string, DeviceState>;
  /** False when live device states must be taken from ExtensionStatus. */
  readonly deviceEvents: boolean;
}

/** Reads everything that tells who is who. `fresh` reads voicemail users anew. */
export async function readDirectory(
  access: Access,
  cache: DirectoryCache,
  { reach, phones }: { readonly reach: ReachBook; readonly phones: PhoneBook },
  before: Directory,
  fresh: boolean,
): Promise<DirectoryRead> {
  const hintItems = (await access.list('ExtensionStateList')) ?? [];
  const deviceItems = await access.list('DeviceStateList');
  const presenceItems = (await access.list('PresenceStateList')) ?? [];
  const hints = hintsOf(hintItems);
  const deviceEvents = deviceItems !== null && access.outcome('DeviceStateList') !== 'absent';
  const devices = devicesOf(deviceItems ?? []);
  for (const item of hintItems) {
    const hint = hintsOf([item])[0];
    const device = hint?.devices[0];
    // Asterisk caches only states that changed once; a hint on one device alone tells the state of the others.
    if (hint === undefined || device === undefined || !hint.pure || hint.devices.length > 1) continue;
    if (!devices.has(device)) devices.set(device, extensionStatus(item));
  }
  const accounts = await readAccounts(access, reach, phones);
  const numbers = [...new Set(hints.map((hint) => hint.number))];
  if (fresh || cache.voicemail === null) cache.voicemail = await readVoicemail(access);
  if (fresh || cache.users === null) cache.users = await readUsers(access, numbers, cache.users);
  const sources: Sources = {
    hints,
    hintNumbers: new Set(hintItems.map((item) => text(item, 'Exten'))),
    accounts: accounts.accounts,
    unlistedTechs: accounts.unlisted,
    devices,
    registrations: accounts.registrations,
    voicemail: cache.voicemail,
    presentities: new Set(presenceItems.map((item) => text(item, 'Presentity'))),
    users: cache.users,
    before: before.trunks,
    details: cache.details,
  };
  await readDetails(access, cache, undecidedAccounts(sources).slice(0, UNDECIDED_LIMIT));
  return { directory: buildDirectory(sources), sources, devices, deviceEvents };
}

async function readVoicemail(access: Access): Promise<VoicemailUser[] | null> {
  const items = await access.list('VoicemailUsersList');
  return items === null ? null : voicemailUsers(items);
}

/** A tree of some 40 rows per extension: read once per connection, after a reload, and hourly. */
async function readUsers(
  access: Access,
  numbers: readonly string[],
  before: DirectoryCache['users'],
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  // Without DBGetTree each name is a request of its own: not hourly.
  const keys = before === null ? numbers.map((number) => `${number}/cidname`) : null;
  const family = await readFamily(access, 'AMPUSER', keys, (key) =>
    /^[^/]+\/(?:cidname|voicemail|department)$/.test(key),
  );
  if (family === null) return before ?? new Map();
  const users = new Map<string, Map<string, string>>();
  for (const [key, value] of family.rows) {
    const [number = '', field = ''] = key.split('/');
    const user = users.get(number) ?? new Map<string, string>();
    users.set(number, user.set(field, value));
  }
  return users;
}

interface Accounts {
  readonly accounts: readonly Account[];
  readonly unlisted: ReadonlySet<string>;
  readonly registrations: readonly Registration[];
}

async function readAccounts(access: Access, reach: ReachBook, phones: PhoneBook): Promise<Accounts> {
  const unlisted = new Set<string>();
  const contacts = await access.list('PJSIPShowContacts');
  reach.list(access.outcome('PJSIPShowContacts') === 'ok' ? contacts : null);
  if (contacts !== null && access.outcome('PJSIPShowContacts') === 'ok') phones.list(contacts);
  const endpoints = await access.list('PJSIPShowEndpoints');
  if (endpoints === null) unlisted.add('PJSIP');
  const sip = await access.list('SIPpeers');
  if (sip === null) unlisted.add('SIP');
  const iax = await access.list('IAXpeerlist');
  if (iax === null) unlisted.add('IAX2');
  const pjsip = await withContacts(access, reach, pjsipAccounts(endpoints ?? [], reach.verdicts()));
  const sipPeers = peerAccounts(sip ?? [], 'SIP');
  const iaxPeers = peerAccounts(iax ?? [], 'IAX2');
  const registrations = [
    ...pjsipRegistrations((await access.list('PJSIPShowRegistrationsOutbound')) ?? [], names(pjsip)),
    ...peerRegistrations((await access.list('SIPshowregistry')) ?? [], 'SIP', names(sipPeers)),
    ...peerRegistrations((await access.list('IAXregistry')) ?? [], 'IAX2', names(iaxPeers)),
  ];
  return { accounts: [...pjsip, ...sipPeers, ...iaxPeers], unlisted, registrations };
}

/** Asks for the contacts of carriers: fixed ones stand in no list. */
async function withContacts(access: Access, reach: ReachBook, accounts: readonly Account[]): Promise<Account[]> {
  const verdicts = new Map<string, Verdict>();
  const unlisted = accounts.filter((account) => account.unlistedContact).slice(0, CONTACT_LIMIT);
  await inParallel(unlisted, DETAIL_CONCURRENCY, async ({ name, device }) => {
    const verdict = reach.detail(name, (await access.list('PJSIPShowEndpoint', { Endpoint: name })) ?? []);
    if (verdict !== null) verdicts.set(device, verdict);
  });
  return accounts.map((account) => ({ ...account, verdict: verdicts.get(account.device) ?? account.verdict }));
}

function names(accounts: readonly Account[]): Set<string> {
  return new Set(accounts.map((account) => account.name));
}

/** Asks for the details of accounts not known yet, a few at a time; a refusal ends it. */
export async function readDetails(
  access: Access,
  cache: DirectoryCache,
  accounts: readonly Pick<Account, 'device' | 'name'>[],
): Promise<void> {
  const unknown = accounts.filter(({ device }) => !cache.details.has(device));
  await inParallel(unknown, DETAIL_CONCURRENCY, async ({ device, name }) => {
    const detail = await readDetail(access, device, name);
    if (detail !== null) cache.details.set(device, detail);
  });
}

async function readDetail(access: Access, device: string, name: string): Promise<AccountDetail | null> {
  if (device.startsWith('PJSIP/')) {
    const items = await access.list('PJSIPShowEndpoint', { Endpoint: name });
    const endpoint = items?.find((item) => item.name === 'EndpointDetail');
    return endpoint === undefined ? null : accountDetail(endpoint);
  }
  if (!device.startsWith('SIP/')) return null;
  const peer = await access.ask('SIPshowpeer', { Peer: name });
  return peer === null ? null : accountDetail(peer);
}
