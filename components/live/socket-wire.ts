import { io, type Socket } from 'socket.io-client';
import type { ClientEvents, ServerEvents } from '@/server/protocol/socket';
import { type Wire, WireLost } from './wire';

const answerTimeoutMs = 8_000;

/** The panel's own server, over WebSocket alone. `token`: of a wallboard; without one the session cookie signs in. */
export function socketWire(token: string | null = null): Wire {
  const socket: Socket<ServerEvents, ClientEvents> = io({
    path: '/socket.io',
    transports: ['websocket'],
    autoConnect: false,
    ...(token !== null && { auth: { token } }),
    reconnectionDelay: 500,
    reconnectionDelayMax: 2_000,
  });
  let wanted = false;
  const again = (ms: number) => setTimeout(() => wanted && socket.connect(), ms);
  return {
    open: () => {
      wanted = true;
      socket.connect();
    },
    close: () => {
      wanted = false;
      socket.disconnect();
    },
    request: (event, body) =>
      new Promise((resolve, reject) => {
        if (!socket.connected) {
          reject(new WireLost('not connected'));
          return;
        }
        // Socket.IO's types cannot follow a generic event name; the map above holds for every event.
        const send = socket.timeout(answerTimeoutMs) as unknown as {
          emit(name: string, body: unknown, answer: (lost: Error | null, result: never) => void): void;
        };
        send.emit(event, body, (lost, result) => (lost ? reject(new WireLost(lost.message)) : resolve(result)));
      }),
    listen: ({ connected, disconnected, on }) => {
      socket.on('connect', connected);
      socket.on('disconnect', (reason) => {
        disconnected(false);
        // Socket.IO does not come back by itself after the server closed it.
        if (reason === 'io server disconnect') again(1_000);
      });
      socket.on('connect_error', (error) => {
        const denied = isDenied(error);
        disconnected(denied);
        if (!denied && !socket.active) again(2_000);
      });
      socket.on('frame', on.frame);
      socket.on('resync', on.resync);
      socket.on('ended', on.ended);
      socket.on('me', on.me);
      socket.on('layout', on.layout);
      socket.on('appearance', on.appearance);
    },
  };
}

function isDenied(error: Error & { data?: unknown }): boolean {
  const data = error.data as { error?: unknown } | undefined;
  return data?.error === 'unauthenticated' || /unauthenticated|unauthorized|not signed in/i.test(error.message);
}
