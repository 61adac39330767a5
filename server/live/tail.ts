import type { Frame } from '../protocol/state';

/** A frame and its JSON: made once, sent to many. */
export interface EncodedFrame {
  readonly frame: Frame;
  readonly text: string;
}

/** The last frames of one stream, bounded by number and by characters of JSON. */
export class Tail {
  private frames: EncodedFrame[] = [];
  private chars = 0;

  constructor(
    private readonly maxFrames: number,
    private readonly maxChars: number,
  ) {}

  get size(): { readonly frames: number; readonly chars: number } {
    return { frames: this.frames.length, chars: this.chars };
  }

  push(encoded: EncodedFrame): void {
    this.frames.push(encoded);
    this.chars += encoded.text.length;
    while (this.frames.length > this.maxFrames || this.chars > this.maxChars) {
      this.chars -= this.frames.shift()?.text.length ?? 0;
    }
  }

  /** The frames that lead on from `seq`, or null when the first of them is gone. */
  since(seq: number): readonly EncodedFrame[] | null {
    const from = this.frames.findIndex(({ frame }) => frame.prev === seq);
    return from < 0 ? null : this.frames.slice(from);
  }
}
