import { randomBytes } from 'node:crypto';
import http from 'node:http';
import type { Socket } from 'node:net';

/** The parts of an ARI event the farm reads. */
export interface AriEvent {
  readonly type: string;
  readonly args?: readonly string[];
  readonly cause?: number;
  readonly digit?: string;
  readonly channel?: {
    readonly id: string;
    readonly name: string;
    readonly state: string;
    readonly caller: { readonly number: string; readonly name: string };
  };
}

export interface AriLogin {
  readonly port: number;
  readonly username: string;
  readonly secret: string;
  readonly app: string;
}

/** A minimal ARI client: REST requests and the event stream of one application. */
export class Ari {
  private readonly agent = new http.Agent({ keepAlive: true });
  private socket: Socket | undefined;

  constructor(
    private readonly login: AriLogin,
    private readonly onEvent: (event: AriEvent) => void,
  ) {}

  /** Opens the WebSocket that makes `Stasis(app)` work. */
  async connect(): Promise<void> {
    const key = randomBytes(16).toString('base64');
    const request = http.request({
      port: this.login.port,
      host: '127.0.0.1',
      path: `/ari/events?app=${this.login.app}&api_key=${this.login.username}:${this.login.secret}`,
      headers: {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': key,
        'Sec-WebSocket-Protocol': 'ari',
      },
    });
    this.socket = await new Promise<Socket>((resolve, reject) => {
      request.once('upgrade', (_response, socket, head) => {
        this.readFrames(socket, head);
        resolve(socket);
      });
      request.once('response', (response) => reject(new Error(`ARI refused the event stream: ${response.statusCode}`)));
      request.once('error', reject);
      request.end();
    });
  }

  close(): void {
    this.socket?.destroy();
    this.agent.destroy();
  }

  /** One REST request; throws with ARI's own words on a refusal. */
  request(method: 'GET' | 'POST' | 'DELETE', path: string, query: Record<string, string> = {}): Promise<string> {
    const { port, username, secret } = this.login;
    const search = new URLSearchParams(query).toString();
    return new Promise((resolve, reject) => {
      const request = http.request(
        {
          method,
          port,
          host: '127.0.0.1',
          path: `/ari${path}?${search}`,
          auth: `${username}:${secret}`,
          agent: this.agent,
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (part: string) => {
            text += part;
          });
          response.on('end', () => {
            if ((response.statusCode ?? 500) < 300) resolve(text);
            else reject(new Error(`ARI ${method} ${path}: ${response.statusCode} ${text.trim()}`));
          });
        },
      );
      request.once('error', reject);
      request.end();
    });
  }

  private readFrames(socket: Socket, head: Buffer): void {
    let buffer = head;
    let text = '';
    const drain = () => {
      for (;;) {
        const frame = readFrame(buffer);
        if (!frame) return;
        buffer = buffer.subarray(frame.length);
        if (frame.opcode > 1) continue;
        text += frame.payload.toString('utf8');
        if (!frame.final) continue;
        const event = JSON.parse(text) as AriEvent;
        text = '';
        this.onEvent(event);
      }
    };
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      buffer = Buffer.concat([buffer, chunk]);
      drain();
    });
    drain();
  }
}

/** One server frame (never masked), or undefined while it is incomplete. */
function readFrame(buffer: Buffer): { final: boolean; opcode: number; payload: Buffer; length: number } | undefined {
  if (buffer.length < 2) return undefined;
  const short = buffer.readUInt8(1) & 0x7f;
  const start = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (buffer.length < start) return undefined;
  const size = short === 126 ? buffer.readUInt16BE(2) : short === 127 ? Number(buffer.readBigUInt64BE(2)) : short;
  if (buffer.length < start + size) return undefined;
  const first = buffer.readUInt8(0);
  return {
    final: (first & 0x80) !== 0,
    opcode: first & 0x0f,
    payload: buffer.subarray(start, start + size),
    length: start + size,
  };
}
