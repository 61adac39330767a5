import { emptyMaps, type StateMaps } from '../protocol/apply';
import type { ButtonKind } from '../protocol/buttons';
import type {
  ChannelState,
  DndRecord,
  ExtensionCall,
  ForwardRecord,
  LineState,
  Party,
  PhoneRecord,
  PresenceRecord,
  TrunkState,
  Unsynced,
} from '../protocol/records';
import type { Op } from '../protocol/state';
import type {
  BridgeInfo,
  CallerInfo,
  ConfiguredRow,
  DeviceState,
  MemberInfo,
  NameRank,
  ParticipantInfo,
  QueueInfo,
  RingGroupInfo,
  SlotInfo,
} from './events';

/** What the model knows, as opposed to what it shows: mutable, indexed so that no event ever scans. */

/** How a dialled channel stands with the one that dials it. `ended`: given up, the phone no longer rings. */
export type DialState = 'none' | 'ringing' | 'answered' | 'ended';

/** What one leg is doing, before it is written down as an extension's or trunk's call. */
export interface LegView {
  /** Null: nothing a person would call a line (not yet dialling, no longer ringing). */
  readonly state: LineState | null;
  /** Start of hold, wait or parking, epoch ms. */
  readonly since: number | null;
  /** People this leg talks to, or rings, or is rung by. */
  readonly peers: readonly Chan[];
}

export interface Chan {
  readonly uniqueid: string;
  linkedid: string;
  name: string;
  state: ChannelState;
  caller: Party;
  connected: Party;
  exten: string;
  context: string;
  /** Derived of `name`. */
  device: string;
  person: boolean;
  extension: string | null;
  createdAt: number;
  /** First dialled number, replaced by a blind transfer's. */
  target: string;
  /** It talked since it dialled `target`: what it rings now is something else. */
  reached: boolean;
  /** Rung by another channel: its extension is its own, not one it dialled. */
  called: boolean;
  /** Who it talked to last. */
  partners: readonly Chan[];
  /** It was called, rather than calling. */
  dialled: boolean;
  dial: DialState;
  /** Who dials it; null: nobody, or the PBX itself (Originate). */
  dialledBy: Chan | null;
  /** Those it dials, ringing or answered and not yet bridged. */
  readonly dials: Set<Chan>;
  /** It has dialled others at some time. */
  hasDialled: boolean;
  bridge: Bridge | null;
  half: Chan | null;
  holdSince: number | null;
  /** Connected with another person since; null: not yet. */
  talkSince: number | null;
  /** Ringing, waiting or parked since it last talked: the next talk has its own clock. */
  interrupted: boolean;
  /** Its last partner left then and nothing else happened yet; null: not lost. */
  aloneSince: number | null;
  /** The grace in which a lost partner is most likely the end of the call is over. */
  graceOver: boolean;
  /** Sent elsewhere by a blind transfer, not there yet. */
  transferring: boolean;
  /** Another phone took this ringing call. */
  pickedUp: boolean;
  did: string | null;
  /** By the panel, and how many recordings the PBX told the beginning of and not yet the end. */
  recording: { panel: boolean; told: number };
  waiting: { readonly queue: string; readonly since: number; readonly guessed: boolean } | null;
  parked: { readonly lot: string; readonly space: string; readonly since: number; readonly by: string } | null;
  /** Space and time of the parking that ended last, to know a late repetition. */
  unparked: string;
  conference: { readonly name: string; readonly since: number } | null;
  application: string | null;
  /** The queue whose answered call this is; cleared when it is counted as completed. */
  serving: string | null;
  /** Answer time a list told, for calls older than this panel. */
  knownAnswer: number | null;
  /** Came with a list: its past is unknown. */
  restored: boolean;
  /** What it does is told by the list that restores it: it did so before, and its device's state was read just now. */
  justListed: boolean;
  view: LegView;
  line: ExtensionCall | null;
}

export interface Bridge {
  readonly id: string;
  info: BridgeInfo;
  readonly channels: Set<Chan>;
}

/** What a call remembers beyond the legs it has at the moment. */
export interface CallMemo {
  createdAt: number;
  from: Party;
  to: Party;
  fromLeg: string | null;
  toLeg: string | null;
  dialled: string;
  queue: string | null;
  did: string | null;
}

export interface Group {
  readonly id: string;
  readonly channels: Set<Chan>;
  memo: CallMemo | null;
}

/** What the PBX says of an extension. */
export interface FoundExt {
  context: string;
  devices: readonly string[];
  name: string;
  rank: NameRank | null;
  mailbox: string | null;
  group: string | null;
  tags: readonly string[];
}

/** As it counts: what an administrator set, else what was found. */
export interface Ext {
  readonly number: string;
  found: FoundExt;
  devices: readonly string[];
  name: string;
  mailbox: string | null;
  readonly channels: Set<Chan>;
}

export interface Device {
  state: DeviceState;
  reachable: boolean | null;
  /** No line of this device changed since its state was told. */
  fresh: boolean;
}

export interface RingGroup {
  /** Null: the PBX has none of this number, it is there by hand. */
  found: RingGroupInfo | null;
  /** As they count; null: not known. */
  members: readonly string[] | null;
  name: string;
}

/** What registered as a device. */
export interface Phone {
  /** User-Agents of its contacts; at least one. */
  readonly agents: readonly string[];
  readonly record: PhoneRecord;
}

