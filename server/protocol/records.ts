import { z } from 'zod';

/**
 * The records a panel shows, one schema per domain. They are the rows of `GET /api/v1/state`, of the Socket.IO snapshot
 * and of the ops that follow it. Times are ISO 8601 UTC with milliseconds; durations are never sent, the browser ticks
 * them from these times.
 */

/** ISO 8601 UTC, e.g. `2026-11-21T08:30:00.000Z`. */
export const isoTime = z.iso.datetime();

/** The other side of a line, as the PBX presents it. Empty strings where nothing is known. */
export const party = z.object({ number: z.string(), name: z.string() });
export type Party = z.infer<typeof party>;

export const linkState = z.enum(['up', 'down', 'syncing']);
export type LinkState = z.infer<typeof linkState>;

/** A function of the panel that is off, and why: `needs` is the manager.conf class or module that is wanting. */
export const missingFunction = z.object({ feature: z.string(), needs: z.string(), message: z.string() });
export type MissingFunction = z.infer<typeof missingFunction>;

export const extensionState = z.enum([
  'idle',
  'ringing',
  'inUse',
  'busy',
  'onHold',
  'ringInUse',
  'unavailable',
  'unknown',
]);
export type ExtensionState = z.infer<typeof extensionState>;

/**
 * One call as its extension sees it.
 * `dialing`: we called, nobody answered yet. `ringing`: our phone rings. `talking`: both parties up.
 * `held`: we put the other on hold. `onHold`: the other put us on hold. `queued`: we wait in a queue.
 * `parked`: we sit in a parking lot. `conference`: we are in a conference room. `service`: an application (voicemail, echo).
 */
export const lineState = z.enum([
  'dialing',
  'ringing',
  'talking',
  'held',
  'onHold',
  'queued',
  'parked',
  'conference',
  'service',
]);
export type LineState = z.infer<typeof lineState>;

export const extensionCall = z.object({
  callId: z.string(),
  /** The extension's own leg. */
  uniqueid: z.string(),
  /** The other party's leg, the one that a transfer or park moves; null while there is none or several. */
  peer: z.string().nullable(),
  direction: z.enum(['in', 'out']),
  state: lineState,
  party,
  /** The queue the call came through, or waits in. */
  queue: z.string().nullable(),
  /** Start of ringing or dialing of this leg. */
  startedAt: isoTime,
  /** Both parties up since; null before the answer. */
  answeredAt: isoTime.nullable(),
  /** Start of the hold, queue wait or parking that `state` names; null in other states. */
  stateSince: isoTime.nullable(),
});
export type ExtensionCall = z.infer<typeof extensionCall>;

/**
 * Where a do-not-disturb, forwarding or presence value came from. `pbx`: AstDB (phone code, FreePBX, script). `fop2`: a
 * FOP2 event. `presence`: a CustomPresence phone. `dfks`: a phone's feature key. `timer`: its end had come.
 */
export const featureSource = z.enum(['panel', 'pbx', 'fop2', 'presence', 'dfks', 'timer']);
export type FeatureSource = z.infer<typeof featureSource>;

export const featureOrigin = z.object({
  source: featureSource,
  /** The panel user who set it; null when it did not come from the panel. */
  by: z.string().nullable(),
  /** When the panel learned of the present value; null when it was already so at the first read. */
  since: isoTime.nullable(),
});
export type FeatureOrigin = z.infer<typeof featureOrigin>;

export const dndRecord = featureOrigin.extend({
  on: z.boolean(),
  note: z.string().nullable(),
  /** The panel clears it then; null: open end. */
  until: isoTime.nullable(),
});
export type DndRecord = z.infer<typeof dndRecord>;

export const forwardKind = z.enum(['always', 'busy', 'noAnswer']);
export type ForwardKind = z.infer<typeof forwardKind>;

export const forwardRecord = z.object({
  /** Targets; null: not forwarded. */
  always: z.string().nullable(),
  busy: z.string().nullable(),
  noAnswer: z.string().nullable(),
  /** Rings before `noAnswer` forwards; null: as the PBX has it. */
  ringCount: z.number().int().nullable(),
  /** Where each present value came from; a kind that was never set has none. */
  origins: z.object({
    always: featureOrigin.optional(),
    busy: featureOrigin.optional(),
    noAnswer: featureOrigin.optional(),
  }),
});
export type ForwardRecord = z.infer<typeof forwardRecord>;

