/** One message as read from the wire, or the reason it could not be read. */
export type AmiInput =
  | { readonly kind: 'message'; readonly headers: readonly (readonly [string, string])[] }
  | { readonly kind: 'lineTooLong' | 'tooManyLines'; readonly headers: readonly (readonly [string, string])[] };

const maxLine = 1024;
const maxHeaders = 128;
const newline = 10;

/**
 * Cuts bytes into AMI messages within Asterisk's own limits (main/manager.c `get_input`, `do_message`): lines of 1,024
 * bytes, 128 headers, CRLF or LF. Holds no more than one line and one message, whatever arrives.
 */
export class AmiInputParser {
  private line: Buffer[] = [];
  private lineLength = 0;
  private headers: (readonly [string, string])[] = [];
  private tooLong = false;
  private tooMany = false;

  constructor(private readonly deliver: (input: AmiInput) => void) {}

  push(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      this.take(chunk.subarray(start, end));
      this.endLine();
      start = end + 1;
    }
    if (start < chunk.length) this.take(chunk.subarray(start));
  }

  private take(part: Buffer): void {
    if (this.lineLength + part.length > maxLine) {
      this.tooLong = true;
      this.line = [];
      this.lineLength = maxLine;
      return;
    }
    this.lineLength += part.length;
    // A copy: the chunk's memory belongs to the socket.
    this.line.push(Buffer.from(part));
  }

  private endLine(): void {
    const overlong = this.lineLength >= maxLine && this.line.length === 0;
    const text = Buffer.concat(this.line).toString('utf8').replace(/\r$/, '');
    this.line = [];
    this.lineLength = 0;
    if (overlong) return;
    if (text !== '') this.add(text);
    else this.finish();
  }

  private add(text: string): void {
    if (this.headers.length >= maxHeaders) {
      this.tooMany = true;
      return;
    }
    const colon = text.indexOf(':');
    this.headers.push(colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1).trim()]);
  }

  private finish(): void {
    const headers = this.headers;
    const kind = this.tooMany ? 'tooManyLines' : this.tooLong ? 'lineTooLong' : 'message';
    this.headers = [];
    this.tooLong = false;
    this.tooMany = false;
    this.deliver({ kind, headers });
  }
}
