import { Decoder, Encoder, type Packet } from 'socket.io-parser';

/** JSON made before: the encoder writes it as it is, so one text serves every socket. */
export class JsonText {
  constructor(readonly text: string) {}
}

/** Socket.IO's types want the value itself; FrameEncoder writes the text in its place. */
export function asValue<T>(text: string): T {
  return new JsonText(text) as unknown as T;
}

function jsonOf(value: unknown): string {
  return value instanceof JsonText ? value.text : (JSON.stringify(value) ?? 'null');
}

/** Writes what Socket.IO's own encoder would, except that it never searches the data for binary and takes JsonText. */
export class FrameEncoder extends Encoder {
  override encode(packet: Packet): string[] {
    const data: unknown = packet.data;
    const namespace = packet.nsp && packet.nsp !== '/' ? `${packet.nsp},` : '';
    const head = `${packet.type}${namespace}${packet.id ?? ''}`;
    if (data === undefined || data === null) return [head];
    return [head + (Array.isArray(data) ? `[${data.map(jsonOf).join(',')}]` : jsonOf(data))];
  }
}

/** Nobody sends us binary: a packet that announces some is a protocol error and ends the connection. */
export class FrameDecoder extends Decoder {
  constructor() {
    super({ maxAttachments: 0 });
  }
}

export const wireParser = { Encoder: FrameEncoder, Decoder: FrameDecoder };
