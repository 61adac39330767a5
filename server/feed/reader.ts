import type { DeviceState, ListEvent, PbxEvent } from '../pbx/events';
import type { MissingFunction } from '../protocol/records';
import type { Access } from './access';
import { listTrunks } from './directory';
import { readFop2 } from './fop2';
import { missingFunctions } from './missing';
import type { PbxClock } from './pbxClock';
import { listedPresence } from './presence';
import { type ListedChannels, readAnswers, readChannels, readDids, readSurvivors } from './readChannels';
import { readConferences } from './readConferences';
import { type DirectoryCache, type DirectoryRead, readDetails, readDirectory } from './readDirectory';
import { heldList, readFeatures } from './readFeatures';
import { readParking } from './readParking';
import { readQueues } from './readQueues';
import type { VoicemailUser } from './sources';
import type { FeedState } from './state';
import { epochSeconds, text } from './values';
import type { Domain, ReadWindows } from './windows';

export interface ReaderDeps {
  readonly access: Access;
  readonly state: FeedState;
  readonly windows: ReadWindows;
  readonly pbxClock: PbxClock;
  readonly now: () => number;
  readonly emit: (event: PbxEvent) => void;
  /** Grows with every block dropped as forged. */
  readonly tampered: () => number;
}

/** Voicemail users cost Asterisk a scan of the spool, AMPUSER is a large tree: re-read hourly, not with each repair. */
const HOURLY_MS = 3_600_000;

/** Reads the lists of one connection, in the order in which the model needs them. Throws ReadAbortedError only. */
export class Reader {
  readonly #cache: DirectoryCache = { details: new Map(), voicemail: null, users: null };
  #hourlyAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly deps: ReaderDeps) {}

  /** Forget what depends on the configuration: after a reload, or on a new connection. */
  forget(): void {
    this.#hourlyAt = Number.NEGATIVE_INFINITY;
    this.#cache.details.clear();
    this.#cache.voicemail = null;
    this.#cache.users = null;
    this.deps.access.forget();
  }

  /** e.g. `22.10.1`; null when it may not be read. */
  async version(): Promise<string | null> {
    const settings = await this.deps.access.ask('CoreSettings');
    const version = settings === null ? '' : text(settings, 'AsteriskVersion');
    return /^\D*(\d+(?:\.\d+)*(?:-cert\d+|-rc\d+)?)/.exec(version)?.[1] ?? (version.slice(0, 40) || null);
  }

  /** Pong carries the PBX's time: with it, PBX times of the first lists are right before any event came. */
  async calibrate(): Promise<void> {
    const pong = await this.deps.access.ask('Ping');
    const stamp = epochSeconds(pong?.get('Timestamp'));
    if (stamp !== null) this.deps.pbxClock.observe(stamp, this.deps.now());
  }

  async missing(): Promise<MissingFunction[]> {
    return missingFunctions(this.deps.access, await this.deps.access.ask('ListCommands'));
  }

  /** Who is who, what the phones do, and the trunks. */
  async directory(repair: boolean): Promise<void> {
    const { access, state, windows, now } = this.deps;
    const opened = (['extensions', 'devices', 'trunks', 'mwi'] as const).map((domain) => windows.open(domain));
    const [extensions, devices, trunks, mwi] = opened;
    try {
      const fresh = now() - this.#hourlyAt >= HOURLY_MS;
      const read = await readDirectory(access, this.#cache, state, state.directory, fresh);
      const at = now();
      state.directory = read.directory;
      state.deviceEvents = read.deviceEvents;
      extensions?.publish({ type: 'list.extensions', at, repair, extensions: read.directory.extensions });
      devices?.publish(
        { type: 'list.devices', at, repair, devices: listDevices(read) },
        { type: 'list.phones', at, repair, phones: state.phones.all() },
      );
      trunks?.publish({ type: 'list.trunks', at, repair, trunks: listTrunks(read.directory) });
      if (!fresh) return;
      this.#hourlyAt = at;
      const users = read.sources.voicemail;
      if (users !== null) mwi?.publish({ type: 'list.mwi', at, repair, mailboxes: users.map(counts) });
    } finally {
      for (const window of opened) window.discard();
    }
  }

  /** Everything else. `first`: find out when the calls that are already up were answered. */
  async lists(repair: boolean, first: boolean): Promise<void> {
    const { access, state, now, pbxClock } = this.deps;
    await this.#features(repair, first);
    await this.#channels(repair, first);
    await this.#domain('queues', () => readQueues(access, now, pbxClock.skewMs, repair));
    await this.#domain('parking', () => readParking(access, now, repair));
    await this.#domain('conferences', () =>
      readConferences(
        access,
        now,
        repair,
        (name) => state.channels.uniqueidOf(name),
        (room) => state.recordedRooms.has(room),
      ),
    );
  }

