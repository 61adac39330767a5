import { randomBytes, randomInt } from 'node:crypto';
import { AmiServer } from './ami-server';
import { type DemoClock, SystemClock } from './clock';
import { demoOffice } from './demo-office';
import { Engine } from './engine';
import { Life } from './life';
import { installOffice, type Office } from './office';
import { SeededRandom } from './random';

export interface DemoOptions {
  /** The same seed lives the same day; default: another one each start. */
  readonly seed?: number;
  /** People call each other by themselves; default true. */
  readonly life?: boolean;
  readonly office?: Office;
  /** Default: real time. */
  readonly clock?: DemoClock;
  /** VarSet and more, as a real PBX chatters; default false. */
  readonly chatter?: boolean;
  readonly port?: number;
  /** Extensions at which somebody works in the panel now: their phones do what it says and nothing by themselves. */
  readonly attended?: () => ReadonlySet<string>;
}

export interface DemoPbx {
  readonly port: number;
  readonly username: string;
  readonly secret: string;
  readonly engine: Engine;
  /** Drops the AMI connections as a crash would; the PBX goes on. */
  cut(): void;
  close(): Promise<void>;
}

/**
 * Starts the embedded demo PBX: an office in memory that speaks AMI on 127.0.0.1. The secret is new at every start.
 * Rejects when no port can be had.
 */
export async function startDemoPbx(options: DemoOptions = {}): Promise<DemoPbx> {
  const own = options.clock ? null : new SystemClock();
  const clock = options.clock ?? own ?? new SystemClock();
  const random = new SeededRandom(options.seed ?? randomInt(2 ** 31));
  const engine = new Engine(clock, random, { chatter: options.chatter });
  installOffice(engine, options.office ?? demoOffice);
  if (options.attended) engine.handsets.attend(options.attended);
  const life = options.life === false ? null : new Life(engine, options.office ?? demoOffice);
  life?.start();
  const username = 'panel';
  const secret = randomBytes(18).toString('base64url');
  const server = await AmiServer.start({ engine, username, secret, port: options.port });
  return {
    port: server.port,
    username,
    secret,
    engine,
    cut: () => server.cut(),
    async close() {
      life?.stop();
      own?.close();
      await server.close();
    },
  };
}
