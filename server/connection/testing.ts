/** Things that listen on loopback, for tests of what a wrong address is told to be. */
import { execFileSync } from 'node:child_process';
import { randomUUID, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as http from 'node:http';
import * as net from 'node:net';
import path from 'node:path';
import * as tls from 'node:tls';

export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

async function listen(server: net.Server | http.Server): Promise<Listener> {
  const open = new Set<net.Socket>();
  server.on('connection', (socket: net.Socket) => {
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** Says this to everybody who comes, and then what `answer` makes of each line. */
export function speaker(words: string, answer: (block: string) => string = () => ''): Promise<Listener> {
  return listen(net.createServer((socket) => converse(socket, words, answer)));
}

export function ender(): Promise<Listener> {
  return listen(net.createServer((socket) => socket.end()));
}

export function webServer(name: string): Promise<Listener> {
  return listen(
    http.createServer((_, response) => {
      response.setHeader('Server', name);
      response.statusCode = 404;
      response.end();
    }),
  );
}

export interface Pem {
  readonly key: string;
  readonly cert: string;
}

export function tlsSpeaker(pem: Pem, words: string, answer: (block: string) => string = () => ''): Promise<Listener> {
  return listen(tls.createServer(pem, (socket) => converse(socket, words, answer)));
}

/** A certificate that nobody signed, of this name; `expired`: until yesterday. */
export function selfSigned(folder: string, name: string, expired = false): Pem {
  const [key, cert] = ['key', 'crt'].map((end) => path.join(folder, `${randomUUID()}.${end}`));
  if (key === undefined || cert === undefined) throw new Error('unreachable');
  const what = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', cert];
  const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=${/^[\d.]+$/.test(name) ? 'IP' : 'DNS'}:${name}`];
  execFileSync('openssl', ['req', '-x509', '-days', '2', ...what, ...subject], { stdio: 'ignore' });
  if (expired) {
    const again = ['-in', cert, '-signkey', key, '-days', '-1', '-out', cert];
    execFileSync('openssl', ['x509', ...again], { stdio: 'ignore' });
  }
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}

/** The same with an end that is no moment. */
export function withoutEnd({ key, cert }: Pem): Pem {
  const bytes = Buffer.from(new X509Certificate(cert).raw);
  const moment = Buffer.from([0x17, 0x0d]);
  const end = bytes.indexOf(moment, bytes.indexOf(moment) + 1);
  bytes.write('XXXXXXXXXXXXZ', end + 2, 'latin1');
  const lines = bytes.toString('base64').replace(/.{64}/g, '$&\n');
  return { key, cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n` };
}

function converse(socket: net.Socket, words: string, answer: (block: string) => string): void {
  socket.on('error', () => {});
  if (words !== '') socket.write(words);
  let text = '';
  socket.on('data', (bytes) => {
    text += String(bytes);
    for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
      const reply = answer(text.slice(0, end));
      text = text.slice(end + 4);
      if (reply !== '') socket.write(reply);
    }
  });
}
