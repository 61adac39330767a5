'use client';

import { useEffect, useState } from 'react';
import { type ClassifyResult, classifyBody, classifyResult } from '@/server/protocol/availability';
import { call } from '../../auth/api';
import { TextField } from '../../ui/text-field';
import { type NumberValues, rulesOf } from './number-values';
import { verdictWords } from './number-words';

/** Long enough for a number to be typed in one go, ms. */
const pauseMs = 250;

interface Verdict {
  readonly words: string;
  readonly good: boolean;
}

/** What the rules of the form, saved or not, make of a number. */
export function NumberTester({ numbers }: { readonly numbers: NumberValues }) {
  const [number, setNumber] = useState('');
  const verdict = useVerdict(number.trim(), numbers);
  return (
    <div className="mt-5 flex flex-wrap items-end gap-x-4 gap-y-2 rounded-md bg-sunken px-3 py-3">
      <TextField
        className="w-56 max-w-full"
        label="Try a number"
        type="text"
        inputMode="tel"
        autoComplete="off"
        value={number}
        onChange={(event) => setNumber(event.target.value)}
        // Enter in this field must not save the form around it.
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        placeholder="0044123"
        maxLength={40}
      />
      <p role="status" className={`min-h-9 py-2 text-sm font-medium ${verdict?.good ? 'text-free-ink' : 'text-ink'}`}>
        {verdict?.words}
      </p>
    </div>
  );
}

function useVerdict(number: string, numbers: NumberValues): Verdict | null {
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  useEffect(() => {
    setVerdict(null);
    if (number === '') return;
    const leave = new AbortController();
    const timer = setTimeout(() => {
      void judge(number, numbers, leave.signal).then((found) => leave.signal.aborted || setVerdict(found));
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      leave.abort();
    };
  }, [number, numbers]);
  return verdict;
}

async function judge(number: string, values: NumberValues, signal: AbortSignal): Promise<Verdict> {
  // The limit has no say in it, and may be half typed.
  const rules = { ...rulesOf(values), externalPerMinute: null };
  const body = classifyBody.safeParse({ number, numbers: rules });
  if (!body.success) {
    const words = body.error.issues[0]?.path[0] === 'number' ? 'This is no number' : 'A pattern above is not right yet';
    return { words, good: false };
  }
  const path = 'admin/availability/classify';
  const outcome = await call<ClassifyResult>(classifyResult, path, { method: 'POST', body: body.data, signal });
  if (!outcome.ok) return { words: outcome.message, good: false };
  return { words: verdictWords(number, outcome.value, values.dialTo), good: outcome.value.forwardAllowed };
}
