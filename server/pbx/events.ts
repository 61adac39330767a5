import type { ButtonFields, ButtonKind } from '../protocol/buttons';
import type {
  ChannelState,
  DndRecord,
  ForwardRecord,
  MemberState,
  MissingFunction,
  Party,
  PbxFeatures,
  PbxRecord,
  PresenceRecord,
  TransferRecord,
  TrunkState,
  Unsynced,
} from '../protocol/records';

/**
 * What happens on a PBX, free of any AMI dialect: `feed` makes these from AMI, the model reduces them. `at` is epoch ms
 * (the PBX's timestamp where the event has one, else the time of receipt). Every event may arrive twice, late, or for
 * something the model no longer knows; reducing it must then change nothing.
 */

export interface ChannelSnapshot {
  readonly uniqueid: string;
  readonly linkedid: string;
  readonly name: string;
  readonly state: ChannelState;
  readonly caller: Party;
  readonly connected: Party;
  readonly exten: string;
  readonly context: string;
  readonly accountCode: string;
}

/** A channel as a full list gives it: with what the event stream would have said before. */
export interface ListedChannel extends ChannelSnapshot {
  readonly bridgeId: string | null;
  readonly application: string;
  readonly applicationData: string;
  /** Epoch ms. */
  readonly createdAt: number;
  /** Epoch ms when known (e.g. from CDR), else null. */
  readonly answeredAt: number | null;
}

export interface BridgeInfo {
  readonly id: string;
  /** `basic`, `holding`, `stasis`, `base` … as Asterisk's BridgeType says. */
  readonly type: string;
  readonly technology: string;
  /** `Parking`, `ConfBridge`, `AgentPool` …; empty for two-party bridges. */
  readonly creator: string;
  readonly name: string;
}

/** Raw device state as Asterisk names it, without the AST_DEVICE_ prefix. */
export type DeviceState =
  | 'NOT_INUSE'
  | 'INUSE'
  | 'BUSY'
  | 'INVALID'
  | 'UNAVAILABLE'
  | 'RINGING'
  | 'RINGINUSE'
  | 'ONHOLD'
  | 'UNKNOWN';

export interface MemberInfo {
  readonly interface: string;
  readonly stateInterface: string;
  readonly name: string;
  readonly state: MemberState;
  readonly paused: boolean;
  readonly pausedReason: string;
  /** Epoch ms; null when unknown or not paused. */
  readonly pausedSince: number | null;
  readonly penalty: number;
  readonly callsTaken: number;
  readonly lastCall: number | null;
  readonly membership: string;
  /** Talks with a caller of this queue; null: this Asterisk does not say. */
  readonly inCall: boolean | null;
}

export interface CallerInfo {
  readonly uniqueid: string;
  readonly number: string;
  readonly name: string;
  readonly position: number;
  readonly waitingSince: number;
}

export interface QueueInfo {
  readonly name: string;
  readonly strategy: string;
  readonly completed: number;
  readonly abandoned: number;
  readonly serviceLevel: number;
  readonly serviceLevelPerf: number;
}

export interface SlotInfo {
  readonly space: string;
  readonly uniqueid: string;
  readonly number: string;
  readonly name: string;
  readonly parkedBy: string;
  readonly parkedSince: number;
  /** Seconds; 0: never returns. */
  readonly timeout: number;
}

export interface ParticipantInfo {
  readonly uniqueid: string;
  readonly number: string;
  readonly name: string;
  readonly muted: boolean;
  readonly talking: boolean;
  readonly admin: boolean;
  readonly marked: boolean;
  readonly joinedAt: number;
}

/** How sure a name is: a higher one replaces a lower one, never the other way round. */
export type NameRank = 'device' | 'voicemail' | 'callerid' | 'ampuser' | 'configured';

export interface ExtensionInfo {
  readonly number: string;
  readonly context?: string;
  /** Real devices only (`PJSIP/101`); Custom: and CustomPresence: parts of a hint are left out. */
  readonly devices?: readonly string[];
  readonly name?: { readonly text: string; readonly rank: NameRank };
  readonly mailbox?: string | null;
  readonly group?: string | null;
  readonly tags?: readonly string[];
  /** `CustomPresence:101` of its hint, or listed under its number; null: none. */
  readonly presentity?: string | null;
}

type Timed<T extends string, F> = { readonly type: T; readonly at: number } & Readonly<F>;

