import { AmiServer } from '../../server/demo/ami-server';
import { header } from '../../server/demo/blocks';
import { BulkTraffic, bulkOffice } from '../../server/demo/bulk';
import { VirtualClock } from '../../server/demo/clock';
import { installOffice } from '../../server/demo/office';

const username = 'bench';
const secret = 'bench-secret';
const pumpMs = 10;
export const firstProbe = 1_000;
/** The panel does not ask for these classes, so Asterisk does not send them. */
const unasked = new Set(['dialplan', 'reporting', 'dtmf']);

/** A PBX of any size that speaks AMI and sends as many events a second to the panel as it is told to. */
export class BenchOffice {
  private timer: NodeJS.Timeout | undefined;
  /** Events that passed the panel's event mask. */
  sent = 0;

  private constructor(
    private readonly traffic: BulkTraffic,
    private readonly server: AmiServer,
  ) {
    traffic.engine.core.listen((block) => {
      if (!unasked.has(block.class)) this.sent += 1;
    });
  }

  /** `probes`: phones more, numbered from 1000 on, that nobody calls: they stand first on the screen. */
  static async start(extensions: number, calls: number, probes = 0): Promise<BenchOffice> {
    const traffic = new BulkTraffic({ extensions: extensions - probes, calls });
    const { people, ...office } = bulkOffice(probes);
    const quiet = people.map((person, index) => ({ ...person, number: String(firstProbe + index) }));
    installOffice(traffic.engine, { ...office, people: quiet, queues: [], lots: [], conferences: [], trunks: [] });
    const server = await AmiServer.start({ engine: traffic.engine, username, secret, maxBacklog: 256 * 1024 * 1024 });
    return new BenchOffice(traffic, server);
  }

  get amiUrl(): string {
    return `ami://${username}:${secret}@127.0.0.1:${this.server.port}`;
  }

  /** Calls until `quiet`, at this many events a second in even steps; what a pause of this process held up is left out. */
  busy(eventsPerSecond: number): void {
    let due = this.sent;
    this.timer ??= setInterval(() => {
      due = Math.max(due, this.sent - eventsPerSecond / 10) + (eventsPerSecond * pumpMs) / 1_000;
      while (this.sent < due) this.traffic.next(1);
    }, pumpMs);
  }

  /** Time passes on the PBX and nobody calls, until `quiet`: what is asked of it happens. */
  calm(): void {
    const { clock } = this.traffic.engine.core;
    this.timer ??= setInterval(() => {
      if (clock instanceof VirtualClock) clock.advance(pumpMs);
    }, pumpMs);
  }

  quiet(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** A phone's state as Asterisk announces it; gives the time at which it was sent, epoch ms. */
  device(number: string, state: 'INUSE' | 'NOT_INUSE'): number {
    this.traffic.engine.core.emit(
      'call',
      'DeviceStateChange',
      header('Device', `PJSIP/${number}`) + header('State', state),
    );
    return performance.timeOrigin + performance.now();
  }

  async close(): Promise<void> {
    this.quiet();
    await this.server.close();
  }
}
