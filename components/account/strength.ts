export interface Strength {
  /** 0 to 4. */
  readonly level: number;
  readonly word: string;
}

export const shortestPassword = 10;

/** Length is what counts; a few letters again and again are no length. */
export function strengthOf(password: string, shortest = shortestPassword): Strength {
  const length = [...password].length;
  const kinds = new Set(password.toLowerCase()).size;
  if (length === 0) return { level: 0, word: `At least ${shortest} characters. A few words in a row are good.` };
  if (length < shortest) {
    const wanting = shortest - length;
    return { level: 1, word: `${wanting} more ${wanting === 1 ? 'character' : 'characters'} needed` };
  }
  if (kinds < 5) return { level: 1, word: 'Too much the same: easy to guess' };
  if (length < 14) return { level: 2, word: 'Acceptable: longer is better' };
  return length < 20 ? { level: 3, word: 'Good' } : { level: 4, word: 'Very good' };
}