export type ChannelEvent =
  | Timed<
      'channel',
      { cause: 'new' | 'state' | 'rename' | 'callerid' | 'connected' | 'other'; channel: ChannelSnapshot }
    >
  | Timed<'channel.gone', { uniqueid: string; hangupCause: number }>
  | Timed<'dial.begin', { source: ChannelSnapshot | null; dest: ChannelSnapshot; dialString: string }>
  | Timed<'dial.end', { source: ChannelSnapshot | null; dest: ChannelSnapshot; status: string }>
  | Timed<'bridge', { bridge: BridgeInfo }>
  | Timed<'bridge.gone', { bridgeId: string }>
  | Timed<'bridge.enter', { bridge: BridgeInfo; channel: ChannelSnapshot; swapWith: string | null }>
  | Timed<'bridge.leave', { bridgeId: string; channel: ChannelSnapshot }>
  | Timed<'bridge.merge', { into: string; from: string }>
  /** This channel put the other side on hold, and took it back. */
  | Timed<'hold', { channel: ChannelSnapshot }>
  | Timed<'unhold', { channel: ChannelSnapshot }>
  /** The two halves of a Local channel. */
  | Timed<'local.pair', { one: ChannelSnapshot; two: ChannelSnapshot }>
  | Timed<
      'transfer.blind',
      { transferer: ChannelSnapshot; transferee: ChannelSnapshot | null; bridgeId: string; exten: string; ok: boolean }
    >
  | Timed<
      'transfer.attended',
      {
        /** The transferer's leg to the original party, and the one to the target. */
        original: ChannelSnapshot;
        consult: ChannelSnapshot;
        transferee: ChannelSnapshot | null;
        target: ChannelSnapshot | null;
        ok: boolean;
      }
    >
  | Timed<'pickup', { channel: ChannelSnapshot; target: ChannelSnapshot }>
  /** The trunk's dialled number, told by the dialplan or the trunk's first extension. */
  | Timed<'did', { uniqueid: string; did: string }>
  /** A recording of this leg begins or ends. `by` the panel: told by its command, and by the PBX as well where it can. */
  | Timed<'recording', { uniqueid: string; on: boolean; by: 'panel' | 'pbx' }>
  /** A channel runs an application that is a place of its own (voicemail, echo, IVR): shown as `service`. */
  | Timed<'application', { uniqueid: string; application: string; data: string }>;

export type ExtensionEvent =
  | Timed<'extension', { extension: ExtensionInfo }>
  | Timed<'extension.gone', { number: string }>
  | Timed<'device', { device: string; state: DeviceState }>
  /** From registrations and qualify: whether any contact of the device answers. */
  | Timed<'reachable', { device: string; reachable: boolean }>
  /** User-Agents of the contacts of a device; none: not known (any more). */
  | Timed<'phone', { device: string; agents: readonly string[] }>
  | Timed<'mwi', { mailbox: string; new: number; old: number }>;

/** Stores of features on the PBX that the feed reads. */
export type HeldBy = 'astdb' | 'fop2' | 'presence';

/**
 * What a store of features says, as the canonical text of one of its slots (server/features/backend.ts). It does not
 * concern the model: server/features decides what is true of it, and tells the model by `features`.
 */
export type HeldEvent = Timed<
  'held',
  {
    backend: HeldBy;
    number: string;
    slot: string;
    held: string;
    /** The store's mirror (a lamp) says otherwise and went on doing so. */
    mirror?: 'wrong';
  }
>;

/** What is true of a person, decided by server/features; replaces what the model had, part by part. */
export type FeatureEvent =
  | Timed<
      'features',
      {
        number: string;
        dnd: DndRecord;
        forward: ForwardRecord;
        presence: PresenceRecord;
        unsynced: readonly Unsynced[];
      }
    >
  | Timed<'pbx.features', { features: PbxFeatures }>
  /** Another PBX: nothing of the former one holds. */
  | Timed<'features.clear', Record<never, never>>;

export type QueueEvent =
  | Timed<'queue', { queue: QueueInfo }>
  | Timed<'queue.gone', { name: string }>
  /** `added`: the member logged in just now; without it, news of a member the queue does not hold is late and ignored. */
  | Timed<'queue.member', { queue: string; member: MemberInfo; added?: boolean }>
  | Timed<'queue.member.gone', { queue: string; interface: string }>
  | Timed<'queue.join', { queue: string; caller: CallerInfo }>
  | Timed<'queue.leave', { queue: string; uniqueid: string; position: number }>
  | Timed<'queue.abandon', { queue: string; uniqueid: string }>
  /** An agent answered a caller / is done with it. */
  | Timed<'queue.connect', { queue: string; uniqueid: string; memberInterface: string; memberUniqueid: string }>
  | Timed<'queue.complete', { queue: string; uniqueid: string; memberInterface: string; memberUniqueid: string }>;

export type ParkingEvent =
  | Timed<'parking.lot', { lot: string; first: string; last: string; timeout: number }>
  | Timed<'parked', { lot: string; slot: SlotInfo }>
  /** `uniqueid` left its space; `swapped` names the channel that took its place (a parked call answered by transfer). */
  | Timed<
      'unparked',
      { lot: string; uniqueid: string; how: 'retrieved' | 'timeout' | 'gaveUp'; swapped: SlotInfo | null }
    >;

