import { midnight } from '../history/history-filter';

/** The filter as it stands in its fields; dates are `2026-03-01`, in the user's zone. */
export interface AuditFieldValues {
  readonly actor: string;
  /** Name of a command; empty: all. */
  readonly action: string;
  /** Part of whom or what it was done to. */
  readonly target: string;
  /** Beginning of the session's id. */
  readonly session: string;
  readonly result: '' | 'ok' | 'refused';
  readonly from: string;
  /** The last day that counts. */
  readonly to: string;
}

export const noFields: AuditFieldValues = {
  actor: '',
  action: '',
  target: '',
  session: '',
  result: '',
  from: '',
  to: '',
};

/** The query of a filter, without its `?`; a field that cannot be read yet says nothing. */
export function queryOf({ actor, action, target, session, result, from, to }: AuditFieldValues): string {
  const query = new URLSearchParams();
  const found = { actor: actor.trim(), action, target: target.trim(), session: session.trim() };
  const values = { ...found, result, from: midnight(from, 0), to: midnight(to, 1) };
  for (const [name, value] of Object.entries(values)) if (value) query.set(name, value);
  return query.toString();
}

/** Where the browser downloads all of it. */
export function csvAddress(query: string): string {
  return `/api/v1/admin/audit.csv${query && `?${query}`}`;
}