export const presenceState = z.enum(['not_set', 'unavailable', 'available', 'away', 'xa', 'chat', 'dnd']);
export type PresenceState = z.infer<typeof presenceState>;

export const presenceRecord = featureOrigin.extend({
  state: presenceState,
  /** What kind of that state, e.g. `lunch`; the administrator's list of states gives the words. */
  subtype: z.string(),
  message: z.string(),
  /** The panel takes it back then; null: open end. */
  until: isoTime.nullable(),
});
export type PresenceRecord = z.infer<typeof presenceRecord>;

export const featureKey = z.enum(['dnd', 'always', 'busy', 'noAnswer', 'presence']);
export type FeatureKey = z.infer<typeof featureKey>;

/** Where features are kept besides the panel itself. */
export const backendId = z.enum(['astdb', 'fop2', 'presence', 'dfks']);
export type BackendId = z.infer<typeof backendId>;

/** A change that a backend has not taken yet ("not yet on the phone"); `refused`: it will not be tried again by itself. */
export const unsynced = z.object({
  feature: featureKey,
  backend: backendId,
  kind: z.enum(['away', 'refused']),
  reason: z.string(),
});
export type Unsynced = z.infer<typeof unsynced>;

export const presenceColour = z.enum(['green', 'yellow', 'orange', 'red', 'purple', 'blue', 'teal', 'grey']);
export const presenceIcon = z.enum([
  'check',
  'clock',
  'utensils',
  'coffee',
  'users',
  'home',
  'car',
  'plane',
  'moon',
  'phone',
  'bell-off',
  'circle',
]);

/** One state a person can choose, as the administrator named it; found by `state` and `subtype`. */
export const presenceChoice = z.object({
  name: z.string(),
  colour: presenceColour,
  icon: presenceIcon,
  state: presenceState,
  subtype: z.string(),
});
export type PresenceChoice = z.infer<typeof presenceChoice>;

/** `limited`: it works, but not in full; `problem` says why in words. */
export const backendHealth = z.object({
  id: backendId,
  state: z.enum(['up', 'away', 'limited']),
  problem: z.string().nullable(),
  since: isoTime.nullable(),
});
export type BackendHealth = z.infer<typeof backendHealth>;

/** What people can set on this PBX, and where it goes. */
export const pbxFeatures = z.object({
  /** In the order in which they win; empty: everything is kept by the panel alone. */
  backends: z.array(backendHealth),
  presenceStates: z.array(presenceChoice),
});
export type PbxFeatures = z.infer<typeof pbxFeatures>;

export const pbxRecord = z.object({
  id: z.string(),
  name: z.string(),
  /** `syncing`: connected, first read under way. `down`: the rest of the state is as it was at `since`. */
  link: linkState,
  since: isoTime,
  /** e.g. `22.10.1`; null until it is known. */
  asteriskVersion: z.string().nullable(),
  /** Why the link is down, in words for a person; null while it is up. */
  problem: z.string().nullable(),
  /** True when this is the embedded demo PBX. */
  demo: z.boolean(),
  missing: z.array(missingFunction),
  features: pbxFeatures,
  /** The panic switch: who stopped all calls of the panel to the outside, and when; null: they run. */
  outsideStopped: z.object({ by: z.string(), since: isoTime }).nullable(),
});
export type PbxRecord = z.infer<typeof pbxRecord>;

/** Colours an administrator can give: each has a tone for light and for dark screens. */
export const buttonColour = presenceColour;
export type ButtonColour = z.infer<typeof buttonColour>;

/** `clid`: whom it speaks with outside is told to itself alone. `monitor`: nobody listens to it or records it. `all`: both. */
export const buttonPrivacy = z.enum(['none', 'clid', 'monitor', 'all']);

/** What an administrator may say of whatever stands on the panel. */
const configured = {
  /** Department, guessed or configured; null: none. */
  group: z.string().nullable(),
  tags: z.array(z.string()),
  colour: buttonColour.nullable(),
  /** Not to be shown; it is there all the same. */
  hidden: z.boolean(),
};

/**
 * The phone as it registered. `model`: its User-Agent; null: unknown. `answers`: whether it answers, holds and resumes when
 * the panel tells it to (`call.answer`, `call.hold`); `unknown` ones are tried, and the answer says when they did not.
 */
export const phoneRecord = z.object({ model: z.string().nullable(), answers: z.enum(['yes', 'no', 'unknown']) });
export type PhoneRecord = z.infer<typeof phoneRecord>;

