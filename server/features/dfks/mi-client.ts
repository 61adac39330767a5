import { type MiAnswer, miAnswer } from '../../protocol/dfks';
import type { WriteOutcome } from '../backend';

export interface MiClientOptions {
  /** For the whole of a call, ms. */
  readonly timeoutMs?: number;
}

const defaultTimeoutMs = 3_000;
/** The answer to a command is one line; whatever is longer did not come from the MI. */
const longestAnswer = 64 * 1024;
/** Characters of its words that are passed on. */
const mostWords = 200;

/** Of the errors of Node's sockets and resolver. */
const causes: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refuses connections there',
  ECONNRESET: 'broke the connection off',
  UND_ERR_SOCKET: 'broke the connection off',
  ENOTFOUND: 'has a name that nobody knows',
  EAI_AGAIN: 'has a name that cannot be looked up at present',
  EHOSTUNREACH: 'cannot be reached from here',
  ENETUNREACH: 'cannot be reached from here',
  UND_ERR_CONNECT_TIMEOUT: 'does not answer',
};

class TooLongError extends Error {}

/**
 * The management interface of OpenSIPS: JSON-RPC 2.0 over HTTP (module mi_http, POST to `/mi`). One connection per call:
 * its embedded web server closes idle ones whenever it likes, which would look like a failure.
 */
export class MiClient {
  private readonly timeoutMs: number;
  private id = 0;

  constructor(options: MiClientOptions = {}) {
    this.timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  }

  /**
   * Runs one command. `refused` is OpenSIPS' own word (a JSON-RPC error, with code and message); everything else that goes
   * wrong leaves open whether it was done, and is `away`. Never rejects.
   */
  async call(url: string, method: string, params: Readonly<Record<string, unknown>>): Promise<WriteOutcome> {
    this.id += 1;
    const { id } = this;
    const where = `OpenSIPS at ${URL.canParse(url) ? new URL(url).host : url}`;
    const away = (what: string): WriteOutcome => ({ kind: 'away', message: `${where} ${what}.` });
    try {
      const response = await this.post(url, JSON.stringify({ jsonrpc: '2.0', id, method, params }));
      const answer = answerIn(await boundedText(response));
      if (answer && 'error' in answer) {
        const { code, message } = answer.error;
        return { kind: 'refused', message: `${where} refused ${method}: "${asWords(message)}" (${code}).` };
      }
      if (!response.ok) return away(`answers with HTTP status ${response.status}`);
      if (answer?.id === id) return { kind: 'done' };
      return away('answers with something that is no JSON-RPC; is it the address of mi_http');
    } catch (error) {
      return away(this.inWords(error));
    }
  }

  private post(url: string, body: string): Promise<Response> {
    return fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', connection: 'close' },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(this.timeoutMs),
    });
  }

  private inWords(error: unknown): string {
    if (error instanceof TooLongError) return 'answers with more than an answer; is it the address of mi_http';
    if (error instanceof Error && error.name === 'TimeoutError') {
      return `did not answer within ${this.timeoutMs / 1_000} seconds`;
    }
    const cause = error instanceof Error ? error.cause : undefined;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    return causes[code] ?? `could not be asked (${cause instanceof Error ? cause.message : String(error)})`;
  }
}

/** One line: it is shown at the tile of everybody concerned. */
function asWords(message: string): string {
  return message.replace(/\p{Cc}+/gu, ' ').slice(0, mostWords);
}

function answerIn(text: string): MiAnswer | null {
  try {
    return miAnswer.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Throws TooLongError as soon as there is too much, and stops receiving. */
async function boundedText(response: Response): Promise<string> {
  if (!response.body) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > longestAnswer) throw new TooLongError();
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
