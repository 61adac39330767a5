import { Unzip, UnzipInflate } from 'fflate';
import type { Failure } from '../protocol/errors';

/** Files as they were given: bytes to lines. Nothing here opens a file or runs anything. */

export interface SourceFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface SourceText {
  readonly name: string;
  readonly encoding: 'UTF-8' | 'Latin-1';
  readonly lines: readonly string[];
}

/** The files cannot be looked at at all; `message` is a sentence for a person. */
export class ImportRefused extends Error {
  override readonly name = 'ImportRefused';
  readonly failure: Failure;
  constructor(message: string) {
    super(message);
    this.failure = { ok: false, error: 'invalid', message };
  }
}

export const limits = { files: 50, bytes: 16 * 1024 * 1024, lines: 200_000, line: 256 * 1024 } as const;

/** Zip archives are opened, in memory; the archive's folders are left out of the names. Throws ImportRefused. */
export function unpack(files: readonly SourceFile[]): SourceFile[] {
  const all: SourceFile[] = [];
  let room: number = limits.bytes;
  for (const file of files) {
    const found = isZip(file.bytes) ? unzip(file, room) : [file];
    // Counted one by one: many archives at once are no more than one.
    room -= total(found);
    if (room < 0) throw tooLarge();
    all.push(...found);
    if (all.length > limits.files) throw new ImportRefused(`Give at most ${limits.files} files at once.`);
  }
  if (all.length === 0) throw new ImportRefused('There is no file in it.');
  return all;
}

function isZip([a, b, c, d]: Uint8Array): boolean {
  return a === 0x50 && b === 0x4b && ((c === 3 && d === 4) || (c === 5 && d === 6));
}

/** `room`: how many bytes may be in it. */
function unzip({ name, bytes }: SourceFile, room: number): SourceFile[] {
  const found: SourceFile[] = [];
  let size = 0;
  let open = 0;
  // By the stream: what an archive says of its sizes is not to be believed.
  const archive = new Unzip((entry) => {
    if (entry.name.endsWith('/') || isHidden(entry.name)) return;
    if (found.length >= limits.files) throw new ImportRefused(`There are more than ${limits.files} files in ${name}.`);
    const parts: Uint8Array[] = [];
    open += 1;
    const at = found.push({ name: baseName(entry.name), bytes: new Uint8Array() }) - 1;
    entry.ondata = (error, part, last) => {
      if (error) throw error;
      size += part.length;
      if (size > room) throw tooLarge();
      parts.push(part);
      if (!last) return;
      open -= 1;
      found[at] = { name: baseName(entry.name), bytes: Buffer.concat(parts) };
    };
    entry.start();
  });
  archive.register(UnzipInflate);
  try {
    // In pieces, so that a bomb is noticed before it is all there.
    for (let at = 0; at < bytes.length; at += 16_384) {
      archive.push(bytes.subarray(at, at + 16_384), at + 16_384 >= bytes.length);
    }
  } catch (error) {
    if (error instanceof ImportRefused) throw error;
    throw unreadable(name);
  }
  if (found.length === 0 || open > 0) throw unreadable(name);
  return found;
}

function unreadable(name: string): ImportRefused {
  return new ImportRefused(`${name} is no zip archive that can be opened, or nothing is in it.`);
}

function isHidden(name: string): boolean {
  return name.startsWith('__MACOSX/') || baseName(name).startsWith('.');
}

function baseName(name: string): string {
  return name.split(/[\\/]/).at(-1) ?? name;
}

function total(files: readonly SourceFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

function tooLarge(): ImportRefused {
  return new ImportRefused(`The files are larger than ${limits.bytes / 1024 / 1024} MB together.`);
}

/** Lines of every file, unnamed and twice-named files told apart. Throws ImportRefused when there are too many. */
export function readTexts(files: readonly SourceFile[]): SourceText[] {
  const names = new Map<string, number>();
  let lines = 0;
  return files.map((file) => {
    const base = file.name.trim() || 'file';
    const times = (names.get(base) ?? 0) + 1;
    names.set(base, times);
    const text = readText({ ...file, name: times === 1 ? base : `${base} (${times})` });
    lines += text.lines.length;
    if (lines > limits.lines) throw new ImportRefused('There are more than 200,000 lines in the files.');
    return text;
  });
}

function readText({ name, bytes }: SourceFile): SourceText {
  const { text, encoding } = decode(bytes);
  const lines = text.split(/\r\n|\n|\r/);
  // What ends a line begins none.
  if (lines.at(-1) === '') lines.pop();
  return { name, encoding, lines };
}

function decode(bytes: Uint8Array): { readonly text: string; readonly encoding: SourceText['encoding'] } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'UTF-8' };
  } catch {
    return { text: Buffer.from(bytes).toString('latin1'), encoding: 'Latin-1' };
  }
}
