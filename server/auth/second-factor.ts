import { createHash, randomInt } from 'node:crypto';
import { generateSecret, generateURI, verifySync } from 'otplib';
import { SecretKeyError } from '../store/errors';
import type { Store } from '../store/store';
import type { StoredUser } from '../store/users';
import type { SessionEvents } from './session-events';

const stepSeconds = 30;
const recoveryCodes = 10;
/** No letters that are taken for digits: 32^16 = 2^80 codes. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

export interface SecondFactorDeps {
  readonly store: Store;
  readonly events: SessionEvents;
  readonly now: () => number;
  readonly log: { error(fields: object, message: string): void };
}

/** What is shown once to set an authenticator app up. */
export interface Enrolment {
  /** Base32. */
  readonly secret: string;
  /** `otpauth://totp/…`, for a QR code. */
  readonly uri: string;
}

export interface SecondFactorState {
  /** Null: none is on. */
  readonly since: Date | null;
  readonly recoveryLeft: number;
}

/** Codes of an authenticator app (TOTP, RFC 6238: SHA-1, 6 digits, 30 s, one step early or late), and recovery codes. */
export class SecondFactor {
  constructor(private readonly deps: SecondFactorDeps) {}

  async state(userId: string): Promise<SecondFactorState> {
    const kept = await this.deps.store.secondFactors.get(userId);
    return kept?.since ? { since: kept.since, recoveryLeft: kept.recoveryLeft } : { since: null, recoveryLeft: 0 };
  }

  /** A new secret that counts once `enable` has seen a code of it; null: a second factor is on already. */
  async begin(user: StoredUser, issuer: string): Promise<Enrolment | null> {
    const secret = generateSecret();
    const sealed = this.deps.store.secrets.seal(secret, contextOf(user.id));
    if (!(await this.deps.store.secondFactors.begin(user.id, sealed))) return null;
    return { secret, uri: generateURI({ issuer, label: user.username, secret }) };
  }

  /** Turns it on when `code` is right; answers the recovery codes, which are shown now and never again. */
  async enable(userId: string, code: string): Promise<readonly string[] | null> {
    const { store, events, now } = this.deps;
    const kept = await store.secondFactors.get(userId);
    if (!kept || kept.since !== null) return null;
    const step = this.stepOf(userId, kept.secret, digitsOf(code), null);
    if (step === null) return null;
    const codes = makeCodes();
    const on = await store.secondFactors.enable(userId, kept.secret, new Date(now()), step, codes.map(hashCode));
    if (!on) return null;
    await events.userChanged.tell(userId);
    return codes;
  }

  /** Whether it is the code of now, or a recovery code; either is used up by it. */
  async use(userId: string, code: string): Promise<'code' | 'recovery' | null> {
    const { secondFactors } = this.deps.store;
    const kept = await secondFactors.get(userId);
    if (!kept || kept.since === null) return null;
    const digits = digitsOf(code);
    if (!/^\d{6}$/.test(digits)) return (await secondFactors.spendRecovery(userId, hashCode(code))) ? 'recovery' : null;
    const step = this.stepOf(userId, kept.secret, digits, kept.step);
    if (step === null) return null;
    return (await secondFactors.spendStep(userId, step)) ? 'code' : null;
  }

  /** Null: no second factor is on. */
  async renewRecovery(userId: string): Promise<readonly string[] | null> {
    const codes = makeCodes();
    return (await this.deps.store.secondFactors.renewRecovery(userId, codes.map(hashCode))) ? codes : null;
  }

  /** False: there was none. */
  async remove(userId: string): Promise<boolean> {
    const was = await this.deps.store.secondFactors.remove(userId);
    if (was) await this.deps.events.userChanged.tell(userId);
    return was;
  }

  /** The 30-second step that this code is of, when it is newer than `after`. */
  private stepOf(userId: string, sealed: string, digits: string, after: number | null): number | null {
    if (!/^\d{6}$/.test(digits)) return null;
    try {
      const result = verifySync({
        secret: this.deps.store.secrets.open(sealed, contextOf(userId)),
        token: digits,
        epoch: Math.floor(this.deps.now() / 1000),
        epochTolerance: stepSeconds,
        ...(after === null ? {} : { afterTimeStep: after }),
      });
      return result.valid && 'timeStep' in result ? result.timeStep : null;
    } catch (error) {
      if (!(error instanceof SecretKeyError)) throw error;
      // Recovery codes still work, and an administrator can reset it.
      this.deps.log.error({ err: error, userId }, 'a second factor cannot be read');
      return null;
    }
  }
}

function contextOf(userId: string): string {
  return `second factor ${userId}`;
}

function makeCodes(): readonly string[] {
  return Array.from({ length: recoveryCodes }, () => {
    const letters = Array.from({ length: 16 }, () => alphabet[randomInt(alphabet.length)]).join('');
    return (letters.match(/.{4}/g) ?? []).join('-');
  });
}

function hashCode(code: string): string {
  return createHash('sha256')
    .update(code.toUpperCase().replace(/[^0-9A-Z]/g, ''))
    .digest('hex');
}

/** People type codes as their app shows them: `123 456`. */
function digitsOf(code: string): string {
  return code.replace(/[\s-]/g, '');
}
