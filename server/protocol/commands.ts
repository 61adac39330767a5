import { z } from 'zod';
import { callCommands } from './call-commands';
import type { Failure } from './errors';
import { extensionNumber } from './extension-number';
import type { Permission } from './permissions';
import { forwardKind, presenceState } from './records';

/**
 * The catalogue of what an operator can do: one schema and permission per command, the same over Socket.IO, REST
 * (`POST /api/v1/commands/{name}`) and in the browser.
 */

/** Text that people read; a control character would forge a line of the PBX's protocol. */
const words = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^[^\p{Cc}]*$/u, 'must be one line');

/** Bytes of UTF-8 in base64 have to fit into one line of the PBX's protocol (1,024 bytes) beside the rest. */
export const longestMessage = 160;

/** When it ends by itself; ISO 8601 with a zone. */
const until = z.iso.datetime({ offset: true });

const dnd = {
  on: z.boolean(),
  /** Shown with the state, at most 120 characters. */
  note: words(120).optional(),
  until: until.optional(),
};

const presence = {
  state: presenceState,
  /** Which of the administrator's states with that `state`; empty: none in particular. */
  subtype: words(40).optional(),
  message: words(longestMessage).optional(),
  until: until.optional(),
};

const dndCommand = z
  .strictObject({ extension: extensionNumber, ...dnd })
  .describe('Set or clear do-not-disturb of an extension');

const forwardCommand = z
  .strictObject({
    extension: extensionNumber,
    kind: forwardKind,
    /** Null: do not forward. */
    to: extensionNumber.nullable(),
    /** Rings before `noAnswer` forwards. */
    ringCount: z.number().int().min(1).max(60).optional(),
  })
  .describe('Forward the calls of an extension, or stop it');

const presenceCommand = z
  .strictObject({ extension: extensionNumber, ...presence })
  .describe('Set the presence of an extension');

const setCommand = z
  .strictObject({
    extensions: z.array(extensionNumber).min(1).max(500),
    dnd: z.strictObject(dnd).optional(),
    presence: z.strictObject(presence).optional(),
  })
  .refine((params) => (params.dnd === undefined) !== (params.presence === undefined), {
    message: 'give either dnd or presence',
    path: ['dnd'],
  })
  .describe('Set do-not-disturb or presence of several extensions; the answer names what can be undone');

const undoCommand = z
  .strictObject({ change: z.string().min(1).max(64) })
  .describe('Take back what extensions.set did, where nothing newer came, for some seconds');

const outsideCommand = z
  .strictObject({ on: z.boolean() })
  .describe('Stop all calls of the panel to the outside, emergency numbers excepted, or let them run again');

/** `own`: enough where the target is the actor's own extension. */
interface CatalogueEntry {
  readonly params: z.ZodType;
  readonly permission: Permission;
  readonly own?: Permission;
}

export const commands = {
  'extension.dnd': { params: dndCommand, permission: 'dnd', own: 'dndself' },
  'extension.forward': { params: forwardCommand, permission: 'forward', own: 'forwardself' },
  'extension.presence': { params: presenceCommand, permission: 'presence', own: 'presenceself' },
  /** Needs `dnd` or `presence`, by what is set. */
  'extensions.set': { params: setCommand, permission: 'dnd' },
  'extensions.undo': { params: undoCommand, permission: 'dnd' },
  'outside.stop': { params: outsideCommand, permission: 'admin' },
  ...callCommands,
} as const satisfies Record<string, CatalogueEntry>;

export type CommandName = keyof typeof commands;
export type CommandParams<N extends CommandName> = z.infer<(typeof commands)[N]['params']>;

/** What became of one extension of several. */
export const bulkResult = z.object({ extension: z.string(), ok: z.boolean(), message: z.string().optional() });
export type BulkResult = z.infer<typeof bulkResult>;

/** What a command adds to `{ok: true}`. */
export const commandData = z.object({
  /** Done, but not everywhere yet: in words. */
  warning: z.string().optional(),
  /** `extensions.set`: give this to `extensions.undo` before `undoUntil`. */
  change: z.string().optional(),
  undoUntil: z.iso.datetime().optional(),
  results: z.array(bulkResult).optional(),
  /** The new leg, where the command makes a phone ring; its events follow. */
  uniqueid: z.string().optional(),
  /** `call.record`: the file, below the PBX's folder for recordings. */
  file: z.string().optional(),
});
export type CommandData = z.infer<typeof commandData>;

export type CommandResult = ({ readonly ok: true } & CommandData) | Failure;
