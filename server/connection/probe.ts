import * as net from 'node:net';
import * as tls from 'node:tls';

/** What answers at an address. `closed`: it ended the connection at once; `silent`: it took it and says nothing. */
export type Answerer =
  | { readonly kind: 'ami' | 'amiTls'; readonly version: string }
  | { readonly kind: 'web'; readonly server: string }
  | { readonly kind: 'other'; readonly banner: string }
  | { readonly kind: 'tls' | 'silent' | 'closed' | 'nobody' };

const connectMs = 3_000;
const listenMs = 1_500;
const greeting = /Asterisk Call Manager(?: Proxy)?\/(\d+(?:\.\d+)*)/;

/**
 * Looks at what listens there: without TLS, then with, then as a web server. Signs nobody in and sends no secret.
 * Never rejects; takes 12 s at most.
 */
export async function whoAnswers(host: string, port: number): Promise<Answerer> {
  const first = await heard(() => net.connect({ host, port }), 'connect');
  if (first.state === 'refused') return { kind: 'nobody' };
  const version = greeting.exec(first.text)?.[1];
  if (version !== undefined) return { kind: 'ami', version };
  if (first.text !== '') return { kind: 'other', banner: shown(first.text) };
  if (first.state === 'closed') return { kind: 'closed' };
  return (await overTls(host, port)) ?? (await asWebServer(host, port)) ?? { kind: 'silent' };
}

async function overTls(host: string, port: number): Promise<Answerer | null> {
  const open = () =>
    tls.connect({
      host,
      port,
      rejectUnauthorized: false,
      ...(net.isIP(host) === 0 ? { servername: host } : {}),
    });
  const said = await heard(open, 'secureConnect');
  if (said.state === 'refused') return null;
  const version = greeting.exec(said.text)?.[1];
  return version === undefined ? { kind: 'tls' } : { kind: 'amiTls', version };
}

async function asWebServer(host: string, port: number): Promise<Answerer | null> {
  const said = await heard(() => net.connect({ host, port }), 'connect', `GET / HTTP/1.0\r\nHost: ${host}\r\n\r\n`);
  if (!/^HTTP\/1/.test(said.text)) return null;
  return { kind: 'web', server: shown(/^Server:\s*(.*)$/im.exec(said.text)?.[1] ?? '') };
}

interface Heard {
  /** `refused`: the connection was not made. */
  readonly state: 'open' | 'closed' | 'refused';
  readonly text: string;
}

function heard(open: () => net.Socket, ready: 'connect' | 'secureConnect', say?: string): Promise<Heard> {
  return new Promise((resolve) => {
    const socket = open();
    let text = '';
    let connected = false;
    const done = (state: Heard['state']): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ state: connected ? state : 'refused', text });
    };
    let timer = setTimeout(() => done('refused'), connectMs);
    socket.once(ready, () => {
      connected = true;
      clearTimeout(timer);
      timer = setTimeout(() => done('open'), listenMs);
      if (say !== undefined) socket.write(say);
    });
    socket.on('data', (bytes: Buffer) => {
      text += bytes.toString('latin1');
      if (text.includes('\n') || text.length > 2_000) done('open');
    });
    socket.once('end', () => done('closed'));
    socket.once('error', () => done('closed'));
    socket.once('close', () => done('closed'));
  });
}

/** The first line, as it can be shown. */
function shown(text: string): string {
  const line = text.split(/\r?\n/)[0] ?? '';
  return line.replace(/[^\x20-\x7e]/g, '?').slice(0, 80);
}
