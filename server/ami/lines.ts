/**
 * Where the lines of blocks are: four numbers a line (start of the name, its end, start of the value, end of the line),
 * one slab for many blocks, so that a message costs no allocation of its own for them.
 */
export class LineTable {
  at = new Int32Array(SLAB);
  /** Index of the current block's first number. */
  base = 0;
  /** Lines of the current block. */
  count = 0;

  /** Start a block; the lines of the last one are overwritten unless `claim` was called. */
  begin(): void {
    this.count = 0;
    if (this.base + 4 * ROOM > this.at.length) {
      this.at = new Int32Array(SLAB);
      this.base = 0;
    }
  }

  /** Make sure that one more line fits. */
  reserve(): void {
    const used = this.base + this.count * 4;
    if (used + 4 <= this.at.length) return;
    const bigger = new Int32Array(Math.max(SLAB, this.count * 8));
    bigger.set(this.at.subarray(this.base, used));
    this.at = bigger;
    this.base = 0;
  }

  /** Hand the current lines to a message: they will not be written again. */
  claim(): Int32Array {
    const at = this.at;
    this.base += this.count * 4;
    return at;
  }
}

const SLAB = 16_384;
/** Lines that most blocks need at most. */
const ROOM = 256;

const CR = 13;
const LF = 10;
const COLON = 58;
const SPACE = 32;

/**
 * Find the lines of `buffer[start, end)`, where `end` is the CRLF CRLF that ends the block. Only CRLF ends a line: a lone
 * CR or LF stays inside its value. A line without a colon has an empty value. Stops after `limit` lines.
 */
export function scanLines(buffer: Buffer, start: number, end: number, lines: LineTable, limit = Infinity): void {
  lines.begin();
  let i = start;
  while (i < end && lines.count < limit) i = scanLine(buffer, i, end, lines);
}

/** Record the line at `start`; gives the start of the next. */
export function scanLine(buffer: Buffer, start: number, end: number, lines: LineTable): number {
  let i = start;
  let byte = 0;
  while (i < end) {
    byte = buffer[i] as number;
    if (byte === COLON || (byte === CR && buffer[i + 1] === LF)) break;
    i++;
  }
  const nameEnd = i;
  if (i < end && byte === COLON) i++;
  return scanValue(buffer, start, nameEnd, i, end, lines);
}

/** Record a line whose name is known to end at `nameEnd`; the value is looked for from `from` on. */
export function scanValue(
  buffer: Buffer,
  start: number,
  nameEnd: number,
  from: number,
  end: number,
  lines: LineTable,
): number {
  let i = from;
  if (i < end && i > nameEnd && buffer[i] === SPACE) i++;
  const valueStart = i;
  while (i < end && !(buffer[i] === CR && buffer[i + 1] === LF)) i++;
  lines.reserve();
  const at = lines.at;
  const slot = lines.base + lines.count * 4;
  at[slot] = start;
  at[slot + 1] = nameEnd;
  at[slot + 2] = valueStart;
  at[slot + 3] = i;
  lines.count++;
  return i + 2;
}

/** True when `buffer[from, …)` spells `ascii`. */
export function bytesAre(buffer: Buffer, from: number, ascii: Buffer): boolean {
  for (let i = 0; i < ascii.length; i++) if (buffer[from + i] !== ascii[i]) return false;
  return true;
}

/** The same without regard to case; `lower` is in lower case. */
export function bytesAreNoCase(buffer: Buffer, from: number, lower: Buffer): boolean {
  for (let i = 0; i < lower.length; i++) {
    const byte = buffer[from + i] as number;
    if ((byte >= 65 && byte <= 90 ? byte | 0x20 : byte) !== lower[i]) return false;
  }
  return true;
}