export const extensionRecord = z.object({
  number: z.string(),
  /** A ring group has no phone of its own: it rings while its members do, if those are known. */
  kind: z.enum(['person', 'ringGroup']),
  name: z.string(),
  /** First device, e.g. `PJSIP/101`; empty when the extension has a hint without one. */
  device: z.string(),
  devices: z.array(z.string()),
  phone: phoneRecord,
  context: z.string(),
  mailbox: z.string().nullable(),
  ...configured,
  /** The mobile phone, outside; null: none, or not to be known. */
  external: z.string().nullable(),
  email: z.string().nullable(),
  privacy: buttonPrivacy,
  state: extensionState,
  dnd: dndRecord,
  forward: forwardRecord,
  presence: presenceRecord,
  /** What is not yet everywhere; empty when all agree. */
  unsynced: z.array(unsynced),
  voicemail: z.object({ new: z.number().int().nonnegative(), old: z.number().int().nonnegative() }),
  calls: z.array(extensionCall),
});
export type ExtensionRecord = z.infer<typeof extensionRecord>;

export const channelState = z.enum([
  'down',
  'reserved',
  'offHook',
  'dialing',
  'ring',
  'ringing',
  'up',
  'busy',
  'dialingOffHook',
  'preRing',
  'unknown',
]);
export type ChannelState = z.infer<typeof channelState>;

/** The base truth: equals what Asterisk lists, Local and helper channels excepted. */
export const channelRecord = z.object({
  uniqueid: z.string(),
  linkedid: z.string(),
  /** e.g. `PJSIP/101-00000003`. Names repeat after a restart: identity is `uniqueid`. */
  name: z.string(),
  state: channelState,
  /** Number of the extension whose phone this is; null for trunks and unknown devices. */
  extension: z.string().nullable(),
  bridgeId: z.string().nullable(),
});
export type ChannelRecord = z.infer<typeof channelRecord>;

export const callState = z.enum([
  'dialing',
  'ringing',
  'queued',
  'talking',
  'onHold',
  'parked',
  'conference',
  'service',
]);
export type CallState = z.infer<typeof callState>;

export const callRecord = z.object({
  /** The linkedid of its oldest leg. */
  id: z.string(),
  state: callState,
  /** Uniqueids of the real (not Local) legs, oldest first. */
  legs: z.array(z.string()),
  from: party,
  to: party,
  queue: z.string().nullable(),
  did: z.string().nullable(),
  createdAt: isoTime,
  answeredAt: isoTime.nullable(),
  heldSince: isoTime.nullable(),
  parkedSince: isoTime.nullable(),
  /** A leg of it is being recorded, by the panel or, where the PBX tells (Asterisk 16.17, 18.3), by whomever. */
  recording: z.boolean(),
});
export type CallRecord = z.infer<typeof callRecord>;

export const memberState = z.enum([
  'idle',
  'ringing',
  'inUse',
  'busy',
  'onHold',
  'ringInUse',
  'unavailable',
  'invalid',
  'unknown',
]);
export type MemberState = z.infer<typeof memberState>;

export const queueMember = z.object({
  interface: z.string(),
  /** The device whose state counts (StateInterface), e.g. `PJSIP/101`. */
  stateInterface: z.string(),
  /** Number of the extension behind it; null when none is known. */
  extension: z.string().nullable(),
  name: z.string(),
  state: memberState,
  paused: z.boolean(),
  pausedReason: z.string(),
  pausedSince: isoTime.nullable(),
  penalty: z.number().int(),
  callsTaken: z.number().int(),
  lastCall: isoTime.nullable(),
  /** Logged in at run time (`dynamic`) or in the configuration (`static`, `realtime`). */
  membership: z.string(),
  inCall: z.boolean(),
});
export type QueueMember = z.infer<typeof queueMember>;

export const queueCaller = z.object({
  uniqueid: z.string(),
  number: z.string(),
  name: z.string(),
  position: z.number().int(),
  waitingSince: isoTime,
});
export type QueueCaller = z.infer<typeof queueCaller>;

export const queueRecord = z.object({
  name: z.string(),
  /** Label for people; equals `name` unless configured. */
  label: z.string(),
  ...configured,
  strategy: z.string(),
  /** Since Asterisk last reset its counters. */
  completed: z.number().int(),
  abandoned: z.number().int(),
  /** Seconds; the service level's threshold. */
  serviceLevel: z.number().int(),
  /** Per cent of calls answered within `serviceLevel`. */
  serviceLevelPerf: z.number(),
  members: z.array(queueMember),
  callers: z.array(queueCaller),
});
export type QueueRecord = z.infer<typeof queueRecord>;

