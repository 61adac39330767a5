import { readFileSync } from 'node:fs';
import net from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Certificates } from './certificates';

/** What the one in the middle does when StartTLS is asked for. */
export type Trick =
  /** Says that there is no such thing. */
  | 'refuse'
  /** Says yes, and goes on in plain text. */
  | 'pretend'
  /** Says yes and slips half of a good answer to the next question in before the encryption begins. */
  | 'inject'
  /** Lets it be encrypted, then cuts the connection: the client shall come back without. */
  | 'cut'
  /** Says nothing at all. */
  | 'silence';

const hex = (text: string) => Buffer.from(text.replace(/\s/g, ''), 'hex');
/** An extended response to this message: success, or protocol error. */
const answer = (id: number, code: 0 | 2) => hex(`30 0c 02 01 0${id} 78 07 0a 01 0${code} 04 00 04 00`);
/** A bind response to this message that says success, without its last byte. */
const halfWelcome = (id: number) => hex(`30 0c 02 01 0${id} 61 07 0a 01 00 04 00 04`);

/** Sits between a client and its directory; notes all it can read. */
export class Middleman {
  readonly read: Buffer[] = [];
  connections = 0;

  private constructor(private readonly server: net.Server) {}

  static async start(trick: Trick, certificates: Certificates): Promise<Middleman> {
    const server = net.createServer();
    const middleman = new Middleman(server);
    server.on('connection', (socket) => middleman.play(socket, trick, certificates));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return middleman;
  }

  get url(): string {
    return `ldap://127.0.0.1:${(this.server.address() as net.AddressInfo).port}`;
  }

  /** All that came in plain text, as text. */
  get heard(): string {
    return Buffer.concat(this.read).toString('latin1');
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  readonly #sockets = new Set<net.Socket>();

  private play(socket: net.Socket, trick: Trick, certificates: Certificates): void {
    this.connections += 1;
    this.#sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', (first) => {
      this.read.push(first);
      if (trick === 'silence') return;
      // 30 length 02 01 id: the client counts from there.
      const id = first[4] ?? 0;
      const yes = answer(id, 0);
      if (trick === 'refuse') return void socket.write(answer(id, 2));
      socket.write(trick === 'inject' ? Buffer.concat([yes, halfWelcome(id + 1)]) : yes);
      if (trick === 'pretend') return void socket.on('data', (bytes) => this.read.push(bytes));
      this.encrypt(socket, trick, certificates);
    });
  }

  private encrypt(socket: net.Socket, trick: Trick, { key, certificate }: Certificates): void {
    const options = { isServer: true, key: readFileSync(key), cert: readFileSync(certificate) };
    const secure = new TLSSocket(socket, options);
    secure.on('error', () => {});
    secure.on('data', () => {
      if (trick === 'cut') socket.destroy();
    });
    if (trick === 'cut') secure.once('secure', () => setTimeout(() => socket.destroy(), 20));
  }
}
