import dgram from 'node:dgram';
import net from 'node:net';

/** Below Linux's ephemeral range, so that an outgoing connection never sits on a port we hand out. */
const firstPort = 20_000;
const portCount = 2_000;
const handedOut = new Set<number>();
let cursor = (process.pid * 37) % portCount;

/** RTP ports are chosen by Asterisk itself within this range; several instances may share it. */
export const rtpRange = { first: 22_000, last: 31_998 } as const;

/** A port free on loopback for TCP and UDP right now, never given twice by this process. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < portCount; tries += 1) {
    const port = firstPort + cursor;
    cursor = (cursor + 1) % portCount;
    if (handedOut.has(port)) continue;
    if ((await tcpFree(port)) && (await udpFree(port))) {
      handedOut.add(port);
      return port;
    }
  }
  throw new Error(`no free port from ${firstPort} to ${firstPort + portCount - 1}`);
}

function tcpFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function udpFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = dgram.createSocket('udp4');
    socket.once('error', () => resolve(false));
    socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => socket.close(() => resolve(true)));
  });
}
