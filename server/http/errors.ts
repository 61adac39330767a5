import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { WeakPasswordError } from '../auth/password-rules';
import { TooBusyError } from '../auth/passwords';
import { type ErrorCode, errorStatus, type Failure, failure } from '../protocol/errors';
import { BackupBusyError, BackupError, RestoreError } from '../store/backup-errors';
import { ConflictError, LastAdminError, NotFoundError, UsernameTakenError } from '../store/errors';
import { closedPolicy } from './csp';

/** Refuses a request in the words of the protocol; ports given to the HTTP app may throw it too. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly field?: string,
  ) {
    super(message);
  }
}

export function failed(error: ErrorCode, message: string, field?: string): Failure {
  return field === undefined ? { ok: false, error, message } : { ok: false, error, message, field };
}

/** What a thrown error means to the caller; null: a fault of ours, of which the caller learns nothing. */
export function failureOf(error: unknown): Failure | null {
  if (error instanceof RequestError) return failed(error.code, error.message, error.field);
  if (error instanceof BackupError || error instanceof BackupBusyError) return failed('conflict', sentence(error));
  if (error instanceof RestoreError) {
    return failed(error.refusal === 'busy' ? 'conflict' : 'invalid', error.message, error.field);
  }
  if (error instanceof ConflictError) return failed('conflict', sentence(error));
  // The field tells it from a conflict with another administrator's change.
  if (error instanceof LastAdminError) return failed('conflict', sentence(error), 'role');
  if (error instanceof UsernameTakenError) return failed('conflict', sentence(error), 'username');
  if (error instanceof NotFoundError) return failed('notFound', sentence(error));
  if (error instanceof WeakPasswordError) return failed('invalid', error.message, 'password');
  if (error instanceof TooBusyError) return failed('rateLimited', sentence(error));
  if (hasZodFastifySchemaValidationErrors(error)) return invalid(error.validation);
  const carried = failure.safeParse(error instanceof Error && 'failure' in error ? error.failure : null);
  if (carried.success) return carried.data;
  return ofFastify(error);
}

function sentence(error: Error): string {
  return `${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}.`;
}

function invalid(issues: readonly { instancePath: string; message?: string }[]): Failure {
  const issue = issues[0];
  const field = issue?.instancePath.replace(/^\//, '').replaceAll('/', '.');
  return failed('invalid', issue?.message ?? 'The request is not valid.', field || undefined);
}

/** Fastify's own refusals: bad JSON, a body too large, a wrong content type, too many requests. */
function ofFastify(error: unknown): Failure | null {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  if (typeof status !== 'number' || status < 400 || status >= 500) return null;
  const message = error instanceof Error ? error.message : '';
  if (status === 429) return failed('rateLimited', 'Too many requests: slow down a little.');
  if (status === 404) return failed('notFound', 'There is nothing here.');
  return failed('invalid', message || 'The request is not valid.');
}

export function sendFailure(reply: FastifyReply, answer: Failure): FastifyReply {
  return reply.code(errorStatus[answer.error]).type('application/json').serializer(JSON.stringify).send(answer);
}

/** An address that cannot be read is refused before any hook runs: the headers of other answers are set here. */
export function refuseAddress(_error: unknown, _request: FastifyRequest, reply: FastifyReply): void {
  reply.headers({
    'Content-Security-Policy': closedPolicy,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
  });
  sendFailure(reply, failed('invalid', 'This address cannot be read.'));
}

/** Every error leaves in the same shape; a fault of ours is logged with its stack and answered without. */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const known = failureOf(error);
    if (!known) request.log.error({ err: error, url: request.routeOptions.url }, 'a request failed');
    return sendFailure(reply, known ?? failed('internal', 'Something went wrong on the server. It has been logged.'));
  });
}
