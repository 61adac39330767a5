import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import * as net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tls from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AmiSession } from './session';
import { announced, snapshot } from './testing';
import type { AmiMessage, SessionStatus } from './types';
import type { AmiTlsOptions } from './url';

const dir = mkdtempSync(join(tmpdir(), 'ami-tls-'));
const keyFile = join(dir, 'key.pem');
const certFile = join(dir, 'cert.pem');
const closers: (() => void | Promise<void>)[] = [];

beforeAll(() => {
  const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync(
    'openssl',
    [
      ...args,
      '-keyout',
      keyFile,
      '-out',
      certFile,
      '-subj',
      '/CN=localhost',
      '-addext',
      'subjectAltName=DNS:localhost,IP:127.0.0.1',
    ],
    { stdio: 'ignore' },
  );
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(() => rmSync(dir, { recursive: true }));

/** A PBX that says yes: logs in, lists one channel, and echoes what UserEvent is sent. */
function script(socket: net.Socket): void {
  closers.push(() => void socket.destroy());
  socket.on('error', () => {});
  socket.write('Asterisk Call Manager/11.0.0\r\n');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('utf8');
    for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
      const fields = new Map(
        text
          .slice(0, end)
          .split('\r\n')
          .map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]),
      );
      text = text.slice(end + 4);
      reply(socket, fields);
    }
  });
}

function reply(socket: net.Socket, fields: Map<string, string>): void {
  const id = `ActionID: ${fields.get('ActionID')}\r\n`;
  const action = fields.get('Action');
  if (action === 'Challenge') socket.write(`Response: Success\r\n${id}Challenge: 1\r\n\r\n`);
  else if (action === 'Login')
    socket.write(`Response: Success\r\n${id}\r\n${announced('FullyBooted', 'Status: Fully Booted\r\n', 'system,all')}`);
  else if (action === 'CoreShowChannels') {
    socket.write(
      `Response: Success\r\n${id}EventList: start\r\n\r\nEvent: CoreShowChannel\r\n${id}${snapshot('', { name: 'Jürgen' })}BridgeId: \r\n\r\n`,
    );
    socket.write(`Event: CoreShowChannelsComplete\r\n${id}EventList: Complete\r\nListItems: 1\r\n\r\n`);
  } else if (action === 'UserEvent') {
    socket.write(
      `Response: Success\r\n${id}\r\n${announced('UserEvent', `UserEvent: ${fields.get('UserEvent')}\r\nText: ${fields.get('Text')}\r\n`, 'user,all')}`,
    );
  } else socket.write(`Response: Success\r\n${id}\r\n`);
}

async function listen(server: net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

const tlsServer = (): net.Server =>
  tls.createServer({ key: readFileSync(keyFile), cert: readFileSync(certFile) }, script);

interface Link {
  readonly session: AmiSession;
  /** Resolves with the first status in one of these states. */
  reach(...states: SessionStatus['state'][]): Promise<SessionStatus>;
  nextEvent(): Promise<AmiMessage>;
}

function link(port: number, options: AmiTlsOptions | null): Link {
  const watchers: ((status: SessionStatus) => void)[] = [];
  let gotEvent: (message: AmiMessage) => void = () => {};
  const session = new AmiSession({
    connect: { host: '127.0.0.1', port, username: 'u', secret: 's', ...(options === null ? {} : { tls: options }) },
    wants: new Set(['UserEvent']),
    handlers: {
      event: (message) => gotEvent(message),
      status: (status) => {
        for (const watch of watchers) watch(status);
      },
      tamper: () => {},
    },
  });
  closers.push(() => session.close());
  return {
    session,
    reach: (...states) =>
      new Promise((resolve) => watchers.push((status) => states.includes(status.state) && resolve(status))),
    nextEvent: () => new Promise((resolve) => (gotEvent = resolve)),
  };
}

async function attempt(
  port: number,
  options: AmiTlsOptions | null,
): Promise<{ status: SessionStatus; session: AmiSession; link: Link }> {
  const made = link(port, options);
  const settled = made.reach('ready', 'waiting');
  made.session.start();
  return { status: await settled, session: made.session, link: made };
}

describe('over TCP', () => {
  it('logs in, lists, acts, hears events, closes', async () => {
    const port = await listen(net.createServer(script));
    const { status, session, link: made } = await attempt(port, null);
    expect(status.state).toBe('ready');
    const callers: (string | undefined)[] = [];
    for await (const item of session.list('CoreShowChannels')) callers.push(item.get('CallerIDName'));
    expect(callers).toEqual(['Jürgen']);
    const heard = made.nextEvent();
    await session.action('UserEvent', { UserEvent: 'Hello', Text: 'Grüße, 世界' });
    expect((await heard).get('Text')).toBe('Grüße, 世界');
    await session.close();
    expect(session.status.state).toBe('closed');
  });

  it('comes back by itself when the PBX does', async () => {
    const sockets: net.Socket[] = [];
    const port = await listen(
      net.createServer((socket) => {
        sockets.push(socket);
        script(socket);
      }),
    );
    const { link: made, session } = await attempt(port, null);
    const lost = made.reach('waiting');
    sockets[0]?.destroy();
    expect((await lost).failure?.kind).toBe('lost');
    expect((await made.reach('ready')).failure).toBeNull();
    expect(session.stats().reconnects).toBe(1);
  });

  it('says refused where nobody listens', async () => {
    const server = net.createServer();
    const port = await listen(server);
    await closers.pop()?.();
    expect((await attempt(port, null)).status.failure?.kind).toBe('refused');
  });
});

describe('over TLS', () => {
  const fingerprint = (): string =>
    new X509Certificate(readFileSync(certFile)).fingerprint256.replaceAll(':', '').toLowerCase();

  it('trusts the authority given, and the certificate pinned', async () => {
    const port = await listen(tlsServer());
    expect((await attempt(port, { ca: certFile })).status.state).toBe('ready');
    expect((await attempt(port, { fingerprint: fingerprint() })).status.state).toBe('ready');
    expect((await attempt(port, { rejectUnauthorized: false })).status.state).toBe('ready');
  });

  it('refuses an unknown authority, another fingerprint and a CA that cannot be read', async () => {
    const port = await listen(tlsServer());
    for (const options of [{}, { fingerprint: '0'.repeat(64) }, { ca: join(dir, 'none.pem') }]) {
      expect((await attempt(port, options)).status).toMatchObject({ state: 'waiting', failure: { kind: 'tls' } });
    }
  });
});
