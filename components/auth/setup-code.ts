/** The code in what was pasted: the code itself, or the whole link that the server printed. */
export function codeIn(pasted: string): string {
  const text = pasted.trim();
  const inLink = /[#&?]code=([^&#\s]+)/i.exec(text)?.[1];
  return decoded(inLink ?? text).slice(0, 64);
}

/** The code of a page address's fragment (`#code=…`); null: there is none. */
export function codeInHash(hash: string): string | null {
  return /^#(?:.*&)?code=[^&]+/i.test(hash) ? codeIn(hash) : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text).trim();
  } catch {
    return text;
  }
}

/** The token of an invitation in a page address's fragment (`#invite=…`); null: there is none. */
export function inviteInHash(hash: string): string | null {
  return /^#(?:.*&)?invite=([\w-]{20,100})/i.exec(hash)?.[1] ?? null;
}
