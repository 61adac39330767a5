export function ensureAsterisk(version: 22 | 16): Promise<{ root: string } | { skipped: string }>;
export function findMirror(files: readonly { name: string; text: string }[]): string | undefined;
