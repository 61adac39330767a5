import type { Engine } from './engine';
import type { Channel } from './model';

/** What a locked room or an empty parking space says before the call ends, in ms. */
const announcementMs = 2_500;

/** Dialplan applications as `Originate` runs them on a phone that answered: no dialplan is behind them. */
export class Applications {
  constructor(private readonly engine: Engine) {}

  /** Runs `app` with Asterisk's own argument text; ends the call when it is through. */
  run(channel: Channel, app: string, data: string): void {
    const { channels, conferences, dialplan, parking, spying } = this.engine;
    const [first = '', second = ''] = data.split(',');
    const hangup = () => channels.hangup(channel, { by: 'soft', cause: 0 });
    channel.priority = 0;
    switch (app.toLowerCase()) {
      case 'chanspy':
        channels.setApp(channel, 'ChanSpy', data, channel.exten, 1);
        spying.start(channel, data);
        return;
      case 'confbridge':
        channels.setApp(channel, 'ConfBridge', data, channel.exten, 1);
        conferences.join(channel, first, false);
        return;
      case 'parkedcall': {
        channels.setApp(channel, 'ParkedCall', data, channel.exten, 1);
        const space = Number(second);
        const here = !first || parking.lotOfSpace(space)?.name === first;
        if (!here || !parking.retrieve(channel, space)) this.announce(channel, app, data);
        return;
      }
      case 'bridge':
        this.bridge(channel, app, data, first);
        return;
      case 'musiconhold':
        dialplan.musicOnHold(channel);
        return;
      case 'echo':
      case 'wait':
        dialplan.runApp(channel, app, data, null, hangup);
        return;
      default:
        this.announce(channel, app, data);
    }
  }

  private bridge(channel: Channel, app: string, data: string, name: string): void {
    const { bridges, channels } = this.engine;
    const other = channels.find(name);
    channels.setApp(channel, app, data, channel.exten, 1);
    if (other && !other.ending && other.state === 6) bridges.join(channel, other);
    else channels.hangup(channel, { by: 'soft' });
  }

  private announce(channel: Channel, app: string, data: string): void {
    const { channels, dialplan } = this.engine;
    dialplan.runApp(channel, app, data, announcementMs, () => channels.hangup(channel, { by: 'soft', cause: 16 }));
  }
}
