import type { TwoParty } from './bridges';
import type { DemoTimer } from './clock';
import type { Engine } from './engine';
import type { Activity, Bridge, Channel } from './model';

/** "Seven, zero, one" takes this long. */
const announcementMs = 2_400;

/**
 * One party is taken out of a call while the other stays and hears an announcement (who parked hears the space), which
 * ends its leg. Returns once the first is in no bridge.
 */
export function takeOut(engine: Engine, channel: Channel, call: TwoParty, other: Channel): void {
  call.transferred(channel);
  engine.bridges.leave(call.bridge, channel);
  channel.activity = null;
  channel.holding = false;
  engine.bridges.unheld(channel);
  const alone = new Alone(engine, call.bridge, other);
  other.activity = alone;
  alone.start();
}

/** Who stays behind in a call and hears an announcement. */
export class Alone implements Activity {
  readonly kind = 'bridge';
  private timer: DemoTimer | null = null;

  constructor(
    private readonly engine: Engine,
    private readonly bridge: Bridge,
    private readonly channel: Channel,
  ) {}

  start(): void {
    const { channels, core } = this.engine;
    const by = this.channel.pbx ? 'soft' : 'end';
    this.timer = core.clock.after(announcementMs, () => channels.hangup(this.channel, { by }));
  }

  end(channel: Channel): void {
    this.timer?.cancel();
    const { bridges } = this.engine;
    bridges.leave(this.bridge, channel);
    channel.holding = false;
    bridges.unheld(channel);
    bridges.destroy(this.bridge);
  }
}
