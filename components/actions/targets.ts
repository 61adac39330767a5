import type { ExtensionRecord } from '@/server/protocol/records';
import { fold, matches, queryWords } from '../extensions/search';
import type { ActionContext } from './action';

/** Where a call could go that somebody typed. */
export interface Target {
  readonly kind: 'person' | 'queue' | 'number';
  /** What is dialled. */
  readonly to: string;
  /** A person's or queue's name, or the number as it was typed. */
  readonly name: string;
}

/** A number as people write it, `+49 30 123-45`, in the form in which it is dialled; null: it is none. */
export function typedNumber(query: string): string | null {
  const plain = query.replace(/[\s().\-/]/g, '');
  return /^\+?[0-9*#]{1,40}$/.test(plain) ? plain : null;
}

/** People and queues that fit, the likeliest first, and the number itself when nobody has exactly that. */
export function targetsFor({ mirror, layout, me }: ActionContext, query: string, most: number): readonly Target[] {
  const words = queryWords(query);
  if (words.length === 0) return [];
  const number = typedNumber(query);
  const likely = ranker(query, new Set(layout.favourites));
  // Oneself comes last: a call is with oneself already.
  const rank = (one: ExtensionRecord) => likely(one) + (one.number === me?.extension ? 100 : 0);
  const people = [...mirror.records.map('extensions').values()].filter((one) => !one.hidden && matches(one, words));
  const queues = [...mirror.records.map('queues').values()].filter(({ name, label, tags, hidden }) => {
    if (hidden) return false;
    const text = fold([name, label, ...tags].join(' '));
    return words.every((word) => text.includes(word));
  });
  const ranked = people
    .map((one) => ({ one, rank: rank(one) }))
    .sort((a, b) => a.rank - b.rank || byName(a.one, b.one));
  const found: Target[] = [
    ...ranked
      .slice(0, most)
      .map(({ one }) => ({ kind: 'person' as const, to: one.number, name: one.name || one.number })),
    ...queues.map(({ name, label }) => ({ kind: 'queue' as const, to: name, name: label })),
  ];
  const exact = found.findIndex(({ to }) => to === number);
  if (exact > 0) found.unshift(...found.splice(exact, 1));
  const shown = found.slice(0, most);
  if (number === null || exact >= 0) return shown;
  const itself: Target = { kind: 'number', to: number, name: number };
  // A long number is meant as such; a short one is rather the beginning of somebody's.
  return number.length > 5 || shown.length === 0
    ? [itself, ...shown].slice(0, most)
    : [...shown.slice(0, most - 1), itself];
}

function byName(a: ExtensionRecord, b: ExtensionRecord): number {
  return a.name.localeCompare(b.name, 'en') || a.number.localeCompare(b.number, 'en', { numeric: true });
}

/** Names that begin with what was typed come first, then words of a name, then favourites. */
function ranker(query: string, favourites: ReadonlySet<string>): (one: ExtensionRecord) => number {
  const text = fold(query).trim();
  return ({ name, number }) => {
    const folded = fold(name);
    if (number === text) return 0;
    const favourite = favourites.has(number) ? 0 : 1;
    if (folded.startsWith(text)) return 1 + favourite;
    if (number.startsWith(text)) return 3 + favourite;
    return (folded.includes(` ${text}`) ? 5 : 7) + favourite;
  };
}
