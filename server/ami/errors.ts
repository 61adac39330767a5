import type { LinkFailure } from './types';

/** Every failure of this room; `code` is stable and safe to show, the message never contains the secret. */
export abstract class AmiError extends Error {
  abstract readonly code: string;
  override get name(): string {
    return this.constructor.name;
  }
}

/** Asterisk answered `Response: Error`; `message` is Asterisk's own wording ("No such channel", "Permission denied"). */
export class AmiRefusedError extends AmiError {
  readonly code = 'amiRefused';
  constructor(
    readonly action: string,
    readonly reason: string,
  ) {
    super(reason === '' ? `Asterisk refused ${action}` : reason);
  }
}

/** No answer within the time given; the action may still have been carried out. */
export class AmiTimeoutError extends AmiError {
  readonly code = 'amiTimeout';
  constructor(
    readonly action: string,
    readonly timeoutMs: number,
  ) {
    super(`Asterisk did not answer ${action} within ${timeoutMs} ms`);
  }
}

/** The link is not ready; nothing was sent. */
export class AmiNotConnectedError extends AmiError {
  readonly code = 'amiNotConnected';
  constructor(readonly action: string) {
    super(`No link to Asterisk: ${action} was not sent`);
  }
}

/** The link broke after the action was sent and before its answer came; it is unknown whether it was carried out. */
export class AmiLinkLostError extends AmiError {
  readonly code = 'amiLinkLost';
  constructor(
    readonly action: string,
    readonly failure: LinkFailure,
  ) {
    super(`The link to Asterisk was lost before ${action} was answered`);
  }
}

/** A field that Asterisk would misread; nothing was sent. `field` is the header's name, escaped for display. */
export class AmiFieldError extends AmiError {
  readonly code = 'amiField';
  constructor(
    readonly field: string,
    readonly problem: string,
  ) {
    super(`${field}: ${problem}`);
  }
}

/** The caller's AbortSignal fired; an action already sent may still be carried out. */
export class AmiAbortedError extends AmiError {
  readonly code = 'amiAborted';
  constructor(readonly action: string) {
    super(`${action} was abandoned by its caller`);
  }
}

/** A list answered more items than its reader took; the list is given up rather than held in memory. */
export class AmiListOverflowError extends AmiError {
  readonly code = 'amiListOverflow';
  constructor(
    readonly action: string,
    readonly limit: number,
  ) {
    super(`${action} brought more than ${limit} unread items`);
  }
}

/** The address of the PBX is not usable; the message never repeats the address, it may hold the secret. */
export class AmiUrlError extends AmiError {
  readonly code = 'amiUrl';
}

/** The connection could not be made or ended; `kind` says why. */
export class AmiLinkError extends AmiError {
  readonly code = 'amiLink';
  constructor(
    readonly kind: LinkFailure,
    message: string,
  ) {
    super(message);
  }
}
