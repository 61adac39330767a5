import type { AmiMessage } from '../ami/types';
import type { ChannelSnapshot, PbxEvent } from '../pbx/events';
import { text } from './values';

/** The newest snapshot of every live channel: `Rename` names only a uniqueid, MeetmeList only a channel name. */
export class ChannelBook {
  readonly #channels = new Map<string, ChannelSnapshot>();
  readonly #uniqueids = new Map<string, string>();

  get size(): number {
    return this.#channels.size;
  }

  get(uniqueid: string): ChannelSnapshot | undefined {
    return this.#channels.get(uniqueid);
  }

  uniqueidOf(channelName: string): string | undefined {
    return this.#uniqueids.get(channelName);
  }

  note(event: PbxEvent): void {
    if (event.type === 'channel' || event.type === 'bridge.enter') this.#put(event.channel);
    else if (event.type === 'channel.gone') this.#drop(event.uniqueid);
    else if (event.type === 'list.channels') {
      this.clear();
      for (const channel of event.channels) this.#put(channel);
    }
  }

  /** `Rename` (main/channel.c): Channel, Newname, Uniqueid. A pickup or redirect moves names between uniqueids. */
  rename(message: AmiMessage, at: number): PbxEvent[] {
    const name = text(message, 'Newname');
    const known = this.#channels.get(text(message, 'Uniqueid'));
    return known === undefined || name === ''
      ? []
      : [{ type: 'channel', at, cause: 'rename', channel: { ...known, name } }];
  }

  clear(): void {
    this.#channels.clear();
    this.#uniqueids.clear();
  }

  #put(channel: ChannelSnapshot): void {
    const before = this.#channels.get(channel.uniqueid);
    if (before !== undefined && before.name !== channel.name) this.#forgetName(before);
    this.#channels.set(channel.uniqueid, channel);
    this.#uniqueids.set(channel.name, channel.uniqueid);
  }

  #drop(uniqueid: string): void {
    const before = this.#channels.get(uniqueid);
    if (before === undefined) return;
    this.#channels.delete(uniqueid);
    this.#forgetName(before);
  }

  #forgetName(channel: ChannelSnapshot): void {
    if (this.#uniqueids.get(channel.name) === channel.uniqueid) this.#uniqueids.delete(channel.name);
  }
}
