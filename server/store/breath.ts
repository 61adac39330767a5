import { setImmediate } from 'node:timers/promises';

/**
 * Between two pieces of long work on the database, lets everything else have its turn. Awaiting a query does not: SQLite
 * answers at once.
 */
export async function breath(): Promise<void> {
  await setImmediate();
}