  /** Caller ids of phones without a name, one request each, while the panel already runs. */
  async names(): Promise<void> {
    const { access, state, now, emit } = this.deps;
    const nameless = state.directory.extensions.filter(({ name }) => name === undefined);
    for (const { number, devices } of nameless) {
      const device = devices?.find((known) => /^(?:PJSIP|SIP)\//.test(known));
      if (device === undefined) continue;
      if (access.outcome('PJSIPShowEndpoint') === 'denied' && device.startsWith('PJSIP/')) continue;
      const name = device.slice(device.indexOf('/') + 1);
      await readDetails(access, this.#cache, [{ device, name }]);
      const found = this.#cache.details.get(device)?.name ?? '';
      if (found === '' || found === number) continue;
      emit({ type: 'extension', at: now(), extension: { number, name: { text: found, rank: 'callerid' } } });
    }
  }

  /** What was heard while they were read is newer, and told once more after them. */
  async #features(repair: boolean, first: boolean): Promise<void> {
    const { access, state, windows, now, tampered } = this.deps;
    const { directory } = state;
    const window = windows.open('features');
    const before = tampered();
    try {
      const presence = await this.#presence(repair);
      const astDb = await readFeatures(access, now, repair, first ? [...directory.numbers] : null);
      const fop2 = await readFop2(access, directory, now, repair, first);
      if (first) await this.#escapedOnly();
      if (repair && tampered() !== before) return;
      window.publish(...[presence, ...astDb, fop2].filter((list) => list !== null));
    } finally {
      window.discard();
    }
  }

  /**
   * PresenceStatus prints words raw: a line break in them forges events, and then the parser drops what follows. Where
   * PresenceStateChange tells the same, escaped, Asterisk is asked not to send it (class `system`, nothing lost without).
   */
  async #escapedOnly(): Promise<void> {
    const { access, state } = this.deps;
    if (!state.presenceEvents || access.outcome('PresenceStateList') !== 'ok') return;
    await access.ask('Filter', { Operation: 'Add', Filter: '!^Event: PresenceStatus' });
  }

  async #presence(repair: boolean): Promise<ListEvent | null> {
    const { access, state, now } = this.deps;
    const readFrom = now();
    const items = await access.list('PresenceStateList');
    state.presenceEvents = access.outcome('PresenceStateList') !== 'absent';
    if (items === null) return null;
    const rows = [...(await listedPresence(access, items))].flatMap(([presentity, held]) => {
      const numbers = state.directory.presentities.get(presentity) ?? [];
      return numbers.map((number): [string, string] => [number, held]);
    });
    return heldList({ at: now(), repair, backend: 'presence', slot: 'presence', readFrom, rows });
  }

  async #channels(repair: boolean, first: boolean): Promise<void> {
    const { access, state, now, pbxClock, emit } = this.deps;
    let answers = new Map<string, number>();
    if (first) {
      // Read once to learn whom to ask; the list that is emitted is a second, newer one.
      const before = await readChannels(access, now, pbxClock.skewMs, repair, answers);
      answers = await readAnswers(access, pbxClock.skewMs, now(), before?.channels ?? []);
    }
    const list = await this.#domain('channels', () => this.#channelList(repair, answers));
    if (!first || list?.type !== 'list.channels') return;
    const dids = await readDids(access, list.channels, (name) => state.isTrunkChannel(name), now);
    for (const event of dids) emit(event);
  }

  /** The list, completed with channels that forged items hid. */
  async #channelList(repair: boolean, answers: ReadonlyMap<string, number>): Promise<ListedChannels | null> {
    const { access, state, now, pbxClock, tampered } = this.deps;
    const before = tampered();
    const list = await readChannels(access, now, pbxClock.skewMs, repair, answers);
    if (list === null || tampered() === before) return list;
    const missing = state.channels.missingFrom(new Set(list.channels.map(({ uniqueid }) => uniqueid)));
    const survivors = await readSurvivors(access, missing);
    return survivors.length === 0 ? list : { ...list, channels: [...list.channels, ...survivors] };
  }

  /** A repair in which forged blocks were dropped may lack items: nothing is taken away on its word. */
  async #domain(domain: Domain, read: () => Promise<ListEvent | null>): Promise<ListEvent | null> {
    const { windows, tampered } = this.deps;
    const window = windows.open(domain);
    const before = tampered();
    try {
      const list = await read();
      if (list === null) return null;
      if (list.repair && list.type !== 'list.channels' && tampered() !== before) return null;
      window.publish(list);
      return list;
    } finally {
      window.discard();
    }
  }
}

function listDevices({
  devices,
  sources,
}: DirectoryRead): { device: string; state: DeviceState; reachable?: boolean }[] {
  const verdicts = new Map(sources.accounts.map((account) => [account.device, account.verdict]));
  return [...devices].map(([device, state]) => {
    const verdict = verdicts.get(device) ?? null;
    return verdict === null ? { device, state } : { device, state, reachable: verdict !== 'silent' };
  });
}

function counts(user: VoicemailUser): { mailbox: string; new: number; old: number } {
  return { mailbox: user.mailbox, new: user.new, old: user.old };
}
