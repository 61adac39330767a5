import 'dotenv/config';
import { parseAmiUrl } from './ami/url';
import { type Frame, keyFileOf, serve } from './compose';
import { readConfig } from './config';
import { LogRing } from './health/log-ring';
import { createLogger } from './http/log';
import { Restartable } from './restart';
import { undoUnfinished } from './store/restore';
import { whyNot } from './why-not';

/** A disk that hangs or a socket that will not close must not keep the process from ending. */
const stopWithinMs = 10_000;

/** The process: serves the panel, anew after a restore, until it is told to stop. Nothing imports it. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const fromEnvironment = config.amiUrl === undefined ? null : parseAmiUrl(config.amiUrl);
  const ring = new LogRing();
  const log = createLogger({
    level: config.logLevel,
    secrets: [fromEnvironment?.secret, config.adminPassword, config.key],
    written: (line) => ring.add(line),
  });
  dieAloud(log);
  const root = process.env.CORDBOARD_ROOT ?? process.cwd();
  const panel = new Restartable({
    start: (restored) => serve(frame, restored),
    die: (error) => {
      log.fatal({ err: error }, 'the panel fails and ends');
      process.exit(1);
    },
    now: () => Date.now(),
    log,
  });
  const restart: Frame['restart'] = (about, exchange) => panel.restart(about, exchange);
  const frame: Frame = { config, fromEnvironment, log, ring, root, port: config.port, restart };
  if (undoUnfinished(config.databaseFile, keyFileOf(config)))
    log.error({}, 'a restore was cut short: the database is as it was before');
  await panel.begin();
  const stop = async (signal: string): Promise<void> => {
    log.info({ signal }, 'stopping');
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    await panel.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, (name) => void stop(name));
}

/** A fault that nobody caught leaves nothing to rely on: say it where the log is read, and let the supervisor start anew. */
function dieAloud(log: ReturnType<typeof createLogger>): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.fatal({ err: error }, 'the panel fails and ends');
      if (!log.isLevelEnabled('fatal')) process.stderr.write(`Cordboard fails and ends: ${whyNot(error)}\n`);
      process.exit(1);
    });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`Cordboard cannot start: ${whyNot(error)}\n`);
  process.exit(1);
});
