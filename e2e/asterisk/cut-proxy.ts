import net from 'node:net';

/**
 * A TCP link that can fail: stands between the panel and Asterisk's AMI. `cut` breaks it in the middle of a block,
 * `stall` keeps it open and silent, as a router that lost its state does.
 */
export class CutProxy {
  private readonly links = new Set<{ client: net.Socket; server: net.Socket }>();
  private stalled = false;
  private refusing = false;
  private cutPending = false;

  private constructor(
    private readonly listener: net.Server,
    private readonly target: number,
  ) {}

  /** Listens on a free loopback port and forwards to `target`. */
  static async start(target: number): Promise<CutProxy> {
    const listener = net.createServer();
    const proxy = new CutProxy(listener, target);
    listener.on('connection', (client) => proxy.accept(client));
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    const address = this.listener.address();
    if (address === null || typeof address === 'string') throw new Error('the proxy is closed');
    return address.port;
  }

  /** Resets the links with the next bytes that arrive, half of them delivered; new connections work. */
  cut(): void {
    this.cutPending = true;
  }

  /** Resets the links now and refuses new ones until `restore`. */
  refuse(): void {
    this.refusing = true;
    for (const link of [...this.links]) this.drop(link);
  }

  stall(): void {
    this.stalled = true;
    for (const { client, server } of this.links) {
      client.pause();
      server.pause();
    }
  }

  restore(): void {
    this.refusing = false;
    this.stalled = false;
    for (const { client, server } of this.links) {
      client.resume();
      server.resume();
    }
  }

  async close(): Promise<void> {
    for (const link of [...this.links]) this.drop(link);
    await new Promise<void>((resolve) => this.listener.close(() => resolve()));
  }

  private accept(client: net.Socket): void {
    if (this.refusing) {
      client.resetAndDestroy();
      return;
    }
    const server = net.connect(this.target, '127.0.0.1');
    const link = { client, server };
    this.links.add(link);
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', () => this.drop(link));
      socket.on('close', () => this.drop(link));
      if (this.stalled) socket.pause();
    }
    client.on('data', (bytes: Buffer) => server.write(bytes));
    server.on('data', (bytes: Buffer) => this.deliver(link, bytes));
  }

  private deliver(link: { client: net.Socket; server: net.Socket }, bytes: Buffer): void {
    if (!this.cutPending) {
      link.client.write(bytes);
      return;
    }
    this.cutPending = false;
    link.client.write(bytes.subarray(0, bytes.length >> 1), () => this.drop(link));
  }

  private drop(link: { client: net.Socket; server: net.Socket }): void {
    if (!this.links.delete(link)) return;
    link.client.destroy();
    link.server.destroy();
  }
}
