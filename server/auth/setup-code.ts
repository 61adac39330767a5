import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import type { StoredUser, Users } from '../store/users';
import type { PasswordRules } from './password-rules';
import type { Passwords } from './passwords';

/** No letters that are taken for digits, none for others. 31^16 ≈ 2^79. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'.replace('O', '');
const tries = 20;
const windowMs = 60_000;

function randomCode(): string {
  const letters = Array.from({ length: 16 }, () => alphabet[randomInt(alphabet.length)]);
  return (letters.join('').match(/.{4}/g) ?? []).join('-');
}

function digest(code: string): Buffer {
  return createHash('sha256')
    .update(code.toUpperCase().replace(/[^0-9A-Z]/g, ''))
    .digest();
}

export type EnterResult = 'ok' | 'wrong' | 'tooMany';

/**
 * The one-time code of the first start. It exists only in this process's memory and in what was printed, signs in
 * once, and is void as soon as an administrator has a password.
 */
export class SetupCode {
  #digest: Buffer | null = null;
  #tries: number[] = [];

  constructor(
    private readonly users: Users,
    private readonly now: () => number,
  ) {}

  /** Whether nobody can administer the panel with a password yet. */
  async needed(): Promise<boolean> {
    return !(await this.users.hasUsableAdmin());
  }

  /** A new code, to be printed where the server runs; null when none is needed. An earlier one is void. */
  async issue(): Promise<string | null> {
    this.#digest = null;
    if (!(await this.needed())) return null;
    const code = randomCode();
    this.#digest = digest(code);
    return code;
  }

  /** Uses the code up when it is the right one. */
  async enter(code: string): Promise<EnterResult> {
    const expected = this.#digest;
    // Before the limit: 2^79 codes cannot be guessed, and the guesses of others must not keep its owner out.
    if (!expected || !timingSafeEqual(expected, digest(code))) return this.wrong();
    this.#digest = null;
    return (await this.needed()) ? 'ok' : 'wrong';
  }

  private wrong(): EnterResult {
    const now = this.now();
    this.#tries = this.#tries.filter((at) => now - at < windowMs);
    if (this.#tries.length >= tries) return 'tooMany';
    this.#tries.push(now);
    return 'wrong';
  }
}

/** The administrator the code signs in as: the first one, or a new `admin` without a password. */
export async function firstAdmin(users: Users): Promise<StoredUser> {
  const found = await users.firstAdmin();
  if (found) return found;
  const blocked = await users.byUsername('admin');
  if (blocked) return users.update(blocked.id, { role: 'admin', disabled: false });
  return users.create({ username: 'admin', name: 'Administrator', role: 'admin', extension: null, passwordHash: null });
}

/**
 * ADMIN_PASSWORD: gives the first administrator a password when nobody has one yet. True when it did. Throws
 * WeakPasswordError.
 */
export async function setFirstPassword(
  users: Users,
  passwords: Passwords,
  rules: PasswordRules,
  password: string,
): Promise<boolean> {
  if (await users.hasUsableAdmin()) return false;
  rules.check(password, { username: 'admin', name: 'Administrator' }, 'ADMIN_PASSWORD');
  const admin = await firstAdmin(users);
  await users.update(admin.id, { passwordHash: await passwords.hash(password) });
  return true;
}
