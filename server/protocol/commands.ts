import { z } from 'zod';
import type { Failure } from './errors';
import type { Permission } from './permissions';

/**
 * The catalogue of what an operator can do: one schema and permission per command, the same over Socket.IO, REST
 * (`POST /api/v1/commands/{name}`) and in the browser.
 */

/** A dialable extension number: digits, star, hash, letters of a SIP user part; never a separator of the dialplan. */
export const extensionNumber = z.string().regex(/^[0-9A-Za-z*#+._-]{1,40}$/, 'must be an extension number');

const dndCommand = z
  .strictObject({
    extension: extensionNumber,
    on: z.boolean(),
    /** Shown with the state, at most 120 characters. */
    note: z.string().trim().max(120).optional(),
  })
  .describe('Set or clear do-not-disturb of an extension');

export const commands = {
  'extension.dnd': { params: dndCommand, permission: 'dnd' },
} as const satisfies Record<string, { params: z.ZodType; permission: Permission }>;

export type CommandName = keyof typeof commands;
export type CommandParams<N extends CommandName> = z.infer<(typeof commands)[N]['params']>;

export type CommandResult = { readonly ok: true } | Failure;
