'use client';

import { type FormEvent, type RefObject, useCallback, useRef, useState } from 'react';
import type { z } from 'zod';
import type { CallFailure, Outcome } from '../auth/api';
import { problemInWords, problemsByField } from './words';

interface FormOptions<V extends object, B, R> {
  readonly initial: V;
  /** Checks what `body` makes of the values; its paths are the fields' names. */
  readonly schema: z.ZodType<B>;
  readonly body: (values: V) => unknown;
  /** Problems that the schema cannot see, by field. */
  readonly check?: (values: V) => Partial<Record<keyof V, string>>;
  readonly send: (body: B) => Promise<Outcome<R>>;
  readonly done: (result: R, values: V) => void;
}

export interface Form<V extends object> {
  readonly values: V;
  readonly dirty: boolean;
  readonly busy: boolean;
  readonly errors: Partial<Record<keyof V, string>>;
  /** What is wrong deep inside a value, by its path: `states.2.name`. */
  readonly problem: (path: string) => string | undefined;
  /** What went wrong with the whole; null: nothing. */
  readonly failure: CallFailure | null;
  /** Give it to the form element: the first field at fault gets the focus, found by its `name`. */
  readonly ref: RefObject<HTMLFormElement | null>;
  set<K extends keyof V>(name: K, value: V[K]): void;
  submit(event?: FormEvent): void;
  /** Start over from these values. */
  reset(values: V): void;
  /** Start from these values, but keep what was changed here. */
  rebase(values: V): void;
  /** The body when all is well; else shows what is wrong and answers null. */
  checked(): unknown;
}

/** Values, errors beside their fields, one submit at a time. */
export function useForm<V extends object, B, R>(options: FormOptions<V, B, R>): Form<V> {
  const { schema, body, check, send, done } = options;
  const [start, setStart] = useState(options.initial);
  const [values, setValues] = useState(options.initial);
  const [errors, setErrors] = useState<Partial<Record<keyof V, string>>>({});
  const [failure, setFailure] = useState<CallFailure | null>(null);
  const [busy, setBusy] = useState(false);
  const ref = useRef<HTMLFormElement>(null);
  const names = Object.keys(values) as (keyof V)[];

  const show = (problems: Partial<Record<keyof V, string>>) => {
    setErrors(problems);
    setFailure(null);
    focusFirst(ref.current, problems);
  };
  const checked = (): B | null => {
    const result = schema.safeParse(body(values), { error: problemInWords });
    const problems: Partial<Record<keyof V, string>> = {
      ...(result.success ? {} : (problemsByField(result.error) as Partial<Record<keyof V, string>>)),
      ...check?.(values),
    };
    if (!result.success || names.some((name) => problems[name] !== undefined)) {
      show(problems);
      return null;
    }
    return result.data;
  };
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    // A form in a dialog must not send the one around it.
    event?.stopPropagation();
    if (busy) return;
    const content = checked();
    if (content === null) return;
    setBusy(true);
    setErrors({});
    setFailure(null);
    void send(content).then((outcome) => {
      setBusy(false);
      if (outcome.ok) {
        setStart(values);
        done(outcome.value, values);
        return;
      }
      const { field } = outcome;
      if (field === undefined || !names.some((name) => isWithin(field, name))) setFailure(outcome);
      else show({ [field]: outcome.message } as Partial<Record<keyof V, string>>);
    });
  };
  const set = useCallback(<K extends keyof V>(name: K, value: V[K]) => {
    setValues((old) => ({ ...old, [name]: value }));
    setErrors((old) => without(old, name));
  }, []);
  const reset = useCallback((next: V) => {
    setStart(next);
    setValues(next);
    setErrors({});
    setFailure(null);
  }, []);
  const rebase = useCallback(
    (next: V) => {
      const kept = Object.entries(values).filter(([name, value]) => !Object.is(value, start[name as keyof V]));
      setStart(next);
      setValues({ ...next, ...(Object.fromEntries(kept) as Partial<V>) });
      setErrors({});
      setFailure(null);
    },
    [values, start],
  );
  const problem = (path: string) => (errors as Partial<Record<string, string>>)[path];
  const dirty = names.some((name) => !Object.is(values[name], start[name]));
  return { values, dirty, busy, errors, problem, failure, ref, set, submit, reset, rebase, checked };
}

/** `states.2.name` is within `states`. */
function isWithin(path: string, name: PropertyKey): boolean {
  return path === name || path.startsWith(`${String(name)}.`);
}

/** The problems but those of a value that has just been changed. */
function without<P extends object>(problems: P, name: PropertyKey): P {
  const rest = Object.entries(problems).filter(([path]) => !isWithin(path, name));
  return rest.length === Object.keys(problems).length ? problems : (Object.fromEntries(rest) as P);
}

function focusFirst(form: HTMLFormElement | null, problems: Readonly<Record<string, unknown>>): void {
  // After the error has been rendered, so that it is read with the field.
  requestAnimationFrame(() => {
    const fields = [...(form?.elements ?? [])].filter(
      (field): field is HTMLElement & { name: string } => 'name' in field && problems[String(field.name)] !== undefined,
    );
    fields[0]?.focus();
  });
}
