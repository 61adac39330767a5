import type { Health } from '../protocol/health';

const megabyte = 1024 * 1024;
const littleRoom = 500 * megabyte;
const staleMs = 3 * 24 * 60 * 60_000;
const lateLoopMs = 500;

/** What an administrator should know now, the gravest first. The lost link is not among them: the panel shows it itself. */
export function warningsOf(health: Omit<Health, 'warnings'>): Health['warnings'] {
  const { database, backups, writes, panel, tampered } = health;
  const warnings: Health['warnings'] = [];
  const warn = (id: string, section: 'health' | 'data', message: string): void => {
    warnings.push({ id, section, message });
  };
  if (!database.healthy) warn('database', 'health', 'The database does not answer: nothing is saved.');
  const stuck = Object.values(writes).reduce((sum, { waiting, dropped }) => sum + waiting + dropped, 0);
  if (stuck > 1_000) warn('writes', 'health', `The disk is too slow: ${stuck} lines wait to be written.`);
  if (database.freeBytes !== null && database.freeBytes < littleRoom) {
    const left = Math.round(database.freeBytes / megabyte);
    warn('disk', 'health', `The disk of the panel is nearly full: ${left} MB are left.`);
  }
  if (backups.problem !== null) warn('backup', 'data', `The last backup failed: ${backups.problem}.`);
  else if (isStale(health)) warn('backup', 'data', 'There has been no backup for three days.');
  if (panel.loop.max > lateLoopMs && panel.loop.p99 > lateLoopMs / 2) {
    warn('loop', 'health', `The panel is overloaded: it is up to ${Math.round(panel.loop.max)} ms late.`);
  }
  if (tampered > 0) {
    const blocks = tampered === 1 ? 'A forged block was' : `${tampered} forged blocks were`;
    warn('tamper', 'health', `${blocks} dropped since the panel was started: somebody tries to deceive it.`);
  }
  return warnings;
}

/** Where backups are made by themselves and the newest is old. */
function isStale({ at, backups }: Omit<Health, 'warnings'>): boolean {
  if (backups.nextAt === null || backups.newestAt === null) return false;
  return Date.parse(at) - Date.parse(backups.newestAt) > staleMs;
}