export const parkingSlot = z.object({
  space: z.string(),
  uniqueid: z.string(),
  number: z.string(),
  name: z.string(),
  /** Who parked the call: an extension number or a channel's dial string. */
  parkedBy: z.string(),
  parkedSince: isoTime,
  /** Seconds from `parkedSince` until the call returns; 0: never. */
  timeout: z.number().int(),
});
export type ParkingSlot = z.infer<typeof parkingSlot>;

export const parkingRecord = z.object({
  lot: z.string(),
  label: z.string(),
  ...configured,
  /** First and last space, e.g. `701`–`720`; empty when the lot is only known from its calls. */
  spaces: z.object({ first: z.string(), last: z.string() }).nullable(),
  slots: z.array(parkingSlot),
});
export type ParkingRecord = z.infer<typeof parkingRecord>;

export const participant = z.object({
  uniqueid: z.string(),
  number: z.string(),
  name: z.string(),
  extension: z.string().nullable(),
  muted: z.boolean(),
  talking: z.boolean(),
  admin: z.boolean(),
  marked: z.boolean(),
  joinedAt: isoTime,
});
export type Participant = z.infer<typeof participant>;

export const conferenceRecord = z.object({
  name: z.string(),
  label: z.string(),
  ...configured,
  kind: z.enum(['confbridge', 'meetme']),
  locked: z.boolean(),
  recording: z.boolean(),
  participants: z.array(participant),
});
export type ConferenceRecord = z.infer<typeof conferenceRecord>;

export const trunkState = z.enum(['registered', 'reachable', 'unreachable', 'rejected', 'unregistered', 'unknown']);
export type TrunkState = z.infer<typeof trunkState>;

export const trunkRecord = z.object({
  /** The device, e.g. `PJSIP/carrier`. */
  name: z.string(),
  label: z.string(),
  ...configured,
  state: trunkState,
  /** The calls on it. */
  channels: z.array(
    z.object({
      uniqueid: z.string(),
      callId: z.string(),
      direction: z.enum(['in', 'out']),
      state: channelState,
      party,
      startedAt: isoTime,
      answeredAt: isoTime.nullable(),
    }),
  ),
});
export type TrunkRecord = z.infer<typeof trunkRecord>;

/**
 * One transfer made with the panel, from the click until somebody talks to the caller.
 *
 *     attended: ringing ──▶ talking ⇄ swapped          blind, or completed before the answer: transferred
 *                  │           │         │                                                        │
 *                  ├───────────┴─────────┴─▶ (gone: completed, or cancelled and talking again)     ├─▶ (gone: answered)
 *                  └─▶ returning ──▶ returned ──▶ (gone: the operator has the caller) ◀────────────┘
 *
 * `ringing`: the operator's phone calls the target while the caller waits. `talking`: operator and target talk, the
 * caller waits. `swapped`: operator and caller talk, the target waits. `transferred`: on its way, not yet answered; can
 * be taken back. `returning`: the caller is being given back. `returned`: the caller rings at the operator again.
 */
export const transferState = z.enum(['ringing', 'talking', 'swapped', 'transferred', 'returning', 'returned']);
export type TransferState = z.infer<typeof transferState>;

export const transferRecord = z.object({
  id: z.string(),
  mode: z.enum(['attended', 'blind']),
  state: transferState,
  /** The caller's leg: what `call.transfer.complete`, `.swap` and `.cancel` are asked with. It may change while it moves. */
  uniqueid: z.string(),
  /** Who is transferred. */
  party,
  /** The operator's extension; null: a machine transferred it. */
  extension: z.string().nullable(),
  /** Name of the user. */
  by: z.string(),
  /** Where to. */
  to: party,
  /** The operator's own leg of the consultation, and the target's; null while there is none. */
  own: z.string().nullable(),
  target: z.string().nullable(),
  /** Why it comes back, in words, e.g. `Anna Berg (102) is busy`; null: it does not. */
  reason: z.string().nullable(),
  /** When it began, and when the present state did. */
  startedAt: isoTime,
  since: isoTime,
});
export type TransferRecord = z.infer<typeof transferRecord>;
