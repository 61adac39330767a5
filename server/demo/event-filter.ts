import type { PbxBlock } from './core';

/** An event filter of a session: by event name (Asterisk 22's `MatchCriteria`) or by a plain text in the block. */
export interface EventFilter {
  readonly exclude: boolean;
  readonly names: ReadonlySet<string> | null;
  readonly text: string;
}

/**
 * `MatchCriteria: action(exclude),name(Newexten)`, or the older `Filter: !^Event: (Newexten|VarSet)`. Undefined when malformed.
 * Regular expressions are taken as plain text: an expression of a stranger's is never run.
 */
export function parseFilter(criteria: string, filter: string): EventFilter | undefined {
  if (criteria === '') {
    if (filter === '') return undefined;
    const exclude = filter.startsWith('!');
    const text = exclude ? filter.slice(1) : filter;
    const events = /^\^?Event: \(?(\w+(?:\|\w+)*)\)?\$?$/.exec(text)?.[1];
    return { exclude, names: events ? new Set(events.split('|')) : null, text: events ? '' : text };
  }
  if (!/^(?:(?:name|action|header|method)\([^()]*\),?)+$/.test(criteria)) return undefined;
  const name = /(?:^|,)name\(([^()]*)\)/.exec(criteria)?.[1] ?? null;
  const action = /(?:^|,)action\(([^()]*)\)/.exec(criteria)?.[1] ?? 'include';
  if (action !== 'include' && action !== 'exclude') return undefined;
  return { exclude: action === 'exclude', names: name === null ? null : new Set([name]), text: filter };
}

/** Include filters let through only what they name; exclude filters take away from that. */
export function passes(filters: readonly EventFilter[], block: PbxBlock): boolean {
  if (filters.length === 0) return true;
  const matches = (one: EventFilter) =>
    (one.names === null || one.names.has(block.name)) && (one.text === '' || block.text.includes(one.text));
  if (filters.some((one) => one.exclude && matches(one))) return false;
  const includes = filters.filter((one) => !one.exclude);
  return includes.length === 0 || includes.some(matches);
}
