import { z } from 'zod';

/** Every failure an API call or command can answer with, and its HTTP status. */
export const errorStatus = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  rateLimited: 429,
  internal: 500,
  pbxAway: 503,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** `{ok:false, error, message, field?}`: `message` is one sentence for a person, `field` the dotted path at fault. */
export const failure = z.object({
  ok: z.literal(false),
  error: z.enum(Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]]),
  message: z.string(),
  field: z.string().optional(),
});
export type Failure = z.infer<typeof failure>;
