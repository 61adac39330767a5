import type { z } from 'zod';
import { type ErrorCode, failure } from '@/server/protocol/errors';

/** Why a call failed; `unreachable`: no answer, or none of ours (a proxy's page, a cut line). */
export interface CallFailure {
  readonly ok: false;
  readonly error: ErrorCode | 'unreachable';
  /** One sentence for a person. */
  readonly message: string;
  /** Dotted path of the value at fault. */
  readonly field?: string | undefined;
  /** Seconds to wait before the next try. */
  readonly retryAfter?: number | undefined;
  /** The answer itself, for the few that say more. */
  readonly body?: unknown;
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | CallFailure;

interface CallOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** For what takes its time; otherwise half a minute. */
  readonly timeoutMs?: number;
}

const timeoutMs = 30_000;

/** One call of the panel's own API, the answer checked against its schema. Never rejects. */
export async function call<T>(answer: z.ZodType<T>, path: string, options: CallOptions = {}): Promise<Outcome<T>> {
  const { method = 'GET', body, signal } = options;
  try {
    const limit = AbortSignal.timeout(options.timeoutMs ?? timeoutMs);
    const response = await fetch(`/api/v1/${path}`, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json; charset=utf-8' } }),
    });
    const content: unknown = await response.json();
    return read(answer, response, content);
  } catch {
    return unreachable;
  }
}

const unreachable: CallFailure = {
  ok: false,
  error: 'unreachable',
  message: 'The panel server cannot be reached. Check that it runs, then try again.',
};

function read<T>(answer: z.ZodType<T>, response: Response, content: unknown): Outcome<T> {
  if (response.ok) {
    const value = answer.safeParse(content);
    if (value.success) return { ok: true, value: value.data };
    return { ...unreachable, message: 'The server answered in a way this page does not know. Reload the page.' };
  }
  const known = failure.safeParse(content);
  if (!known.success) return unreachable;
  return { ...known.data, retryAfter: seconds(response.headers.get('Retry-After')), body: content };
}

function seconds(header: string | null): number | undefined {
  const value = Number(header);
  return header !== null && Number.isFinite(value) && value > 0 ? Math.ceil(value) : undefined;
}
