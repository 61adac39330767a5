import type { PbxEvent } from '../pbx/events';
import { ChannelBook } from './channelBook';
import { type Directory, emptyDirectory } from './directory';
import { ParkingBook } from './parkingBook';
import { PhoneBook } from './phoneBook';
import { ReachBook } from './reachBook';

/** What the feed remembers between events, so that a dialect's gaps can be filled. The model is not here. */
export class FeedState {
  directory: Directory = emptyDirectory;
  /** False where DeviceStateChange does not exist: ExtensionStatus stands in for it. */
  deviceEvents = true;
  /** False where PresenceStateChange does not exist: PresenceStatus stands in for it. */
  presenceEvents = true;
  readonly channels = new ChannelBook();
  readonly parking = new ParkingBook();
  readonly reach = new ReachBook();
  readonly phones = new PhoneBook();
  readonly recordedRooms = new Set<string>();
  /** Hints and registrations that a read did not explain (a pattern's hint is in no list): asked about once. */
  readonly #strangers = new Set<string>();

  /** Every event that is emitted, live or from a list, passes here first. */
  note(event: PbxEvent): void {
    this.channels.note(event);
    this.parking.note(event);
    if (event.type === 'conference' && event.recording !== undefined) {
      if (event.recording) this.recordedRooms.add(event.name);
      else this.recordedRooms.delete(event.name);
    } else if (event.type === 'conference.gone') {
      this.recordedRooms.delete(event.name);
    }
  }

  /** True the first time: a read may explain it. Bounded; forgotten when the configuration changes. */
  isNewStranger(name: string): boolean {
    if (this.#strangers.has(name) || this.#strangers.size >= 10_000) return false;
    this.#strangers.add(name);
    return true;
  }

  forgetStrangers(): void {
    this.#strangers.clear();
  }

  isTrunkChannel(channelName: string): boolean {
    return this.directory.trunks.has(deviceOf(channelName));
  }

  /** Whose phone a channel is; nobody's: []. */
  ownersOf(channelName: string): readonly string[] {
    return this.directory.owners.get(deviceOf(channelName)) ?? [];
  }
}

/** Device of a channel name: `PJSIP/carrier-0000001a` → `PJSIP/carrier`. */
function deviceOf(channelName: string): string {
  return channelName.slice(0, Math.max(0, channelName.lastIndexOf('-')));
}
