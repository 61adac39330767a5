import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';

const chunk = 1024 * 1024;

/**
 * The SHA-256 of a file in which `written` (64 characters) counts as zeros, and where that stands first; null: nowhere.
 * A backup holds its own digest this way.
 */
export async function digestOf(file: string, written: string): Promise<{ digest: string; at: number | null }> {
  const handle = await open(file, 'r');
  try {
    const at = await find(handle, Buffer.from(written));
    const hash = createHash('sha256');
    for await (const { position, bytes } of chunks(handle, 0)) {
      if (at !== null) blank(bytes, at - position);
      hash.update(bytes);
    }
    return { digest: hash.digest('hex'), at };
  } finally {
    await handle.close();
  }
}

/** Writes the digest of the file over the marker in it (64 characters), and sees to it that the disk has all of it. */
export async function writeDigest(file: string, marker: string): Promise<string> {
  const { digest, at } = await digestOf(file, marker);
  if (at === null) throw new Error('the backup has no place for its digest');
  const handle = await open(file, 'r+');
  try {
    await handle.write(Buffer.from(digest), 0, 64, at);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return digest;
}

function blank(bytes: Buffer, from: number): void {
  const begin = Math.max(0, from);
  const end = Math.min(bytes.length, from + 64);
  if (begin < end) bytes.fill('0', begin, end);
}

async function find(handle: FileHandle, wanted: Buffer): Promise<number | null> {
  for await (const { position, bytes } of chunks(handle, wanted.length - 1)) {
    const at = bytes.indexOf(wanted);
    if (at >= 0) return position + at;
  }
  return null;
}

/** Each begins with the last `overlap` bytes of the one before. */
async function* chunks(handle: FileHandle, overlap: number): AsyncGenerator<{ position: number; bytes: Buffer }> {
  for (let position = 0; ; position += chunk) {
    const from = Math.max(0, position - overlap);
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(chunk + position - from), 0, undefined, from);
    if (from + bytesRead <= position) return;
    yield { position: from, bytes: buffer.subarray(0, bytesRead) };
  }
}
