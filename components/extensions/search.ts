/** Lower case without accents: `Åsa Öberg` is found by `asa oberg`. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/ß/g, 'ss')
    .replace(/ø/gi, 'o')
    .replace(/æ/gi, 'ae')
    .replace(/ł/gi, 'l')
    .toLowerCase();
}

export interface Searchable {
  readonly number: string;
  readonly name: string;
  readonly group: string | null;
  readonly tags: readonly string[];
}

const folded = new WeakMap<object, string>();

/** What a record is found by, folded once as long as the record stays the same object. */
function haystack(record: Searchable): string {
  let text = folded.get(record);
  if (text === undefined) {
    text = ` ${fold([record.number, record.name, record.group ?? '', ...record.tags].join(' '))}`;
    folded.set(record, text);
  }
  return text;
}

/** The words of a query; every one of them must be found. */
export function queryWords(query: string): readonly string[] {
  return fold(query).split(/\s+/).filter(Boolean);
}

export function matches(record: Searchable, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = haystack(record);
  return words.every((word) => text.includes(word));
}
