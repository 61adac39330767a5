/** Sentences, one for each entry that a lockfile lacks. */
export function missingEntries(lock: { packages?: Record<string, object> }): string[];
