import { z } from 'zod';
import { extensionNumber } from './extension-number';

/**
 * What is done to calls, queues and rooms; part of the catalogue (commands.ts). A leg is always named by its Uniqueid:
 * names repeat after a restart of the PBX, and a pattern would match several.
 */

/** `[systemname-]1795253047.12`, or an id that whoever originated the call chose. */
export const uniqueid = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._;-]{0,149}$/, 'must be a uniqueid');

/** Name of a queue, parking lot or conference room. */
const roomName = z.string().regex(/^[A-Za-z0-9_.+-]{1,80}$/, 'must be a name');

/** A number to call, of the house or outside. */
export const dialable = z.string().regex(/^(?:\+?[0-9*#]{1,40}|[A-Za-z0-9][A-Za-z0-9._-]{0,39})$/, 'must be a number');

const reason = z
  .string()
  .trim()
  .max(60)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must be one line');

/** Wrap-up note; lines are kept. */
const note = z
  .string()
  .trim()
  .max(2_000)
  .regex(/^(?:[^\p{Cc}]|\n)*$/u, 'must be text');

/** The PBX plays them one after the other and does nothing else meanwhile. */
const digits = z.string().regex(/^[0-9A-D*#]{1,20}$/, 'must be up to 20 digits, stars, hashes or A to D');

const penalty = z.number().int().min(0).max(1_000);
const leg = { uniqueid };
const extension = extensionNumber;
const member = { queue: roomName, extension };
const room = { conference: roomName };

const legCommands = {
  'call.dial': {
    params: z
      .strictObject({ extension, to: dialable })
      .describe('Call a number: the phone of the extension rings first'),
    permission: 'dial',
  },
  'call.hangup': {
    params: z.strictObject(leg).describe('Hang up one leg of a call'),
    permission: 'hangup',
    own: 'hangupself',
  },
  /** `external`, or a number outside whatever the mode, needs `transferexternal` instead. */
  'call.transfer': {
    params: z
      .strictObject({ ...leg, to: dialable, mode: z.enum(['blind', 'attended', 'voicemail', 'external']) })
      .describe('Send this leg of a call to a number, or to the mailbox of an extension; attended: ask there first'),
    permission: 'transfer',
  },
  'call.transfer.complete': {
    params: z.strictObject(leg).describe('Connect the caller with the one who was asked, or who still rings'),
    permission: 'transfer',
  },
  'call.transfer.swap': {
    params: z.strictObject(leg).describe('Talk to the other one of the two, while the first waits'),
    permission: 'transfer',
  },
  'call.transfer.cancel': {
    params: z.strictObject(leg).describe('Take the caller back, whatever became of the transfer'),
    permission: 'transfer',
  },
  'call.answer': {
    params: z.strictObject({ ...leg, extension }).describe('Let the phone answer (SIP NOTIFY talk), where it obeys'),
    permission: 'dial',
  },
  'call.hold': {
    params: z
      .strictObject({ ...leg, extension, on: z.boolean().default(true) })
      .describe('Let the phone hold a call or resume it (SIP NOTIFY hold, talk), where it obeys'),
    permission: 'dial',
  },
  'call.note': {
    params: z
      .strictObject({ call: z.string().min(1).max(150), text: note })
      .describe('Write a note on a call, running or over; empty: remove it'),
    permission: 'callhistory',
  },
  'call.pickup': {
    params: z
      .strictObject({ ...leg, extension })
      .describe('Take a call that rings elsewhere, by the leg of the ringing phone or of its caller'),
    permission: 'pickup',
  },
  'call.park': {
    params: z.strictObject({ ...leg, lot: roomName.optional() }).describe('Park this leg of a call'),
    permission: 'park',
  },
  'call.retrieve': {
    params: z
      .strictObject({ lot: roomName, space: z.string().regex(/^[0-9]{1,20}$/, 'must be a parking space'), extension })
      .describe('Connect the phone of an extension with a parked call'),
    permission: 'park',
  },
  'call.dtmf': {
    params: z.strictObject({ ...leg, digits }).describe('Play digits to this leg of a call'),
    permission: 'dial',
  },
  'call.listen': {
    params: z
      .strictObject({ ...leg, extension, mode: z.enum(['listen', 'whisper', 'barge']) })
      .describe('Let an extension hear this leg of a call, speak to it alone, or speak to both'),
    permission: 'spy',
  },
  'call.record': {
    params: z.strictObject({ ...leg, on: z.boolean() }).describe('Record a call, or end the recording'),
    permission: 'record',
    own: 'recordself',
  },
} as const;

const queueCommands = {
  'queue.add': {
    params: z.strictObject({ ...member, penalty: penalty.optional() }).describe('Log an extension in to a queue'),
    permission: 'queuemanager',
    own: 'queueagent',
  },
  'queue.remove': {
    params: z.strictObject(member).describe('Log an extension out of a queue'),
    permission: 'queuemanager',
    own: 'queueagent',
  },
  'queue.pause': {
    params: z
      .strictObject({ ...member, on: z.boolean(), reason: reason.optional() })
      .describe('Pause an extension in a queue, or end its pause'),
    permission: 'queuemanager',
    own: 'queueagent',
  },
  'queue.penalty': {
    params: z.strictObject({ ...member, penalty }).describe('Set the penalty of an extension in a queue'),
    permission: 'queuemanager',
    own: 'queueagent',
  },
  'queue.take': {
    params: z
      .strictObject({ ...leg, extension })
      .describe('Send a caller who waits in a queue to the phone of an extension'),
    permission: 'pickup',
  },
} as const;

const conferenceCommands = {
  'conference.create': {
    params: z
      .strictObject({ ...room, uniqueids: z.array(uniqueid).min(1).max(10) })
      .describe('Bring the legs of one call or two into a conference together'),
    permission: 'conference',
  },
  'conference.end': {
    params: z.strictObject(room).describe('Send everybody away from a conference'),
    permission: 'conference',
  },
  'conference.invite': {
    params: z
      .strictObject({ ...room, extension: dialable })
      .describe('Call an extension, or a number outside, into a conference'),
    permission: 'conference',
  },
  'conference.mute': {
    params: z.strictObject({ ...room, ...leg, on: z.boolean() }).describe('Mute a participant, or end it'),
    permission: 'conference',
  },
  'conference.kick': {
    params: z.strictObject({ ...room, ...leg }).describe('Remove a participant from a conference'),
    permission: 'conference',
  },
  'conference.lock': {
    params: z.strictObject({ ...room, on: z.boolean() }).describe('Lock a conference to newcomers, or open it'),
    permission: 'conference',
  },
} as const;

export const callCommands = { ...legCommands, ...queueCommands, ...conferenceCommands } as const;
