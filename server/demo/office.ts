import type { DialTarget } from './dialing';
import type { Engine } from './engine';
import type { Queue } from './model';

/** Everything an office is made of; `installOffice` puts it into an engine. */
export interface Office {
  readonly people: readonly Person[];
  readonly queues: readonly OfficeQueue[];
  readonly lots: readonly OfficeLot[];
  readonly conferences: readonly { readonly number: string; readonly room: string; readonly admin?: boolean }[];
  readonly trunks: readonly OfficeTrunk[];
  readonly ringGroups: readonly {
    readonly number: string;
    readonly targets: readonly DialTarget[];
    readonly seconds: number;
  }[];
  /** Numbers with an echo test behind them, beside `*43`. */
  readonly echo?: readonly string[];
  /** Outside number → inside number. */
  readonly dids: Readonly<Record<string, string>>;
  /** How numbers outside are dialled. */
  readonly outbound: { readonly pattern: RegExp; readonly strip: number; readonly trunk: string } | null;
}

export interface Person {
  readonly number: string;
  readonly name: string;
  readonly department: string;
  readonly ringSeconds: number;
  /** Message counts, or null for no mailbox. */
  readonly voicemail: { readonly fresh: number; readonly old: number } | null;
  readonly voicemailOnBusy: boolean;
  readonly hint: 'plain' | 'dnd' | 'presence' | 'both';
  readonly callLimit: number;
  /** User-Agent of its phone; default: makes that obey the panel. */
  readonly phone?: string;
  /** Default: the department. */
  readonly pickupGroup?: string;
  readonly online?: boolean;
  readonly dnd?: boolean;
  /** As PRESENCE_STATE takes it, `away,lunch,Back at one`. */
  readonly presence?: string;
  readonly forward?: { readonly family: 'CF' | 'CFB' | 'CFU'; readonly to: string };
  /** The text FOP2 shows, `Out to lunch`. */
  readonly fop2?: string;
}

export interface OfficeQueue {
  readonly number: string;
  readonly name: string;
  readonly strategy: Queue['strategy'];
  readonly ringSeconds: number;
  readonly retrySeconds: number;
  readonly maxWaitSeconds: number;
  readonly maxLength: number;
  readonly wrapupSeconds: number;
  readonly members: readonly {
    readonly interface: string;
    readonly name: string;
    readonly stateInterface?: string;
    readonly penalty?: number;
    readonly pausedReason?: string;
  }[];
}

export interface OfficeLot {
  readonly number: string;
  readonly name: string;
  readonly first: number;
  readonly last: number;
  readonly timeout: number;
  readonly comebackSeconds: number;
}

export interface OfficeTrunk {
  readonly name: string;
  /** Answers qualify and holds a registration of ours (`registered`), or only answers. */
  readonly registers: boolean;
  readonly online: boolean;
  readonly server: string;
}

export function installOffice(engine: Engine, office: Office): void {
  for (const trunk of office.trunks) installTrunk(engine, trunk);
  for (const person of office.people) installPerson(engine, person);
  installParking(engine, office);
  for (const queue of office.queues) installQueue(engine, queue);
  for (const { number, room, admin } of office.conferences) {
    engine.dialplan.add(number, { kind: 'conference', room, admin: admin ?? false });
  }
  for (const { number, targets, seconds } of office.ringGroups) {
    engine.dialplan.add(number, { kind: 'ringgroup', targets, seconds });
  }
  for (const [did, exten] of Object.entries(office.dids)) engine.dialplan.add(did, { kind: 'goto', exten });
  installFeatureCodes(engine, office);
}

function installTrunk(engine: Engine, trunk: OfficeTrunk): void {
  engine.devices.addEndpoint({
    name: trunk.name,
    device: `PJSIP/${trunk.name}`,
    kind: 'trunk',
    context: 'from-trunk',
    caller: { num: '', name: '' },
    accountCode: '',
    mailbox: '',
    contact: `sip:${trunk.server}:5060`,
    registered: trunk.online,
    userAgent: '',
    channels: new Set(),
    pickupGroup: '',
    callLimit: 30,
  });
}

function installPerson(engine: Engine, person: Person): void {
  const { number, name, department, voicemail, hint } = person;
  const device = `PJSIP/${number}`;
  const mailbox = voicemail ? `${number}@default` : '';
  const { devices, dialplan, features, presence } = engine;
  devices.addEndpoint({
    name: number,
    device,
    kind: 'phone',
    context: 'from-internal',
    caller: { num: number, name },
    accountCode: '',
    mailbox,
    contact: `sip:${number}@192.0.2.${20 + (Number(number) % 200)}:5060`,
    registered: person.online ?? true,
    userAgent: person.phone ?? (Number(number) % 3 === 0 ? 'Yealink SIP-T54W 96.86.0.70' : 'snomD785/10.1.169.17'),
    channels: new Set(),
    pickupGroup: person.pickupGroup ?? department,
    callLimit: person.callLimit,
  });
  if (voicemail) {
    const email = `${name
      .toLowerCase()
      .normalize('NFD')
      .replace(/[^a-z ]/g, '')
      .replaceAll(' ', '.')}@example.com`;
    features.mailboxes.set(mailbox, { box: number, context: 'default', name, email, ...voicemail });
    devices.set(`MWI:${mailbox}`, voicemail.fresh > 0 ? 'INUSE' : 'NOT_INUSE');
  }
  installRows(engine, person);
  const watched = hint === 'dnd' || hint === 'both' ? [device, `Custom:DND${number}`] : [device];
  const presentity = hint === 'presence' || hint === 'both' ? `CustomPresence:${number}` : '';
  devices.addHint(number, 'from-internal', watched, presentity);
  if (presentity && person.presence) presence.set(presentity, person.presence);
  if (department) features.put('AMPUSER', `${number}/department`, department);
  dialplan.add(number, {
    kind: 'extension',
    extension: { exten: number, ringSeconds: person.ringSeconds, mailbox, voicemailOnBusy: person.voicemailOnBusy },
  });
}

