import { createServer, type Server, type Socket } from 'node:net';
import { callActions } from '../../server/demo/ami-calls';
import { databaseActions } from '../../server/demo/ami-database';
import { listActions } from '../../server/demo/ami-lists';
import type { AmiAction } from '../../server/demo/ami-reply';
import { AmiSession } from '../../server/demo/ami-session';
import { systemActions } from '../../server/demo/ami-system';
import type { Engine } from '../../server/demo/engine';

const table = { ...listActions, ...systemActions, ...databaseActions, ...callActions };
const actions = new Map<string, AmiAction>(Object.entries(table).map(([name, action]) => [name.toLowerCase(), action]));
actions.set('listcommands', (_engine, _request, reply) => {
  reply.ok(
    undefined,
    Object.keys(table)
      .map((name) => `${name}: ${name}.  (Priv: call,reporting,all)\r\n`)
      .join(''),
  );
});

export const username = 'bench';
export const secret = 'bench-secret';
export const mark = 'Event: BenchMark\r\nPrivilege: user,all\r\nDone: 1\r\n\r\n';
const slice = 65_536;

/** An AMI server that answers like a PBX and can send prepared bytes, past its own event masks and filters. */
export class Blaster {
  readonly #sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async start(engine: Engine): Promise<Blaster> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const blaster = new Blaster(server, typeof address === 'object' && address ? address.port : 0);
    const settings = {
      engine,
      actions,
      accounts: [{ username, secret }],
      authTimeoutMs: 30_000,
      maxBacklog: 1_000_000_000,
    };
    server.on('connection', (socket) => {
      blaster.#sockets.add(socket);
      new AmiSession(socket, settings, () => blaster.#sockets.delete(socket));
    });
    return blaster;
  }

  /** Send as fast as the reader takes it; resolves when the last byte was handed over. */
  async blast(bytes: Buffer): Promise<void> {
    for (const socket of this.#sockets) {
      for (let at = 0, end = 0; at < bytes.length && !socket.destroyed; at = end) {
        // Whole blocks: the answer to an action may go out between two writes.
        end = at + slice >= bytes.length ? bytes.length : bytes.lastIndexOf('\r\n\r\n', at + slice) + 4;
        if (!socket.write(bytes.subarray(at, end))) await drained(socket);
      }
      socket.write(mark);
    }
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      socket.off('drain', go);
      socket.off('close', go);
      resolve();
    };
    socket.on('drain', go);
    socket.on('close', go);
  });
}
