import { channelHeaders } from './blocks';
import type { Engine } from './engine';
import type { Channel } from './model';

/** MixMonitor: any number of recordings on a channel, each with an id. The demo writes no files. */
export class Recordings {
  private readonly running = new Map<Channel, Map<string, string>>();
  private count = 0;

  constructor(private readonly engine: Engine) {
    engine.events.onGone((channel) => this.running.delete(channel));
  }

  /** Starts one; `options` may hold `i(VARIABLE)`, which gets the id. Returns the id. */
  start(channel: Channel, file: string, options: string): string {
    this.count += 1;
    // Asterisk's ids are addresses.
    const id = `0x7f0000${(0x1000 + this.count * 16).toString(16).padStart(6, '0')}`;
    const own = this.running.get(channel) ?? new Map<string, string>();
    this.running.set(channel, own.set(id, file));
    const variable = /i\(([^)]+)\)/.exec(options)?.[1];
    if (variable) channel.variables.set(variable, id);
    this.engine.core.emit('call', 'MixMonitorStart', channelHeaders(channel));
    return id;
  }

  /** Ends the one with this id, or the first; false: there is none. */
  stop(channel: Channel, id = ''): boolean {
    const own = this.running.get(channel);
    const wanted = id || own?.keys().next().value;
    if (wanted === undefined || !own?.delete(wanted)) return false;
    this.engine.core.emit('call', 'MixMonitorStop', channelHeaders(channel));
    return true;
  }

  /** Files being written from this channel. */
  files(channel: Channel): string[] {
    return [...(this.running.get(channel)?.values() ?? [])];
  }
}