/** The rows FreePBX keeps in AstDB for every extension. */
function installRows(engine: Engine, person: Person): void {
  const { number, name, ringSeconds, voicemail } = person;
  const { features } = engine;
  features.put('AMPUSER', `${number}/cidname`, name);
  features.put('AMPUSER', `${number}/cidnum`, number);
  features.put('AMPUSER', `${number}/device`, number);
  features.put('AMPUSER', `${number}/ringtimer`, String(ringSeconds));
  features.put('AMPUSER', `${number}/voicemail`, voicemail ? 'default' : 'novm');
  features.put('DEVICE', `${number}/dial`, `PJSIP/${number}`);
  features.put('DEVICE', `${number}/user`, number);
  if (person.dnd) features.setDnd(number, true);
  if (person.fop2) features.setFop2(`PJSIP/${number}`, person.fop2);
  if (person.forward) features.setForward(person.forward.family, number, person.forward.to);
}

function installParking(engine: Engine, office: Office): void {
  for (const { number, ...lot } of office.lots) {
    engine.parking.add(lot, number);
    engine.dialplan.add(number, { kind: 'park' });
    for (let space = lot.first; space <= lot.last; space += 1)
      engine.devices.set(`park:${space}@parkedcalls`, 'NOT_INUSE');
  }
}

function installQueue(engine: Engine, options: OfficeQueue): void {
  const { number, name, strategy, ringSeconds, retrySeconds, maxWaitSeconds, maxLength, wrapupSeconds } = options;
  const queue: Queue = {
    name,
    strategy,
    ringSeconds,
    retrySeconds,
    maxWaitSeconds,
    maxLength,
    wrapupSeconds,
    weight: 0,
    serviceLevel: 20,
    members: [],
    callers: [],
    completed: 0,
    completedInLevel: 0,
    abandoned: 0,
    abandonedInLevel: 0,
    holdTime: 0,
    talkTime: 0,
    lastMember: '',
  };
  engine.queues.add(queue);
  for (const { pausedReason, ...member } of options.members) {
    engine.queues.addMember(queue, { ...member, paused: pausedReason !== undefined, pausedReason });
  }
  engine.dialplan.add(number, { kind: 'queue', queue: name });
}

function installFeatureCodes(engine: Engine, office: Office): void {
  const { dialplan } = engine;
  dialplan.add('*78', { kind: 'feature', code: 'dnd-on' });
  dialplan.add('*79', { kind: 'feature', code: 'dnd-off' });
  dialplan.add('*97', { kind: 'feature', code: 'voicemail-main' });
  dialplan.add('*43', { kind: 'feature', code: 'echo' });
  dialplan.add('*8', { kind: 'pickup', exten: '' });
  for (const number of office.echo ?? []) dialplan.add(number, { kind: 'feature', code: 'echo' });
  const forwards = { CF: ['72', '73'], CFB: ['90', '91'], CFU: ['52', '53'] } as const;
  for (const family of ['CF', 'CFB', 'CFU'] as const) {
    const [on, off] = forwards[family];
    dialplan.addPattern(new RegExp(`^\\*${on}\\d+$`), (exten) => ({ kind: 'forward', family, to: exten.slice(3) }));
    dialplan.add(`*${off}`, { kind: 'forward', family, to: null });
  }
  dialplan.addPattern(/^vmu\d+$/, (exten) => ({ kind: 'voicemail', mailbox: `${exten.slice(3)}@default` }));
  // docs/transfer.md, and FreePBX's own place to wait.
  dialplan.addPlace('cordboard-hold', { s: { kind: 'music' }, ring: { kind: 'ringing' } });
  dialplan.addPlace('app-blackhole', { musiconhold: { kind: 'music' }, ring: { kind: 'ringing' } });
  dialplan.addPattern(/^\*98\d+$/, (exten) => ({ kind: 'voicemail', mailbox: `${exten.slice(3)}@default` }));
  dialplan.addPattern(/^\*\*\d+$/, (exten) => ({ kind: 'pickup', exten: exten.slice(2) }));
  const { outbound } = office;
  if (!outbound) return;
  const { pattern, strip, trunk } = outbound;
  dialplan.addPattern(pattern, () => ({ kind: 'outbound', trunk, strip }));
}
