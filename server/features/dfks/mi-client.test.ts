import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { MiClient } from './mi-client';

const servers: { close(): unknown }[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listening(server: Server | ReturnType<typeof createTcpServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push({
    close() {
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/mi`;
}

const serve = (listener: RequestListener): Promise<string> => listening(createServer(listener));
const saying = (body: string, status = 200): Promise<string> =>
  serve((_, response) => response.writeHead(status, { 'content-type': 'application/json' }).end(body));

const ask = (url: string, timeoutMs?: number) =>
  new MiClient(timeoutMs === undefined ? {} : { timeoutMs }).call(url, 'dfks_set_feature', { status: 1 });

describe('the MI of OpenSIPS', () => {
  it('is asked by JSON-RPC, each time on a connection of its own', async () => {
    const seen: { request: IncomingMessage; body: unknown }[] = [];
    const url = await serve(async (request, response) => {
      const body = JSON.parse(await text(request));
      seen.push({ request, body });
      response.end(JSON.stringify({ jsonrpc: '2.0', result: 'OK', id: body.id }));
    });
    const client = new MiClient();
    expect(await client.call(url, 'dfks_set_feature', { status: 1 })).toEqual({ kind: 'done' });
    expect(await client.call(url, 'dfks_set_feature', { status: 0 })).toEqual({ kind: 'done' });
    expect(seen.map(({ body }) => body)).toEqual([
      { jsonrpc: '2.0', id: 1, method: 'dfks_set_feature', params: { status: 1 } },
      { jsonrpc: '2.0', id: 2, method: 'dfks_set_feature', params: { status: 0 } },
    ]);
    // Posted as a form, its embedded web server would wait for ever.
    expect(seen[0]?.request).toMatchObject({ method: 'POST', headers: { 'content-type': 'application/json' } });
    expect(seen[0]?.request.headers.connection).toBe('close');
  });

  it('refuses in its own words', async () => {
    const url = await saying('{"jsonrpc":"2.0","error":{"code":400,"message":"Unknown feature"},"id":1}');
    expect(await ask(url)).toEqual({
      kind: 'refused',
      message: `OpenSIPS at ${new URL(url).host} refused dfks_set_feature: "Unknown feature" (400).`,
    });
    const unread = await saying('{"jsonrpc":"2.0","error":{"code":-32700,"message":"Parse error"},"id":null}');
    expect(await ask(unread)).toMatchObject({ kind: 'refused' });
  });

  it('has its words shown to everybody: one line, and not more than a sentence', async () => {
    const message = `no\r\n${'x'.repeat(50_000)}`;
    const outcome = await ask(await saying(JSON.stringify({ jsonrpc: '2.0', error: { code: 1, message }, id: 1 })));
    expect(outcome).toMatchObject({ kind: 'refused', message: expect.stringMatching(/^.{1,300}$/) });
  });

  it.each([
    ['garbage', '<html>welcome</html>'],
    ['nothing', ''],
    ['other JSON', '{"ok":true}'],
    ['the answer to another question', '{"jsonrpc":"2.0","result":"OK","id":7}'],
    ['an answer without a result', '{"jsonrpc":"2.0","id":1}'],
    ['an error that is none', '{"jsonrpc":"2.0","id":1,"error":"no"}'],
  ])('that answers with %s is away', async (_, body) => {
    const answer = await ask(await saying(body));
    expect(answer).toMatchObject({ kind: 'away', message: expect.stringContaining('no JSON-RPC') });
  });

  it('that answers with an HTTP error is away', async () => {
    const failed = await ask(await saying('{"jsonrpc":"2.0","result":"OK","id":1}', 500));
    expect(failed).toMatchObject({ kind: 'away', message: expect.stringContaining('HTTP status 500') });
  });

  it('is not followed to another address', async () => {
    const asked: string[] = [];
    const url = await serve((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(await ask(url)).toMatchObject({ kind: 'away', message: expect.stringContaining('HTTP status 307') });
    expect(asked).toEqual(['/mi']);
  });

  it('that sends without end is cut off', async () => {
    let hungUp = (): void => undefined;
    const cut = new Promise<void>((resolve) => (hungUp = resolve));
    const url = await serve((_, response) => {
      const chunk = 'x'.repeat(16 * 1024);
      const pour = (): void => {
        while (!response.destroyed && response.write(chunk));
        response.once('drain', pour);
      };
      response.once('close', hungUp);
      pour();
    });
    expect(await ask(url, 60_000)).toMatchObject({ kind: 'away', message: expect.stringContaining('more than') });
    await cut;
  });

  it('that says nothing is given up', async () => {
    const silent = await ask(await serve(() => {}), 50);
    expect(silent).toMatchObject({ kind: 'away', message: expect.stringContaining('did not answer within 0.05') });
    const halfway = await ask(await serve((_, response) => response.write('{"jsonrpc"')), 50);
    expect(halfway).toMatchObject({ kind: 'away', message: expect.stringContaining('did not answer within 0.05') });
  });

  it('that breaks off or is not there is away', async () => {
    const resetting = await listening(createTcpServer((socket) => socket.once('data', () => socket.resetAndDestroy())));
    expect(await ask(resetting)).toMatchObject({
      kind: 'away',
      message: expect.stringContaining('broke the connection'),
    });
    const gone = createServer();
    const url = await listening(gone);
    await new Promise((resolve) => gone.close(resolve));
    expect(await ask(url)).toMatchObject({ kind: 'away', message: expect.stringContaining('refuses connections') });
    expect(await ask('no address')).toMatchObject({ kind: 'away' });
  });
});
