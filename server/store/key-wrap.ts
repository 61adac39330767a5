import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type Algorithm, hashRaw } from '@node-rs/argon2';
import { z } from 'zod';

/** The key of a database, locked with a passphrase: argon2id, then AES-256-GCM. All bytes base64url. */
export const wrappedKey = z.strictObject({
  v: z.literal(1),
  /** Argon2id: KiB of memory, passes, lanes. */
  memory: z.number().int().min(8_192).max(1_048_576),
  passes: z.number().int().min(1).max(10),
  lanes: z.number().int().min(1).max(4),
  salt: z.string().regex(/^[\w-]{22}$/),
  iv: z.string().regex(/^[\w-]{16}$/),
  /** The key and the tag. */
  body: z.string().regex(/^[\w-]{64}$/),
});
export type WrappedKey = z.infer<typeof wrappedKey>;

const cost = { memory: 65_536, passes: 3, lanes: 1 } as const;
const context = Buffer.from('cordboard backup key v1');

/** Takes about a fifth of a second and 64 MiB, in another thread. */
export async function wrapKey(key: Buffer, passphrase: string): Promise<WrappedKey> {
  const salt = randomBytes(16);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', await stretch(passphrase, salt, cost), iv);
  cipher.setAAD(context);
  const body = Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()]);
  const text = (bytes: Buffer): string => bytes.toString('base64url');
  return { v: 1, ...cost, salt: text(salt), iv: text(iv), body: text(body) };
}

/** Null: this is not the passphrase, or the wrapped key is damaged. */
export async function unwrapKey(wrapped: WrappedKey, passphrase: string): Promise<Buffer | null> {
  const bytes = Buffer.from(wrapped.body, 'base64url');
  const key = await stretch(passphrase, Buffer.from(wrapped.salt, 'base64url'), wrapped);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(wrapped.iv, 'base64url'), { authTagLength: 16 });
    decipher.setAAD(context);
    decipher.setAuthTag(bytes.subarray(-16));
    return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]);
  } catch {
    return null;
  }
}

function stretch(
  passphrase: string,
  salt: Buffer,
  { memory, passes, lanes }: Pick<WrappedKey, 'memory' | 'passes' | 'lanes'>,
): Promise<Buffer> {
  return hashRaw(passphrase.normalize('NFKC'), {
    algorithm: 2 satisfies Algorithm.Argon2id,
    memoryCost: memory,
    timeCost: passes,
    parallelism: lanes,
    outputLen: 32,
    salt,
  });
}
