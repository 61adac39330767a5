import net from 'node:net';

/** Stands between the panel and the PBX and tells when which action came, in this process's clock. */
export class Tap {
  /** Called with each action as it was sent, and when it had arrived, ms of `performance.now`. */
  onAction: (action: string, at: number) => void = () => undefined;

  private constructor(
    private readonly listener: net.Server,
    private readonly target: number,
  ) {}

  static async start(target: number): Promise<Tap> {
    const listener = net.createServer({ noDelay: true });
    const tap = new Tap(listener, target);
    listener.on('connection', (panel) => tap.join(panel));
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    return tap;
  }

  get port(): number {
    const address = this.listener.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  close(): void {
    this.listener.close();
  }

  private join(panel: net.Socket): void {
    const pbx = net.connect({ port: this.target, host: '127.0.0.1', noDelay: true });
    let rest = '';
    panel.on('data', (bytes) => {
      const at = performance.now();
      pbx.write(bytes);
      const blocks = (rest + bytes.toString('latin1')).split('\r\n\r\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) this.onAction(block, at);
    });
    pbx.on('data', (bytes) => panel.write(bytes));
    for (const [one, other] of [
      [panel, pbx],
      [pbx, panel],
    ] as const) {
      one.on('close', () => other.destroy());
      one.on('error', () => other.destroy());
    }
  }
}