/** What is told by number; kept apart from the extension, which may become known later. */
export interface Features {
  readonly dnd: DndRecord;
  readonly forward: ForwardRecord;
  readonly presence: PresenceRecord;
  readonly unsynced: readonly Unsynced[];
}

export interface Queue {
  info: QueueInfo;
  readonly members: Map<string, MemberInfo>;
  callers: CallerInfo[];
}

/** What a leg that stands alone does for a transfer, and with whom. */
export interface TransferLeg {
  readonly state: 'onHold' | 'dialing';
  readonly since: number;
  readonly party: Party;
}

export interface Lot {
  spaces: { readonly first: string; readonly last: string } | null;
  readonly slots: Map<string, SlotInfo>;
}

export interface Conference {
  kind: 'confbridge' | 'meetme';
  locked: boolean;
  recording: boolean;
  readonly participants: Map<string, ParticipantInfo>;
}

/** What an event touched; only that is derived again. */
export interface Dirty {
  readonly channels: Set<string>;
  readonly groups: Set<string>;
  readonly extensions: Set<string>;
  readonly trunks: Set<string>;
  readonly queues: Set<string>;
  readonly lots: Set<string>;
  readonly conferences: Set<string>;
  readonly ringGroups: Set<string>;
}

export class World {
  readonly maps: StateMaps = emptyMaps();
  ops: Op[] = [];
  /** `at` of the event being reduced. */
  now = 0;

  readonly channels = new Map<string, Chan>();
  readonly groups = new Map<string, Group>();
  readonly bridges = new Map<string, Bridge>();
  readonly byName = new Map<string, Chan>();
  readonly byDevice = new Map<string, Set<Chan>>();
  readonly goneChannels = new Memory(20_000);
  readonly goneBridges = new Memory(20_000);
  /** People whose partner just left, in the order of time. */
  readonly alone = new Map<Chan, number>();

  readonly extensions = new Map<string, Ext>();
  /** Device → numbers that claim it. */
  readonly claims = new Map<string, string[]>();
  readonly devices = new Map<string, Device>();
  /** By device. */
  readonly phones = new Map<string, Phone>();
  readonly features = new Map<string, Features>();
  readonly mailboxes = new Map<string, { readonly new: number; readonly old: number }>();
  /** Mailbox → numbers. */
  readonly mailboxOwners = new Map<string, Set<string>>();

  readonly queues = new Map<string, Queue>();
  /** State interface, and the number it may mean → queue → how many of its members. */
  readonly memberQueues = new Map<string, Map<string, number>>();
  readonly callerQueues = new Map<string, Set<string>>();
  readonly guessedWaiting = new Set<Chan>();
  readonly lots = new Map<string, Lot>();
  readonly slotLots = new Map<string, string>();
  readonly conferences = new Map<string, Conference>();
  readonly participantRooms = new Map<string, Set<string>>();
  readonly trunks = new Map<string, TrunkState>();
  readonly ringGroups = new Map<string, RingGroup>();
  /** Extension → the ring groups it rings for. */
  readonly memberGroups = new Map<string, Set<string>>();
  /** What an administrator set, by kind and key. */
  readonly configured: Readonly<Record<ButtonKind, Map<string, ConfiguredRow>>> = {
    extension: new Map(),
    queue: new Map(),
    ringgroup: new Map(),
    conference: new Map(),
    park: new Map(),
    trunk: new Map(),
  };
  /** Extensions whose privacy is `clid` or `all`. */
  readonly discreet = new Set<string>();
  /** What is there by hand alone: the PBX does not have it. */
  readonly byHand: Readonly<Record<ButtonKind, Set<string>>> = {
    extension: new Set(),
    queue: new Set(),
    ringgroup: new Set(),
    conference: new Set(),
    park: new Set(),
    trunk: new Set(),
  };
  /** By uniqueid. */
  readonly transferLegs = new Map<string, TransferLeg>();

  readonly dirty: Dirty = {
    channels: new Set(),
    groups: new Set(),
    extensions: new Set(),
    trunks: new Set(),
    queues: new Set(),
    lots: new Set(),
    conferences: new Set(),
    ringGroups: new Set(),
  };
}

/** The last `capacity` keys; the oldest is forgotten first. */
export class Memory {
  private readonly keys = new Set<string>();
  constructor(private readonly capacity: number) {}

  get size(): number {
    return this.keys.size;
  }

  has(key: string): boolean {
    return this.keys.has(key);
  }

  add(key: string): void {
    this.keys.delete(key);
    this.keys.add(key);
    if (this.keys.size <= this.capacity) return;
    const oldest = this.keys.values().next();
    if (!oldest.done) this.keys.delete(oldest.value);
  }

  delete(key: string): void {
    this.keys.delete(key);
  }
}

/** Add to a map of sets. */
export function link<K, V>(index: Map<K, Set<V>>, key: K, value: V): void {
  const held = index.get(key);
  if (held) held.add(value);
  else index.set(key, new Set([value]));
}

/** Remove from a map of sets; an empty set goes with its last value. */
export function unlink<K, V>(index: Map<K, Set<V>>, key: K, value: V): void {
  const held = index.get(key);
  if (held?.delete(value) && held.size === 0) index.delete(key);
}
