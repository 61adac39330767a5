import { channelHeaders } from './blocks';
import type { Engine } from './engine';
import type { Activity, Channel } from './model';

/** ChanSpy: a phone listens to one channel, whispers or joins in; nobody is bridged by it. */
export class Spying {
  private readonly bySpied = new Map<Channel, Set<Channel>>();

  constructor(private readonly engine: Engine) {
    engine.events.onGone((channel) => this.spiedGone(channel));
  }

  /** `data` as app_chanspy takes it: `<Uniqueid or start of a name>,<options>`; ends the call when there is nobody. */
  start(spy: Channel, data: string): void {
    const [wanted = '', options = ''] = data.split(',');
    const { channels } = this.engine;
    const byId = options.includes('u');
    const spied = byId
      ? channels.byId.get(wanted)
      : [...channels.byName.values()].find(({ name }) => name.startsWith(wanted));
    if (!spied || spied.ending || spied === spy) {
      channels.hangup(spy, { by: 'soft', cause: 0 });
      return;
    }
    const spies = this.bySpied.get(spied) ?? new Set();
    this.bySpied.set(spied, spies.add(spy));
    this.emit('ChanSpyStart', spy, spied);
    const activity: Activity = { kind: 'app', end: () => this.ended(spy, spied) };
    spy.activity = activity;
  }

  private ended(spy: Channel, spied: Channel): void {
    const spies = this.bySpied.get(spied);
    if (!spies?.delete(spy)) return;
    if (spies.size === 0) this.bySpied.delete(spied);
    this.emit('ChanSpyStop', spy, spied);
  }

  private spiedGone(spied: Channel): void {
    const spies = this.bySpied.get(spied);
    for (const spy of [...(spies ?? [])]) this.engine.channels.hangup(spy, { by: 'soft', cause: 0 });
  }

  private emit(name: 'ChanSpyStart' | 'ChanSpyStop', spy: Channel, spied: Channel): void {
    this.engine.core.emit('call', name, channelHeaders(spy, 'Spyer') + channelHeaders(spied, 'Spyee'));
  }
}
