import type { ErrorCode, Failure } from '../protocol/errors';

export function fail(error: ErrorCode, message: string, field?: string): Failure {
  return field === undefined ? { ok: false, error, message } : { ok: false, error, message, field };
}

/** Said at once when there is no PBX to act on: nothing is queued for later. */
export const pbxAway = fail('pbxAway', 'The PBX is not connected; nothing was changed.');

/** Thrown by a handler to refuse in words: `failure` is the answer as it goes out. */
export class CommandRefusedError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message);
    this.name = 'CommandRefusedError';
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

/**
 * The failure a thrown error stands for; null: a fault of ours, to be logged and answered as `internal`. AMI errors
 * (server/ami/errors.ts) are told by their stable `code`.
 */
export function classify(error: unknown): Failure | null {
  if (error instanceof CommandRefusedError) return error.failure;
  const message = error instanceof Error ? error.message : '';
  switch (codeOf(error)) {
    case 'amiRefused':
      return fail('conflict', `The PBX refused: ${message}`);
    case 'amiNotConnected':
      return pbxAway;
    case 'amiTimeout':
      return fail('pbxAway', 'The PBX did not answer in time; it is unknown whether it did what was asked.');
    case 'amiLinkLost':
    case 'amiAborted':
      return fail('pbxAway', 'The link to the PBX was lost; it is unknown whether it did what was asked.');
    case 'amiField':
      return fail('invalid', `The PBX cannot take this value: ${message}`);
    default:
      return null;
  }
}
