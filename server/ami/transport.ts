import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as net from 'node:net';
import * as tls from 'node:tls';
import { AmiLinkError } from './errors';
import type { LinkFailure } from './types';
import type { AmiConnect } from './url';

/** What a transport tells its session. `close` comes exactly once, and nothing after it. */
export interface TransportHandlers {
  /** The wire stands; the greeting may follow. */
  open(): void;
  /** Bytes as they came; the buffer is the receiver's to keep. */
  data(chunk: Buffer): void;
  close(error: AmiLinkError): void;
}

/** A wire to one PBX. TCP and TLS are below; AMI over HTTP (rawman) would be another. It is never paused. */
export interface Transport {
  write(bytes: Buffer): void;
  /** End now; `close` is not called any more. */
  destroy(): void;
  /** True when a secret may be sent in the clear over it. */
  readonly encrypted: boolean;
}

export type TransportFactory = (connect: AmiConnect, handlers: TransportHandlers) => Transport;

/** Bytes Asterisk has not taken yet; beyond this it is not reading and the link is given up. */
const MAX_UNSENT_BYTES = 4_194_304;
const KEEP_ALIVE_MS = 10_000;

/** TCP, or TLS when `connect.tls` is given. */
export const openSocket: TransportFactory = (connect, handlers) => {
  try {
    return connect.tls === undefined ? openTcp(connect, handlers) : openTls(connect, connect.tls, handlers);
  } catch (error) {
    // A CA file that cannot be read: told like any other failure, later, so that the caller sees one order of events.
    const failure = new AmiLinkError(connect.tls === undefined ? 'unreachable' : 'tls', wordsOf(error));
    const timer = setImmediate(() => handlers.close(failure));
    return { write() {}, destroy: () => clearImmediate(timer), encrypted: connect.tls !== undefined };
  }
};

function openTcp(connect: AmiConnect, handlers: TransportHandlers): Transport {
  const socket = net.connect({ host: connect.host, port: connect.port });
  socket.once('connect', () => handlers.open());
  return attach(socket, handlers, false);
}

function openTls(connect: AmiConnect, options: NonNullable<AmiConnect['tls']>, handlers: TransportHandlers): Transport {
  const pinned = options.fingerprint !== undefined;
  const fromFile = options.ca === undefined ? undefined : readFileSync(options.ca, 'utf8');
  const authorities = [fromFile, options.caPem].filter((pem) => pem !== undefined);
  const name = options.servername ?? (net.isIP(connect.host) === 0 ? connect.host : undefined);
  const socket = tls.connect({
    host: connect.host,
    port: connect.port,
    ...(name === undefined ? {} : { servername: name }),
    ...(authorities.length === 0 ? {} : { ca: [...tls.rootCertificates, ...authorities] }),
    // A pin names the one certificate to accept: names, dates and issuers add nothing to it.
    rejectUnauthorized: !pinned && options.rejectUnauthorized !== false,
    minVersion: 'TLSv1.2',
  });
  socket.once('secureConnect', () => {
    if (pinned && fingerprintOf(socket) !== options.fingerprint) {
      socket.destroy(new AmiLinkError('tls', 'The certificate of the PBX is not the pinned one'));
      return;
    }
    handlers.open();
  });
  return attach(socket, handlers, true);
}

function fingerprintOf(socket: tls.TLSSocket): string {
  const raw = socket.getPeerCertificate().raw;
  return raw === undefined ? '' : new X509Certificate(raw).fingerprint256.replaceAll(':', '').toLowerCase();
}

function attach(socket: net.Socket, handlers: TransportHandlers, encrypted: boolean): Transport {
  let over = false;
  const finish = (error: AmiLinkError): void => {
    if (over) return;
    over = true;
    socket.destroy();
    handlers.close(error);
  };
  socket.setNoDelay(true);
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  socket.on('data', (chunk) => {
    if (!over) handlers.data(chunk);
  });
  socket.on('error', (error) => finish(asLinkError(error)));
  socket.on('end', () => finish(new AmiLinkError('lost', 'The PBX closed the connection')));
  socket.on('close', () => finish(new AmiLinkError('lost', 'The connection to the PBX ended')));
  return {
    encrypted,
    write(bytes) {
      if (over) return;
      socket.write(bytes);
      if (socket.writableLength > MAX_UNSENT_BYTES) finish(new AmiLinkError('lost', 'The PBX does not read any more'));
    },
    destroy() {
      over = true;
      socket.destroy();
    },
  };
}

const UNREACHABLE = new Set(['EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'EADDRNOTAVAIL', 'EHOSTDOWN']);
const LOST = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED']);

function asLinkError(error: Error): AmiLinkError {
  if (error instanceof AmiLinkError) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return new AmiLinkError(kindOf(code), spoken[code] ?? wordsOf(error));
}

/** What Node reports as `connect ECONNREFUSED …`, in words for a person. */
const spoken: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Connection refused: nothing listens at this address and port',
  ETIMEDOUT: 'No answer from this address',
  EHOSTUNREACH: 'This address cannot be reached from here',
  ENETUNREACH: 'This network cannot be reached from here',
  ENOTFOUND: 'This host name is not known',
  EAI_AGAIN: 'The host name cannot be looked up now',
  ECONNRESET: 'The PBX broke the connection off',
};

function kindOf(code: string): LinkFailure {
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ETIMEDOUT') return 'timeout';
  if (UNREACHABLE.has(code)) return 'unreachable';
  if (LOST.has(code)) return 'lost';
  return /^(ERR_(TLS|SSL)|CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO|EPROTO|ERR_OSSL|HOSTNAME)/.test(code) ? 'tls' : 'lost';
}

function wordsOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : 'The connection to the PBX failed';
}
