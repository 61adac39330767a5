import type { ExtensionRecord } from '@/server/protocol/records';
import { fold } from '../extensions/search';

type Read = { readonly to: string; readonly ringCount: number | null } | { readonly error: string };

/**
 * What was typed as a target: a number as people write it (`+46 8 123-45`), or the whole name of one person. `rings` may
 * be empty. Whether calls may be forwarded there is the server's to say.
 */
export function readTarget(
  text: string,
  rings: string,
  people: Iterable<Pick<ExtensionRecord, 'name' | 'number'>>,
): Read {
  const ringCount = rings === '' ? null : Number(rings);
  if (ringCount !== null && (ringCount < 1 || ringCount > 60)) return { error: 'Let it ring 1 to 60 times.' };
  const name = fold(text.trim());
  const named = name === '' ? [] : Array.from(people).filter((one) => fold(one.name) === name);
  if (named.length > 1) return { error: 'Several people have this name: choose a number.' };
  const to = named[0]?.number ?? text.replace(/[\s()/-]/g, '');
  return /^[0-9A-Za-z*#+._]{1,40}$/.test(to) ? { to, ringCount } : { error: 'Enter a number, or choose a person.' };
}