export type ConferenceEvent =
  | Timed<'conference', { name: string; kind: 'confbridge' | 'meetme'; locked?: boolean; recording?: boolean }>
  | Timed<'conference.gone', { name: string }>
  | Timed<'conference.join', { name: string; kind: 'confbridge' | 'meetme'; participant: ParticipantInfo }>
  | Timed<'conference.leave', { name: string; uniqueid: string }>
  | Timed<
      'conference.participant',
      { name: string; uniqueid: string; muted?: boolean; talking?: boolean; admin?: boolean }
    >;

export type TrunkEvent = Timed<'trunk', { name: string; state: TrunkState }> | Timed<'trunk.gone', { name: string }>;

/** A transfer that an operator of the panel has under way (server/commands); the PBX knows its legs alone. */
export type TransferEvent = Timed<'transfer', { transfer: TransferRecord }> | Timed<'transfer.gone', { id: string }>;

/** What an administrator set for one thing of the panel; all null and not added: nothing any more. */
export interface ConfiguredRow {
  readonly kind: ButtonKind;
  readonly key: string;
  readonly own: ButtonFields;
  /** It is there by hand, whether the PBX has it or not. */
  readonly added: boolean;
}

/** The administrator's rows, laid over what the PBX says. Each replaces what was set for that thing before. */
export type ConfiguredEvent =
  | Timed<'configured', { rows: readonly ConfiguredRow[] }>
  /** Another PBX: nothing is set any more. */
  | Timed<'configured.clear', Record<never, never>>;

/** A number at which several extensions ring; `members` null: not told which. */
export interface RingGroupInfo {
  readonly number: string;
  readonly name: string;
  readonly members: readonly string[] | null;
}

/** The panic switch of the panel. */
export type OutsideEvent = Timed<'outside', { stopped: PbxRecord['outsideStopped'] }>;

export type LinkEvent = Timed<
  'link',
  {
    link: 'up' | 'down' | 'syncing';
    asteriskVersion?: string | null;
    problem?: string | null;
    missing?: readonly MissingFunction[];
    name?: string;
    demo?: boolean;
  }
>;

/**
 * A full read of one domain: what the model holds beyond it is gone, what it lacks is added. Data of a list is as new as
 * or newer than every event that came before it. `repair` is true for a periodic reconciliation, where each difference
 * is drift to be counted; false for the first read after a connection.
 */
export type ListEvent =
  | Timed<'list.channels', { repair: boolean; channels: readonly ListedChannel[]; bridges: readonly BridgeInfo[] }>
  | Timed<'list.extensions', { repair: boolean; extensions: readonly ExtensionInfo[] }>
  | Timed<
      'list.devices',
      { repair: boolean; devices: readonly { device: string; state: DeviceState; reachable?: boolean }[] }
    >
  | Timed<'list.phones', { repair: boolean; phones: readonly { device: string; agents: readonly string[] }[] }>
  /**
   * Every row of one slot of a store; a number that is not there holds nothing. `readFrom`: when the read began, epoch ms:
   * what was written or heard since is newer.
   */
  | Timed<
      'list.held',
      {
        repair: boolean;
        backend: HeldBy;
        slot: string;
        readFrom: number;
        rows: readonly (readonly [number: string, held: string])[];
      }
    >
  | Timed<'list.mwi', { repair: boolean; mailboxes: readonly { mailbox: string; new: number; old: number }[] }>
  | Timed<
      'list.queues',
      {
        repair: boolean;
        queues: readonly { queue: QueueInfo; members: readonly MemberInfo[]; callers: readonly CallerInfo[] }[];
      }
    >
  | Timed<
      'list.parking',
      {
        repair: boolean;
        lots: readonly { lot: string; first: string; last: string; timeout: number; slots: readonly SlotInfo[] }[];
      }
    >
  | Timed<
      'list.conferences',
      {
        repair: boolean;
        conferences: readonly {
          name: string;
          kind: 'confbridge' | 'meetme';
          locked: boolean;
          recording: boolean;
          participants: readonly ParticipantInfo[];
        }[];
      }
    >
  | Timed<'list.ringGroups', { repair: boolean; groups: readonly RingGroupInfo[] }>
  | Timed<'list.trunks', { repair: boolean; trunks: readonly { name: string; state: TrunkState }[] }>;

/** Time passed without news; optional, lets a leg that was left alone change its state on a silent PBX. */
export type TickEvent = Timed<'tick', Record<never, never>>;

export type PbxEvent =
  | ChannelEvent
  | ExtensionEvent
  | HeldEvent
  | FeatureEvent
  | QueueEvent
  | ParkingEvent
  | ConferenceEvent
  | TrunkEvent
  | LinkEvent
  | TransferEvent
  | OutsideEvent
  | ConfiguredEvent
  | ListEvent
  | TickEvent;

/** What the model tells the outside: the changed records as ops, in order, and how many differences a repair mended. */
export interface ReduceResult {
  readonly ops: readonly import('../protocol/state').Op[];
  readonly repairs: number;
  /** Only there when the model failed over this event: log it, and read the PBX again. */
  readonly fault?: Error;
}
