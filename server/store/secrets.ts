import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { chmodSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SecretKeyError } from './errors';
import { privateDirectory } from './files';

/** Seals secrets at rest: AES-256-GCM; `context` (where the value belongs) is authenticated with it. */
export interface SecretBox {
  seal(plain: string, context: string): string;
  /** Throws SecretKeyError when the value was sealed with another key, moved or damaged. */
  open(sealed: string, context: string): string;
}

const prefix = 'v1';

/** By which a sealed value says what it was sealed with; the key cannot be made of it. */
export function keyIdOf(key: Buffer): string {
  return createHash('sha256').update('cordboard key id').update(key).digest('hex').slice(0, 8);
}

export function createSecretBox(key: Buffer): SecretBox {
  if (key.length !== 32) throw new SecretKeyError('the key must have 32 bytes');
  const keyId = keyIdOf(key);
  return {
    seal(plain, context) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      cipher.setAAD(Buffer.from(context));
      const bytes = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return [prefix, keyId, iv.toString('base64url'), bytes.toString('base64url')].join('.');
    },
    open(sealed, context) {
      const [version, sealedWith, iv, body] = sealed.split('.');
      if (version !== prefix || !iv || !body) throw new SecretKeyError('a saved secret is damaged: enter it again');
      if (sealedWith !== keyId) {
        throw new SecretKeyError(
          'a saved secret was sealed with another key: restore the key file that belongs to this database, or enter the secret again',
        );
      }
      return unseal(key, Buffer.from(iv, 'base64url'), Buffer.from(body, 'base64url'), context);
    },
  };
}

function unseal(key: Buffer, iv: Buffer, body: Buffer, context: string): string {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 });
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(body.subarray(-16));
    return Buffer.concat([decipher.update(body.subarray(0, -16)), decipher.final()]).toString('utf8');
  } catch {
    throw new SecretKeyError('a saved secret is damaged: enter it again');
  }
}

/**
 * The key of CORDBOARD_KEY (64 hexadecimal digits), else of `file`, which is made (0600) when it does not exist.
 */
export function loadKey(file: string, fromEnvironment?: string): Buffer {
  if (fromEnvironment !== undefined) {
    if (!/^[0-9a-fA-F]{64}$/.test(fromEnvironment)) {
      throw new SecretKeyError('CORDBOARD_KEY must be 64 hexadecimal digits (openssl rand -hex 32)');
    }
    return Buffer.from(fromEnvironment, 'hex');
  }
  return readKey(file) ?? makeKey(file);
}

function readKey(file: string): Buffer | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw new SecretKeyError(`cannot read the key file ${file}: ${cause instanceof Error ? cause.message : cause}`);
  }
  if (!/^[0-9a-f]{64}$/.test(text))
    throw new SecretKeyError(`the key file ${file} is damaged: restore it from a backup`);
  return Buffer.from(text, 'hex');
}

/** Linked into place whole, so that two processes that start together agree on one key. */
function makeKey(file: string): Buffer {
  const part = `${file}.${process.pid}.part`;
  try {
    privateDirectory(path.dirname(file));
    writeFileSync(part, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
    chmodSync(part, 0o600);
    linkSync(part, file);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) {
      throw new SecretKeyError(`cannot make the key file ${file}: ${cause instanceof Error ? cause.message : cause}`);
    }
  } finally {
    rmSync(part, { force: true });
  }
  const key = readKey(file);
  if (!key) throw new SecretKeyError(`cannot make the key file ${file}`);
  return key;
}
