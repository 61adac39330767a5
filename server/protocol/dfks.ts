import { z } from 'zod';
import { failure } from './errors';

/**
 * What OpenSIPS (module presence_dfks, Device Feature Key Synchronization) and the panel say to each other. The module keeps
 * no state: its script asks the panel (`GET /api/dfks/:user/:feature`) and tells it of pressed keys (`POST`).
 */

/** One feature as a phone shall show it. `assigned` 0: the feature is not offered, and nothing else is said. */
export const dfksTruth = z.object({
  assigned: z.literal([0, 1]),
  status: z.literal([0, 1]).optional(),
  /** A number as one would dial it; forwardings that are on. */
  forwardTo: z.string().optional(),
  /** Rings before the no-answer forwarding, where they are known. */
  ringCount: z.number().int().optional(),
});
export type DfksTruth = z.infer<typeof dfksTruth>;

/** `dfksTruth` beside a refusal: the script shows the phone what holds instead. */
export const dfksRefusal = failure.extend(dfksTruth.partial().shape);
export type DfksRefusal = z.infer<typeof dfksRefusal>;

/** Our own mark in `route_param` of `dfks_set_feature`: the change that comes back with it is our own. */
export const dfksEcho = 'panel';

/** Body of the POST. The script's JSON carries a missing value as null or an empty text, and numbers as text. */
export const dfksChange = z.object({
  status: z.literal([0, 1], { error: 'must be 0 or 1' }),
  /** A number, `tel:` or `sip:` URI. */
  forwardTo: z.string({ error: 'must be text' }).max(200, 'is too long').nullish(),
  ringCount: z
    .union([z.number().int().min(1).max(60), z.string().regex(/^(?:0?[1-9]|[1-5][0-9]|60)?$/)], {
      error: 'must be 1 to 60 rings',
    })
    .nullish(),
  /** `route_param` of the MI command that caused it; a phone's key has none. */
  param: z.string({ error: 'must be text' }).max(100, 'is too long').nullish(),
});
export type DfksChange = z.infer<typeof dfksChange>;

/** What the MI of OpenSIPS answers (JSON-RPC 2.0); a request it could not read has no id. */
export const miAnswer = z.union([
  z.object({ id: z.number().nullish(), error: z.object({ code: z.number(), message: z.string() }) }),
  z.object({ id: z.number(), result: z.json() }),
]);
export type MiAnswer = z.infer<typeof miAnswer>;
