import net from 'node:net';

/**
 * A small AMI client of the test harness, apart from the product's own on purpose: what checks the panel must not share
 * its bugs. It trusts the Asterisk it started and keeps the raw bytes when asked to.
 */

/** Headers of one block in order; `get` gives the first value of a name. */
export class Block {
  constructor(readonly headers: readonly (readonly [string, string])[]) {}

  get(name: string): string {
    const wanted = name.toLowerCase();
    return this.headers.find(([key]) => key.toLowerCase() === wanted)?.[1] ?? '';
  }

  all(name: string): string[] {
    const wanted = name.toLowerCase();
    return this.headers.filter(([key]) => key.toLowerCase() === wanted).map(([, value]) => value);
  }

  get event(): string {
    return this.get('Event');
  }
}

export class AmiRefused extends Error {
  override readonly name = 'AmiRefused';
}

export interface AmiLogin {
  readonly port: number;
  readonly username: string;
  readonly secret: string;
  /** Keep every received byte in `captured`. */
  readonly capture?: boolean;
}

interface Pending {
  readonly list: boolean;
  readonly items: Block[];
  resolve(blocks: Block[]): void;
  reject(error: Error): void;
}

export type Fields = Readonly<Record<string, string | number | readonly string[]>>;
type Listener = (event: Block) => void;

export class RawAmi {
  readonly captured: Buffer[] = [];
  private readonly pending = new Map<string, Pending>();
  private readonly listeners = new Set<Listener>();
  private buffer: Buffer = Buffer.alloc(0);
  private greeted = false;
  private counter = 0;
  private closedBy: Error | undefined;

  private constructor(
    private readonly socket: net.Socket,
    private readonly capture: boolean,
  ) {
    socket.on('data', (chunk: Buffer) => this.receive(chunk));
    socket.on('error', () => {});
    socket.on('close', () => this.fail(new Error('AMI connection closed')));
  }

  /** Connects and logs in; throws when Asterisk refuses either. */
  static async connect(login: AmiLogin): Promise<RawAmi> {
    const socket = net.connect({ port: login.port, host: '127.0.0.1' });
    socket.setNoDelay(true);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    const ami = new RawAmi(socket, login.capture ?? false);
    await ami.action('Login', { Username: login.username, Secret: login.secret });
    return ami;
  }

  onEvent(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The response of an action; throws AmiRefused with Asterisk's words. */
  async action(name: string, fields: Fields = {}): Promise<Block> {
    const [response] = await this.send(name, fields, false);
    return response ?? new Block([]);
  }

  /** The items of a list action, without its first and last block. An empty list that Asterisk calls an error is []. */
  list(name: string, fields: Fields = {}): Promise<Block[]> {
    return this.send(name, fields, true);
  }

  /** Sends bytes as they are, for recording answers and for hostile input. */
  write(text: string): void {
    this.socket.write(text);
  }

  close(): void {
    this.socket.destroy();
  }

  private send(name: string, fields: Fields, list: boolean): Promise<Block[]> {
    if (this.closedBy) return Promise.reject(this.closedBy);
    this.counter += 1;
    // The name makes a recorded answer tell what was asked.
    const id = `${name}.${this.counter}`;
    const lines = [`Action: ${name}`, `ActionID: ${id}`];
    for (const [key, value] of Object.entries(fields)) {
      for (const one of Array.isArray(value) ? value : [value]) lines.push(`${key}: ${one}`);
    }
    return new Promise((resolve, reject) => {
      this.pending.set(id, { list, items: [], resolve, reject });
      this.socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    });
  }

  private fail(error: Error): void {
    this.closedBy = error;
    for (const waiting of this.pending.values()) waiting.reject(error);
    this.pending.clear();
  }

  private receive(chunk: Buffer): void {
    if (this.capture) this.captured.push(chunk);
    this.buffer = this.buffer.length === 0 ? chunk : Buffer.concat([this.buffer, chunk]);
    if (!this.greeted) {
      const end = this.buffer.indexOf('\r\n');
      if (end < 0) return;
      this.greeted = true;
      this.buffer = this.buffer.subarray(end + 2);
    }
    let start = 0;
    for (;;) {
      const end = this.buffer.indexOf('\r\n\r\n', start);
      if (end < 0) break;
      this.dispatch(parseBlock(this.buffer.toString('utf8', start, end)));
      start = end + 4;
    }
    this.buffer = this.buffer.subarray(start);
  }

  private dispatch(block: Block): void {
    const waiting = this.pending.get(block.get('ActionID'));
    if (!waiting) {
      if (block.event) for (const listener of this.listeners) listener(block);
      return;
    }
    if (block.get('Response')) this.respond(block, waiting);
    else if (/^complete$/i.test(block.get('EventList'))) this.finish(block, waiting);
    else waiting.items.push(block);
  }

  private respond(block: Block, waiting: Pending): void {
    const failed = block.get('Response') === 'Error';
    if (waiting.list && !failed) return;
    this.pending.delete(block.get('ActionID'));
    const message = block.get('Message');
    if (!failed) waiting.resolve([block]);
    else if (waiting.list && /no active conferences|no .* found|not found/i.test(message)) waiting.resolve([]);
    else waiting.reject(new AmiRefused(message));
  }

  private finish(block: Block, waiting: Pending): void {
    this.pending.delete(block.get('ActionID'));
    waiting.resolve(waiting.items);
  }
}

function parseBlock(text: string): Block {
  const headers: [string, string][] = [];
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.push([line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')]);
  }
  return new Block(headers);
}
