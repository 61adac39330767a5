import { header } from './blocks';
import type { Engine } from './engine';

/** One action as it came in: header names compare without case, repeated headers are kept. */
export class AmiRequest {
  constructor(readonly headers: readonly (readonly [string, string])[]) {}

  /** The first value, or "" when absent, as Asterisk reads them. */
  get(name: string): string {
    const wanted = name.toLowerCase();
    return this.headers.find(([key]) => key.toLowerCase() === wanted)?.[1] ?? '';
  }

  all(name: string): string[] {
    const wanted = name.toLowerCase();
    return this.headers.filter(([key]) => key.toLowerCase() === wanted).map(([, value]) => value);
  }

  get actionId(): string {
    return this.get('ActionID');
  }
}

/** Builds one answer in Asterisk's form (main/manager.c); `text` is sent at once, as Asterisk does. */
export class AmiReply {
  private parts: string[] = [];
  private count = 0;

  constructor(private readonly request: AmiRequest) {}

  get text(): string {
    return this.parts.join('');
  }

  /** Forgets what was sent already. */
  clear(): void {
    this.parts = [];
  }

  /** `Response: Success`, with headers of its own after the message. */
  ok(message?: string, headers = ''): void {
    this.respond('Success', message, headers);
  }

  error(message: string): void {
    this.respond('Error', message, '');
  }

  goodbye(message: string): void {
    this.respond('Goodbye', message, '');
  }

  listStart(message: string): void {
    this.parts.push(`Response: Success\r\n${this.idLine}EventList: start\r\n${header('Message', message)}\r\n`);
  }

  /** A list item; Asterisk puts the ActionID first in some lists and last in others. */
  item(name: string, body: string, idLast = false): void {
    this.count += 1;
    const id = this.idLine;
    this.parts.push(`Event: ${name}\r\n${idLast ? body + id : id + body}\r\n`);
  }

  listEnd(name: string, extra = '', count = this.count): void {
    this.parts.push(`Event: ${name}\r\n${this.idLine}EventList: Complete\r\nListItems: ${count}\r\n${extra}\r\n`);
  }

  private respond(word: string, message: string | undefined, headers: string): void {
    const text = message === undefined ? '' : header('Message', message);
    this.parts.push(`Response: ${word}\r\n${this.idLine}${text}${headers}\r\n`);
  }

  private get idLine(): string {
    const id = this.request.actionId;
    return id ? header('ActionID', id) : '';
  }
}

/** One AMI action of the demo. */
export type AmiAction = (engine: Engine, request: AmiRequest, reply: AmiReply) => void;

/** Action name in lower case → what it does. */
export type AmiActions = ReadonlyMap<string, AmiAction>;
