/** Files of FOP2 as the browser was given them. */

export interface GivenFile {
  readonly name: string;
  readonly size: number;
  /** Base64. */
  readonly content: string;
}

export const mostBytes = 16 * 1024 * 1024;
const mostFiles = 50;

/** Those there were and the new ones; of one name the new one. A sentence where they are too many or too large. */
export async function takeFiles(
  before: readonly GivenFile[],
  list: readonly File[],
): Promise<readonly GivenFile[] | string> {
  const names = new Set(list.map(({ name }) => name));
  const kept = before.filter(({ name }) => !names.has(name));
  const bytes = [...kept, ...list].reduce((sum, { size }) => sum + size, 0);
  if (kept.length + list.length > mostFiles) return `Give at most ${mostFiles} files at once.`;
  if (bytes > mostBytes) return 'The files are larger than 16 MB together.';
  try {
    const added = await Promise.all(
      list.map(async (file) => ({ name: file.name, size: file.size, content: base64(await file.arrayBuffer()) })),
    );
    return [...kept, ...added];
  } catch {
    return 'A file could not be read. Was it moved or changed meanwhile?';
  }
}

const atOnce = 0x8000;

export function base64(buffer: ArrayBuffer): string {
  const bytes = new Uint8Array(buffer);
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += atOnce) {
    parts.push(String.fromCharCode(...bytes.subarray(start, start + atOnce)));
  }
  return btoa(parts.join(''));
}

export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
