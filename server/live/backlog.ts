/** What this file needs of Engine.IO's connection; `writeBuffer` and the ws socket are not in its public types. */
export interface EngineConnection {
  writeBuffer: { readonly type: string; readonly data?: unknown }[];
  readonly transport: { readonly socket?: { readonly bufferedAmount: number; terminate(): void } };
  close(discard?: boolean): void;
}

export interface Backlog {
  readonly packets: number;
  /** Characters that wait in Engine.IO and bytes that wait in the WebSocket and its TCP socket. */
  readonly bytes: number;
}

const frameHead = '2["frame",';

/** What waits to be sent to a browser. */
export function backlogOf(conn: EngineConnection): Backlog {
  let bytes = conn.transport.socket?.bufferedAmount ?? 0;
  for (const { data } of conn.writeBuffer) if (typeof data === 'string') bytes += data.length;
  return { packets: conn.writeBuffer.length, bytes };
}

/** Forget the frames that wait; answers, pings and all that is no frame stay. Answers how many went. */
export function dropFrames(conn: EngineConnection): number {
  const before = conn.writeBuffer.length;
  conn.writeBuffer = conn.writeBuffer.filter(({ data }) => !(typeof data === 'string' && data.startsWith(frameHead)));
  return before - conn.writeBuffer.length;
}

/** End the connection without waiting for what is still to be sent. */
export function terminate(conn: EngineConnection): void {
  const { socket } = conn.transport;
  if (socket === undefined) conn.close(true);
  else socket.terminate();
}
