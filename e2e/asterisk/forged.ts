import dgram from 'node:dgram';

/**
 * A bare SIP caller for one purpose: an INVITE whose From user carries percent-encoded CR LF. Asterisk up to 22.10 decodes
 * it into the caller's number and prints that raw in its events, so the caller writes lines of the AMI stream.
 */
export const forgedUser = '10%0d%0aEvent%3a%20Forged%0d%0aFoo%3a%20bar%0d%0a%0d%0a';

export class ForgedCaller {
  private readonly socket = dgram.createSocket('udp4');
  private readonly tag = Math.random().toString(36).slice(2);
  private remoteTag = '';
  private status = 0;
  private readonly waiting = new Set<() => void>();

  constructor(
    private readonly pbxSip: number,
    private readonly did: string,
    private readonly user: string = forgedUser,
  ) {
    this.socket.on('message', (message) => this.receive(message.toString('latin1')));
  }

  /** Sends the INVITE; resolves once the called phone rings (180) or the call is answered or refused. */
  async call(): Promise<void> {
    await new Promise<void>((resolve) => this.socket.bind(0, '127.0.0.1', resolve));
    const sdp = [
      'v=0',
      'o=- 1 1 IN IP4 127.0.0.1',
      's=-',
      'c=IN IP4 127.0.0.1',
      't=0 0',
      'm=audio 19998 RTP/AVP 0',
      '',
    ].join('\r\n');
    this.send('INVITE', 1, this.branch, `Content-Type: application/sdp\r\nContent-Length: ${sdp.length}\r\n\r\n${sdp}`);
    await this.until(() => this.status >= 180);
  }

  /** Ends the call, whatever its state, and frees the socket. */
  async end(): Promise<void> {
    if (this.status >= 180 && this.status < 300) {
      const early = this.status < 200;
      this.status = 0;
      if (early) this.send('CANCEL', 1, this.branch, 'Content-Length: 0\r\n\r\n');
      else this.send('BYE', 2, `${this.branch}b`, 'Content-Length: 0\r\n\r\n');
      await this.until(() => this.status >= 200);
    }
    await new Promise<void>((resolve) => this.socket.close(() => resolve()));
  }

  private get branch(): string {
    return `z9hG4bK${this.tag}`;
  }

  private send(method: string, sequence: number, branch: string, rest: string): void {
    const { port } = this.socket.address();
    const remoteTag = method !== 'INVITE' && method !== 'CANCEL' && this.remoteTag ? `;tag=${this.remoteTag}` : '';
    const text = `${[
      `${method} sip:${this.did}@127.0.0.1:${this.pbxSip} SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${port};branch=${branch}`,
      'Max-Forwards: 70',
      `From: "Forger" <sip:${this.user}@127.0.0.1>;tag=${this.tag}`,
      `To: <sip:${this.did}@127.0.0.1>${remoteTag}`,
      `Call-ID: ${this.tag}@127.0.0.1`,
      `CSeq: ${sequence} ${method}`,
      `Contact: <sip:forger@127.0.0.1:${port}>`,
    ].join('\r\n')}\r\n${rest}`;
    this.socket.send(Buffer.from(text, 'latin1'), this.pbxSip, '127.0.0.1');
  }

  private receive(message: string): void {
    const status = /^SIP\/2\.0 (\d{3})/.exec(message)?.[1];
    if (!status) return;
    this.remoteTag = /^To:.*;tag=([^;\s]+)/im.exec(message)?.[1] ?? this.remoteTag;
    this.status = Number(status);
    if (this.status >= 200 && /^CSeq: 1 INVITE/im.test(message))
      this.send('ACK', 1, this.branch, 'Content-Length: 0\r\n\r\n');
    for (const wake of [...this.waiting]) wake();
  }

  private until(done: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const wake = () => {
        if (!done()) return;
        this.waiting.delete(wake);
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.waiting.delete(wake);
        reject(new Error(`the forged call stopped at status ${this.status}`));
      }, 8_000);
      this.waiting.add(wake);
      wake();
    });
  }
}
