import type { AmiMessage } from '../ami/types';
import type { ChannelSnapshot, PbxEvent } from '../pbx/events';
import { text } from './values';

/** A live channel as the stream last told of it. */
export interface KnownChannel {
  readonly channel: ChannelSnapshot;
  readonly bridgeId: string | null;
  /** Epoch ms of the first event that named it. */
  readonly since: number;
  /** The extension it was first seen at: what its caller dialled. */
  readonly dialled: string;
}

/**
 * The newest snapshot of every live channel: `Rename` names only a uniqueid, MeetmeList only a channel name, and a list
 * in which a forger had his hand may leave out channels that are there.
 */
export class ChannelBook {
  readonly #channels = new Map<string, KnownChannel>();
  readonly #uniqueids = new Map<string, string>();

  get size(): number {
    return this.#channels.size;
  }

  /** Known channels that `uniqueids` does not name. */
  missingFrom(uniqueids: ReadonlySet<string>): KnownChannel[] {
    return [...this.#channels.values()].filter(({ channel }) => !uniqueids.has(channel.uniqueid));
  }

  find(uniqueid: string): KnownChannel | undefined {
    return this.#channels.get(uniqueid);
  }

  uniqueidOf(channelName: string): string | undefined {
    return this.#uniqueids.get(channelName);
  }

  note(event: PbxEvent): void {
    if (event.type === 'channel') this.#put(event.channel, event.at);
    else if (event.type === 'bridge.enter') this.#put(event.channel, event.at, event.bridge.id);
    else if (event.type === 'bridge.leave') this.#leave(event.channel, event.at);
    else if (event.type === 'channel.gone') this.#drop(event.uniqueid);
    else if (event.type === 'list.channels') {
      this.clear();
      for (const listed of event.channels) this.#put(listed, listed.createdAt, listed.bridgeId);
    }
  }

  /** `Rename` (main/channel.c): Channel, Newname, Uniqueid. A pickup or redirect moves names between uniqueids. */
  rename(message: AmiMessage, at: number): PbxEvent[] {
    const name = text(message, 'Newname');
    const known = this.#channels.get(text(message, 'Uniqueid'))?.channel;
    return known === undefined || name === ''
      ? []
      : [{ type: 'channel', at, cause: 'rename', channel: { ...known, name } }];
  }

  clear(): void {
    this.#channels.clear();
    this.#uniqueids.clear();
  }

  #put(channel: ChannelSnapshot, at: number, bridgeId?: string | null): void {
    const before = this.#channels.get(channel.uniqueid);
    if (before !== undefined && before.channel.name !== channel.name) this.#forgetName(before.channel);
    const bridge = bridgeId === undefined ? (before?.bridgeId ?? null) : bridgeId;
    const { since, dialled } = before ?? { since: at, dialled: channel.exten };
    this.#channels.set(channel.uniqueid, { channel, bridgeId: bridge, since, dialled });
    this.#uniqueids.set(channel.name, channel.uniqueid);
  }

  /** A late BridgeLeave must not bring back a channel that has hung up. */
  #leave(channel: ChannelSnapshot, at: number): void {
    if (this.#channels.has(channel.uniqueid)) this.#put(channel, at, null);
  }

  #drop(uniqueid: string): void {
    const before = this.#channels.get(uniqueid)?.channel;
    if (before === undefined) return;
    this.#channels.delete(uniqueid);
    this.#forgetName(before);
  }

  #forgetName(channel: ChannelSnapshot): void {
    if (this.#uniqueids.get(channel.name) === channel.uniqueid) this.#uniqueids.delete(channel.name);
  }
}
