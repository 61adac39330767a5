import type { DeviceState, ExtensionInfo, NameRank } from '../pbx/events';
import type { TrunkState } from '../protocol/records';
import type { Hint } from './hints';
import { type Phone, Phones } from './phones';
import { presentityNumber } from './presence';
import type { Account, AccountDetail, Registration, VoicemailUser } from './sources';
import { trunkState, type Verdict } from './trunks';
import { mailboxName } from './voicemail';

/** Everything discovery has read; null: the account may not read it, or it failed. */
export interface Sources {
  readonly hints: readonly Hint[];
  /** Every hint's number, also of hints that are no extension. */
  readonly hintNumbers: ReadonlySet<string>;
  readonly accounts: readonly Account[];
  /** Techs whose accounts could not be listed: their devices are judged by DeviceStateList alone. */
  readonly unlistedTechs: ReadonlySet<string>;
  readonly devices: ReadonlyMap<string, DeviceState>;
  readonly registrations: readonly Registration[];
  readonly voicemail: readonly VoicemailUser[] | null;
  /** Presence providers that ever had a state, by PresenceStateList. */
  readonly presentities: ReadonlySet<string>;
  /** AMPUSER/<number>/<key>, by number. */
  readonly users: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Trunks of the read before. */
  readonly before: ReadonlyMap<string, Trunk>;
  /** By device; kept from read to read. */
  readonly details: ReadonlyMap<string, AccountDetail>;
}

export interface Trunk {
  readonly name: string;
  readonly registration: TrunkState | null;
  readonly verdict: Verdict | null;
  /** Its account is hidden from us: the verdict comes from its device state, live, too. */
  readonly byDevice: boolean;
}

/** What the feed knows of the PBX's accounts between reads; a new read makes a new one. */
export interface Directory {
  readonly extensions: readonly ExtensionInfo[];
  readonly numbers: ReadonlySet<string>;
  /** Extension numbers of a device. */
  readonly owners: ReadonlyMap<string, readonly string[]>;
  /** Extension numbers of a presence provider (`CustomPresence:101`). */
  readonly presentities: ReadonlyMap<string, readonly string[]>;
  /** Presence provider of an extension number. */
  readonly presentityOf: ReadonlyMap<string, string>;
  readonly trunks: ReadonlyMap<string, Trunk>;
  /** Trunk of a registration key. */
  readonly registries: ReadonlyMap<string, string>;
  readonly hintNumbers: ReadonlySet<string>;
  /** The one pure device of a hint, where device states must be taken from ExtensionStatus. */
  readonly pureHints: ReadonlyMap<string, string>;
}

const NUMERIC = /^\d{2,10}$/;

/** Accounts that could be phones but whose number only their details tell: neither hint nor numeric name. */
export function undecidedAccounts(sources: Sources): Account[] {
  const hinted = new Set(sources.hints.flatMap((hint) => hint.devices));
  const registering = new Set(sources.registrations.map((registration) => registration.trunk));
  return sources.accounts.filter(
    (account) =>
      account.authenticates &&
      !account.weAuthenticate &&
      !hinted.has(account.device) &&
      !registering.has(account.device) &&
      !NUMERIC.test(account.name),
  );
}

export function buildDirectory(sources: Sources): Directory {
  const phones = new Phones();
  for (const hint of sources.hints) phones.add(hint.number, hint.context, hint.devices);
  const trunks = new Map<string, Trunk>();
  for (const { trunk, state } of sources.registrations) {
    trunks.set(trunk, { name: trunk, registration: state, verdict: null, byDevice: false });
  }
  const voicemail = new Map((sources.voicemail ?? []).map((user) => [user.box, user]));
  for (const account of sources.accounts) placeAccount(account, sources, voicemail, phones, trunks);
  for (const [device, state] of sources.devices) placeDevice(device, state, sources, phones, trunks);
  const found = phones.list();
  const presentityOf = presentitiesOf(found, sources);
  const extensions = found.map((phone) => ({
    ...describe(phone, sources, voicemail),
    presentity: presentityOf.get(phone.number) ?? null,
  }));
  return {
    extensions,
    numbers: new Set(extensions.map((extension) => extension.number)),
    owners: phones.owners(),
    presentities: presentities(sources.hints, presentityOf),
    presentityOf,
    trunks,
    registries: new Map(sources.registrations.map((registration) => [registration.key, registration.trunk])),
    hintNumbers: sources.hintNumbers,
    pureHints: pureHints(sources.hints),
  };
}

export const emptyDirectory: Directory = buildDirectory({
  hints: [],
  hintNumbers: new Set(),
  accounts: [],
  unlistedTechs: new Set(),
  devices: new Map(),
  registrations: [],
  voicemail: null,
  presentities: new Set(),
  users: new Map(),
  before: new Map(),
  details: new Map(),
});

export function listTrunks(directory: Directory): { name: string; state: TrunkState }[] {
  return [...directory.trunks.values()].map(({ name, registration, verdict }) => ({
    name,
    state: trunkState(registration, verdict),
  }));
}

