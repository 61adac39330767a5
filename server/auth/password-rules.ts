import { dictionary } from '@zxcvbn-ts/language-common';
import { defaultPasswords, type PasswordSettings, passwordSettings, type SavedPasswords } from '../protocol/passwords';
import { SavedSettings } from '../store/saved-settings';
import type { Store } from '../store/store';

/** A password that is no good; the message says why. */
export class WeakPasswordError extends Error {
  override readonly name = 'WeakPasswordError';
}

/** Whose password it is to be. */
export interface PasswordOwner {
  readonly username: string;
  readonly name?: string;
  readonly email?: string | null;
  readonly extension?: string | null;
}

export interface PasswordRulesDeps {
  readonly settings: Pick<Store['settings'], 'get' | 'put'>;
  readonly log: { error(fields: object, message: string): void };
}

/** What a chosen password has to be, wherever it is chosen: long, and not what everybody tries first. */
export class PasswordRules {
  /** What people here think of first, such as the name of the company. */
  ownWords: () => readonly string[] = () => [];
  readonly #saved: SavedSettings<PasswordSettings>;

  constructor(deps: PasswordRulesDeps) {
    this.#saved = new SavedSettings({
      settings: deps.settings,
      key: 'passwords',
      initial: defaultPasswords,
      read(saved) {
        const { error, data } = passwordSettings.safeParse(saved);
        if (error) deps.log.error({ err: error }, 'the saved rules of passwords cannot be read: the defaults hold');
        return data ?? defaultPasswords;
      },
    });
  }

  load(): Promise<void> {
    return this.#saved.load();
  }

  get(): SavedPasswords {
    return this.#saved.get();
  }

  /** Throws ConflictError when somebody else saved in the meantime. */
  save(edited: SavedPasswords): Promise<SavedPasswords> {
    return this.#saved.save(edited);
  }

  /** `whence`: where it stands, for who sees the error elsewhere. Throws WeakPasswordError. */
  check(password: string, owner: PasswordOwner, whence?: string): void {
    const own = [owner.username, owner.name, owner.email, owner.extension, ...this.ownWords()];
    const problem = whyWeak(password, this.get().settings.minLength, own.filter(isText));
    if (problem !== null) throw new WeakPasswordError(whence === undefined ? problem : `${whence}: ${problem}`);
  }
}

function isText(value: string | null | undefined): value is string {
  return typeof value === 'string';
}

const product = ['cordboard', 'asterisk', 'freepbx', 'issabel', 'operator', 'telephone'];
/** So much must be left of a password without what anybody would guess. */
const leastUnguessed = 6;

/** Why this password is no good, as a sentence; null: it is good. `own`: words that belong to this user or this place. */
export function whyWeak(password: string, minLength: number, own: readonly string[]): string | null {
  const typed = password.normalize('NFKC');
  if ([...typed].length < minLength)
    return `Use at least ${minLength} characters: a few words that do not belong together.`;
  const plain = typed.toLowerCase();
  if (isBreached(plain)) {
    return 'This password is on the lists that attackers try first. Choose another one.';
  }
  if (unrepeated(plain).length < leastUnguessed) {
    return 'This is mostly repetition or keys in a row. Use a few words that do not belong together.';
  }
  const words = own.flatMap(partsOf).concat(product);
  if (unrepeated(without(plain, words)).length < leastUnguessed) {
    return 'This is mostly a name that anybody here could guess. Add words that have nothing to do with it.';
  }
  return null;
}

/** `Bea Ito` is tried as `beaito` as well. */
function partsOf(words: string): string[] {
  const parts = words.split(/[^\p{L}\p{N}]+/u);
  return [words, parts.join(''), ...parts];
}

let breached: ReadonlySet<string> | null = null;

/** As it stands, or with the usual letters for digits and a few digits and signs put around. */
function isBreached(plain: string): boolean {
  breached ??= new Set(dictionary.passwords.map(String));
  const core = plain.replace(/^[^\p{L}]{1,6}|[^\p{L}]{1,6}$/gu, '');
  const forms = [plain, plain.replace(/\s/g, ''), core, unleet(plain), unleet(core)];
  const list = breached;
  return forms.some((form) => form.length > 3 && list.has(form));
}

const leet: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
};

function unleet(text: string): string {
  return text.replace(/[013457@$]/g, (sign) => leet[sign] ?? sign);
}

/** Without these words, the longest first; short ones are left, for they are in everything. */
function without(plain: string, words: readonly string[]): string {
  const known = [...new Set(words.map((word) => word.toLowerCase()))].filter((word) => word.length > 3);
  known.sort((one, other) => other.length - one.length);
  return known.reduce((rest, word) => rest.replaceAll(word, ''), plain);
}

const rows = [
  '1234567890',
  'qwertyuiop',
  'qwertzuiop',
  'azertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'yxcvbnm',
  'abcdefghijklmnopqrstuvwxyz',
];
const chains = rows.flatMap((row) => [row, [...row].reverse().join('')]);

/** What is said again counts once, of keys in a row the first two. */
function unrepeated(plain: string): string {
  const once = [...plain.replace(/(.{1,12}?)\1+/gu, '$1')];
  let row = 1;
  const kept = once.filter((letter, at) => {
    const pair = (once[at - 1] ?? '') + letter;
    row = at > 0 && chains.some((chain) => chain.includes(pair)) ? row + 1 : 1;
    return row < 3;
  });
  return kept.join('');
}
