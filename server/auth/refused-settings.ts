import type { Failure } from '../protocol/errors';

/** Settings that cannot be saved or tried as they are; the HTTP app answers it as `invalid`, at this field. */
export class RefusedSettingsError extends Error {
  override readonly name = 'RefusedSettingsError';
  readonly failure: Failure;

  constructor(message: string, field: string) {
    super(message);
    this.failure = { ok: false, error: 'invalid', message, field };
  }
}
