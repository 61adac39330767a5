/** What the demo PBX is made of. Engine modules change these objects; everyone else only reads them. */

export interface Party {
  readonly num: string;
  readonly name: string;
}

/** Asterisk's channel states as numbers (`ast_channel_state`): Down, Ring (calling), Ringing (being called), Up. */
export type ChannelState = 0 | 4 | 5 | 6;

export const channelStateWords: Record<ChannelState, string> = { 0: 'Down', 4: 'Ring', 5: 'Ringing', 6: 'Up' };

export const deviceStates = [
  'NOT_INUSE',
  'INUSE',
  'BUSY',
  'INVALID',
  'UNAVAILABLE',
  'RINGING',
  'RINGINUSE',
  'ONHOLD',
  'UNKNOWN',
] as const;
export type DeviceState = (typeof deviceStates)[number];

/** What a channel is doing now. `end` is called once, when the channel is hung up or moved elsewhere. */
export interface Activity {
  readonly kind: 'dial' | 'leg' | 'bridge' | 'queue' | 'parked' | 'conference' | 'app';
  end(channel: Channel, why: 'hangup' | 'moved'): void;
  /** The far end answered (legs only). */
  answered?(channel: Channel): void;
  /** The far end rings (legs only). */
  ringing?(channel: Channel): void;
  /** True: the channel, though hung up by its phone, is still needed; the activity will end it itself. */
  postpones?(channel: Channel): boolean;
}

export interface Channel {
  readonly name: string;
  readonly uniqueid: string;
  linkedid: string;
  /** `PJSIP/101`; null for the halves of a Local channel. */
  readonly device: string | null;
  readonly createdAt: number;
  answeredAt: number | null;
  state: ChannelState;
  caller: Party;
  connected: Party;
  readonly language: string;
  accountCode: string;
  context: string;
  exten: string;
  priority: number;
  app: string;
  appData: string;
  bridge: Bridge | null;
  /** This phone has put its other side on hold. */
  holding: boolean;
  /** The other side put this channel on hold; Asterisk calls *this* device ONHOLD, not the holder's. */
  held: boolean;
  /** Being hung up; `gone` once the Hangup event is out. */
  ending: boolean;
  gone: boolean;
  hangupCause: number;
  activity: Activity | null;
  /** The other half of a Local channel. */
  mate: Channel | null;
  /** A dialplan runs on it: it goes on after a bridge; others are hung up. */
  pbx: boolean;
  /** The number first dialled from outside. */
  did: string;
  /** Forwards so far: a loop of forwards must end. */
  readonly hops: number;
  /** Runs instead of a hang-up when the bridge this channel is in comes apart (transfers). */
  afterBridge: (() => void) | null;
  /** Set from outside or by an application; `PJSIP_HEADER(add,Alert-Info)` too. */
  readonly variables: Map<string, string>;
  /** Digits its phone heard from the PBX. */
  heard: string;
}

export interface Bridge {
  readonly id: string;
  readonly type: 'basic' | 'base' | 'parking';
  technology: 'simple_bridge' | 'softmix' | 'holding_bridge';
  readonly creator: string;
  readonly name: string;
  readonly members: Channel[];
  /** Asterisk's own announcer in a conference: counted, never listed. */
  readonly hidden: number;
  gone: boolean;
}

export interface Endpoint {
  /** `101`, `carrier-a`. */
  readonly name: string;
  /** `PJSIP/101`. */
  readonly device: string;
  readonly kind: 'phone' | 'trunk';
  readonly context: string;
  readonly caller: Party;
  readonly accountCode: string;
  readonly mailbox: string;
  readonly contact: string;
  registered: boolean;
  readonly userAgent: string;
  readonly channels: Set<Channel>;
  /** Phones of one group may take each other's ringing calls by `*8`; empty: none. */
  readonly pickupGroup: string;
  /** Calls at once; a further one is answered "busy" by the phone itself. */
  callLimit: number;
}

export interface QueueMember {
  readonly queue: string;
  readonly interface: string;
  readonly stateInterface: string;
  readonly name: string;
  readonly dynamic: boolean;
  penalty: number;
  callsTaken: number;
  /** Epoch seconds; 0: never. */
  lastCall: number;
  lastPause: number;
  readonly loginTime: number;
  inCall: boolean;
  status: number;
  paused: boolean;
  pausedReason: string;
  wrapupTime: number;
}

export interface QueueCaller {
  readonly channel: Channel;
  readonly joinedAt: number;
  position: number;
  readonly originalPosition: number;
  readonly priority: number;
}

export interface Queue {
  readonly name: string;
  readonly strategy: 'ringall' | 'leastrecent' | 'fewestcalls' | 'rrmemory';
  readonly ringSeconds: number;
  readonly retrySeconds: number;
  readonly maxWaitSeconds: number;
  readonly maxLength: number;
  readonly weight: number;
  readonly serviceLevel: number;
  readonly wrapupSeconds: number;
  readonly members: QueueMember[];
  readonly callers: QueueCaller[];
  completed: number;
  completedInLevel: number;
  abandoned: number;
  abandonedInLevel: number;
  holdTime: number;
  talkTime: number;
  lastMember: string;
}

export interface ParkedCall {
  readonly space: number;
  channel: Channel;
  readonly parkerDialString: string;
  readonly since: number;
  /** Seconds; 0: never returns. */
  readonly timeout: number;
}

export interface ParkingLot {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  readonly timeout: number;
  /** Seconds the parker is rung when a call returns. */
  readonly comebackSeconds: number;
  readonly calls: Map<number, ParkedCall>;
  bridge: Bridge | null;
}

export interface ConferenceUser {
  readonly channel: Channel;
  readonly admin: boolean;
  readonly marked: boolean;
  muted: boolean;
  talking: boolean;
}

export interface Conference {
  readonly name: string;
  readonly bridge: Bridge;
  readonly users: ConferenceUser[];
  locked: boolean;
  muted: boolean;
}

export interface Mailbox {
  readonly box: string;
  readonly context: string;
  readonly name: string;
  readonly email: string;
  fresh: number;
  old: number;
}

export interface Hint {
  readonly exten: string;
  readonly context: string;
  readonly devices: readonly string[];
  readonly presentity: string;
  status: number;
}

export interface PresenceInfo {
  state: string;
  subtype: string;
  message: string;
}
