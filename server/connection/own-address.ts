import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';

const anyPort = 9;

/**
 * The address that this machine uses towards `host`: what the PBX sees, unless something in between translates it.
 * Nothing is sent. Null where it cannot be told (the name is not known, no way there).
 */
export async function addressTowards(host: string): Promise<string | null> {
  try {
    const { address, family } = await lookup(host.replace(/^\[(.*)\]$/, '$1'));
    return await sourceFor(address, family === 6 ? 'udp6' : 'udp4');
  } catch {
    return null;
  }
}

function sourceFor(address: string, type: 'udp4' | 'udp6'): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(type);
    socket.once('error', (error) => {
      socket.close();
      reject(error);
    });
    socket.connect(anyPort, address, () => {
      const { address: own } = socket.address();
      socket.close();
      resolve(own);
    });
  });
}
