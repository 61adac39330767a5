import { createHmac } from 'node:crypto';

/**
 * Replaces numbers and names so that nobody is known by them, and the same one is still the same within one bundle. `salt`:
 * random bytes, made for this bundle and kept nowhere.
 */
export class Disguise {
  readonly #known = new Map<string, string>();

  constructor(private readonly salt: Buffer) {}

  /** `number-3f9a1c`; what is empty stays empty. */
  number(value: string): string {
    return this.#as('number', value);
  }

  name(value: string): string {
    return this.#as('name', value);
  }

  address(value: string): string {
    return this.#as('address', value);
  }

  /** What of a text is a number, an address of the network or of mail, or a known name. */
  text(value: string, names: readonly string[] = []): string {
    let text = value;
    for (const name of names) if (name.length >= 3) text = text.replaceAll(name, () => this.name(name));
    return text
      .replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, (found) => this.address(found))
      .replace(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, (found) => this.address(found))
      .replace(/(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{1,4}\b/gi, (found) => this.address(found))
      .replace(/\+?\d(?:[ ()/-]{0,2}\d){2,}/g, (found) => this.number(found));
  }

  #as(kind: string, value: string): string {
    if (value === '') return '';
    const key = `${kind} ${value}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    // Letters alone: a number made of digits would be disguised once more.
    const hash = createHmac('sha256', this.salt).update(key).digest();
    const word = [...hash.subarray(0, 8)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('');
    this.#known.set(key, `${kind}-${word}`);
    return `${kind}-${word}`;
  }
}

/** Names of fields whose value is a secret, whatever it is. */
const secretName =
  /secret|passw|passphrase|token|cookie|authorization|credential|private|fingerprint|hash|recovery|totp|salt|^key$|apikey|^ca$|bind(dn)?$/i;
/** What looks like a secret wherever it stands: sealed values, tokens, long runs of random letters. */
const secretValue =
  /\bv1\.[0-9a-f]{8}\.[\w-]+\.[\w-]+|\b\w{2,4}_[A-Za-z0-9_-]{20,}|\$argon2\S+|-----BEGIN[\s\S]+?-----END [A-Z ]+-----|\b[A-Za-z0-9+/_-]{32,}={0,2}/g;

export const removed = '[removed]';

export interface CleanOptions {
  /** Null: numbers and names stay as they are. */
  readonly disguise: Disguise | null;
  readonly names: readonly string[];
}

/** A value of JSON without secrets, and where it is wished without numbers, names and addresses. */
export function clean(value: unknown, options: CleanOptions): unknown {
  if (typeof value === 'string') return cleanText(value, options);
  if (Array.isArray(value)) return value.map((one) => clean(one, options));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const isSecret =
        secretName.test(name) && typeof inner !== 'boolean' && typeof inner !== 'number' && inner !== null;
      return [cleanText(name, options), isSecret ? removed : clean(inner, options)];
    }),
  );
}

const moment = /(\d{4}-\d\d-\d\dT[\d:.]+Z?)/;

export function cleanText(text: string, { disguise, names }: CleanOptions): string {
  const open = text.replace(secretValue, removed);
  if (disguise === null) return open;
  // A moment is no telephone number.
  const parts = open.split(moment);
  return parts.map((part, at) => (at % 2 === 1 ? part : disguise.text(part, names))).join('');
}
