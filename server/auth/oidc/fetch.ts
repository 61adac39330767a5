import http from 'node:http';
import https from 'node:https';
import type { CustomFetch, CustomFetchOptions } from 'openid-client';

const mostBytes = 1024 * 1024;
const redirects = new Set([301, 302, 303, 307, 308]);

/** `fetch` that trusts a certificate authority of one's own (PEM; empty: those of the system), and goes nowhere else. */
export function createFetch(ca: string): CustomFetch {
  return async (url, options) => {
    const response = await ask(ca, url, options);
    if (!redirects.has(response.status)) return response;
    throw unlike(`the provider sends elsewhere (${response.status}): enter the address it sends to`);
  };
}

/** One request, redirects answered as they are; reads 1 MiB at most. */
export function ask(ca: string, url: string, options: CustomFetchOptions): Promise<Response> {
  return new Promise((resolve, reject) => {
    const target = new URL(url);
    const { method, headers, signal } = options;
    const shared = { method, headers: { ...headers, 'accept-encoding': 'identity' }, ...(signal ? { signal } : {}) };
    const request =
      target.protocol === 'https:'
        ? https.request(target, { ...shared, ...(ca === '' ? {} : { ca }) })
        : http.request(target, shared);
    request.once('error', reject);
    request.once('response', (response) => {
      void read(response).then(resolve, (error: unknown) => {
        request.destroy();
        reject(error);
      });
    });
    request.end(textOf(options.body));
  });
}

function textOf(body: CustomFetchOptions['body']): string | undefined {
  if (body === null || body === undefined) return undefined;
  if (typeof body === 'string' || body instanceof URLSearchParams) return body.toString();
  throw new TypeError('only text is sent to the provider');
}

async function read(response: http.IncomingMessage): Promise<Response> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > mostBytes) throw unlike('the provider answers with more than 1 MiB');
    chunks.push(chunk);
  }
  const status = response.statusCode ?? 0;
  const headers = new Headers();
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return new Response(status === 204 || status === 304 ? null : Buffer.concat(chunks), { status, headers });
}

/** No answer of OpenID Connect; with the code that the library has for it. */
function unlike(message: string): Error {
  return Object.assign(new Error(message), { code: 'OAUTH_RESPONSE_IS_NOT_CONFORM' });
}
