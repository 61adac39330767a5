import type { ClientEvents, ServerEvents } from '@/server/protocol/socket';

type AnswerOf<E extends keyof ClientEvents> = Parameters<Parameters<ClientEvents[E]>[1]>[0];

/** The connection is gone or did not answer in time; whether the request was obeyed is unknown. */
export class WireLost extends Error {
  override readonly name = 'WireLost';
}

/** What the mirror needs of a socket; socket.io in the browser, a fake in tests, a generator in the mock. */
export interface Wire {
  open(): void;
  close(): void;
  /** Send and wait for the answer; rejects with WireLost. */
  request<E extends keyof ClientEvents>(event: E, body: Parameters<ClientEvents[E]>[0]): Promise<AnswerOf<E>>;
  listen(listeners: WireListeners): void;
}

export interface WireListeners {
  readonly connected: () => void;
  /** `refused`: the server closed or denied it for want of a session; otherwise the wire tries again by itself. */
  readonly disconnected: (refused: boolean) => void;
  readonly on: { readonly [E in keyof ServerEvents]: ServerEvents[E] };
}
