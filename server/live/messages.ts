import { z } from 'zod';
import { layout } from '../protocol/layout';

/** What browsers send, as it is believed after parsing (protocol/socket.ts). */
export const helloMessage = z.object({
  version: z.number().int(),
  have: z.object({ epoch: z.string().max(80), seq: z.number().int().nonnegative() }).optional(),
});

/** The name is checked by the catalogue, so that an unknown one is `notFound` here as over HTTP. */
export const commandMessage = z.object({ name: z.string().max(64), params: z.unknown() });

export const layoutMessage = z.object({ version: z.number().int().nonnegative(), layout });