/** The rules of DISCOVERY.md, in their order; the first that fits decides. */
function placeAccount(
  account: Account,
  sources: Sources,
  voicemail: ReadonlyMap<string, VoicemailUser>,
  phones: Phones,
  trunks: Map<string, Trunk>,
): void {
  const { device, verdict } = account;
  const registered = trunks.get(device);
  if (registered !== undefined) {
    trunks.set(device, { ...registered, verdict });
    return;
  }
  if (phones.owns(device)) return;
  const number = phoneNumber(account, sources, voicemail);
  if (number !== null) phones.add(number, '', [device]);
  else trunks.set(device, { name: device, registration: null, verdict, byDevice: false });
}

function phoneNumber(account: Account, sources: Sources, voicemail: ReadonlyMap<string, VoicemailUser>): string | null {
  const { name, device, authenticates, weAuthenticate } = account;
  if (weAuthenticate) return null;
  if (NUMERIC.test(name)) return authenticates || sources.users.has(name) || voicemail.has(name) ? name : null;
  const number = authenticates ? sources.details.get(device)?.number : undefined;
  return number !== undefined && NUMERIC.test(number) ? number : null;
}

/** A device whose technology's accounts are hidden from us: numeric names are phones, the others trunks. */
function placeDevice(
  device: string,
  state: DeviceState,
  sources: Sources,
  phones: Phones,
  trunks: Map<string, Trunk>,
): void {
  const slash = device.indexOf('/');
  const tech = device.slice(0, slash);
  const name = device.slice(slash + 1);
  if (!sources.unlistedTechs.has(tech) || phones.owns(device) || state === 'INVALID') return;
  const verdict = deviceVerdict(state, sources.before.get(device)?.verdict ?? null);
  const registered = trunks.get(device);
  if (registered !== undefined) trunks.set(device, { ...registered, verdict, byDevice: true });
  else if (NUMERIC.test(name)) phones.add(name, '', [device]);
  else if (/^[A-Za-z0-9_.+-]{1,80}$/.test(name)) {
    trunks.set(device, { name: device, registration: null, verdict, byDevice: true });
  }
}

/** A line that was never available may be one that has no contact to be reached at; one that was, is lost. */
export function deviceVerdict(state: DeviceState, before: Verdict | null): Verdict | null {
  if (state === 'UNKNOWN' || state === 'INVALID') return null;
  if (state !== 'UNAVAILABLE') return 'answers';
  return before === null ? null : 'silent';
}

function describe(
  { number, context, devices }: Phone,
  sources: Sources,
  voicemail: ReadonlyMap<string, VoicemailUser>,
): ExtensionInfo {
  const user = sources.users.get(number);
  const box = voicemail.get(number);
  const detail = devices.map((device) => sources.details.get(device)).find((known) => known !== undefined);
  const names: readonly (readonly [string | undefined, NameRank])[] = [
    [user?.get('cidname'), 'ampuser'],
    [detail?.name, 'callerid'],
    [box?.fullName, 'voicemail'],
  ];
  const found = names.find(([words]) => words !== undefined && words !== '' && words !== number);
  return {
    number,
    context,
    devices,
    ...(found?.[0] === undefined ? {} : { name: { text: found[0], rank: found[1] } }),
    mailbox: mailboxOf(number, user, box, detail, sources.voicemail !== null),
    group: user?.get('department')?.trim() || null,
  };
}

function mailboxOf(
  number: string,
  user: ReadonlyMap<string, string> | undefined,
  box: VoicemailUser | undefined,
  detail: AccountDetail | undefined,
  listed: boolean,
): string | null {
  if (box !== undefined) return box.mailbox;
  if (detail !== undefined && detail.mailbox !== '') return detail.mailbox;
  const context = user?.get('voicemail') ?? '';
  return listed || context === '' || context === 'novm' ? null : mailboxName(number, context);
}

function presentities(
  hints: readonly Hint[],
  presentityOf: ReadonlyMap<string, string>,
): Map<string, readonly string[]> {
  const map = new Map<string, string[]>();
  const hinted = hints.map(({ presentity, number }) => [number, presentity] as const);
  for (const [number, presentity] of [...hinted, ...presentityOf]) {
    if (presentityNumber(presentity) === '') continue;
    const numbers = map.get(presentity) ?? [];
    if (!numbers.includes(number)) map.set(presentity, [...numbers, number]);
  }
  return map;
}

/** By number: the first hint that names one; without such a hint what is listed under the number. */
function presentitiesOf(phones: readonly Phone[], { hints, presentities }: Sources): Map<string, string> {
  const listed = phones.flatMap(({ number }): [string, string][] => {
    const presentity = `CustomPresence:${number}`;
    return presentities.has(presentity) ? [[number, presentity]] : [];
  });
  const named = hints.filter(({ presentity }) => presentityNumber(presentity) !== '').reverse();
  return new Map([...listed, ...named.map(({ number, presentity }): [string, string] => [number, presentity])]);
}

function pureHints(hints: readonly Hint[]): Map<string, string> {
  const map = new Map<string, string>();
  for (const { pure, devices, number } of hints) {
    const device = devices[0];
    if (pure && devices.length === 1 && device !== undefined) map.set(number, device);
  }
  return map;
}
