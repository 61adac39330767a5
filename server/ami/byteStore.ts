/**
 * The bytes of a block that has not ended yet. A block that comes in many pieces is copied a bounded number of times
 * (the room doubles), and bytes once handed out are never written again: messages keep pointing into them.
 */
export class ByteStore {
  /** How many of the kept bytes were already searched for an end. */
  searched = 0;
  #room: Buffer = Buffer.alloc(0);
  #length = 0;

  /** The kept bytes followed by `chunk`; the chunk itself when nothing was kept. */
  append(chunk: Buffer): Buffer {
    this.searched = this.#length;
    if (this.#length === 0) return chunk;
    const length = this.#length + chunk.length;
    if (length > this.#room.length) {
      const room = Buffer.allocUnsafeSlow(Math.max(1_024, length * 2));
      this.#room.copy(room, 0, 0, this.#length);
      this.#room = room;
    }
    chunk.copy(this.#room, this.#length);
    this.#length = length;
    return this.#room.subarray(0, length);
  }

  /** Keep `buffer` from `start` on, where `buffer` is what `append` gave; a whole buffer kept again costs nothing. */
  keep(buffer: Buffer, start: number): void {
    const length = buffer.length - start;
    if (length === 0) {
      this.#length = 0;
      this.#room = Buffer.alloc(0);
      return;
    }
    if (start === 0 && this.#length === length && buffer.buffer === this.#room.buffer) return;
    const room = Buffer.allocUnsafeSlow(Math.max(1_024, length * 2));
    buffer.copy(room, 0, start);
    this.#room = room;
    this.#length = length;
  }
}
