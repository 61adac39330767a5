import type { Audience } from './audiences';
import type { Hub, Sync } from './hub';
import type { EncodedFrame } from './tail';

/** One who follows the stream of an audience. */
export interface Reader {
  /** Asked before each frame; a reader that cannot take more leaves its room here. */
  beforeFrame(): void;
}

interface Room<R extends Reader> {
  readonly readers: Set<R>;
  readonly detach: () => void;
}

/** Who follows which audience. A room hears the hub only while somebody is in it. */
export class Rooms<R extends Reader> {
  private readonly rooms = new Map<string, Room<R>>();

  constructor(
    private readonly hub: Hub,
    /** Sends a frame to everybody in the room at once. */
    private readonly broadcast: (audienceKey: string, frame: EncodedFrame) => void,
  ) {}

  /**
   * Bring a reader to the present and let it follow from there; `deliver` sends what it lacks and adds it to those that
   * `broadcast` reaches. All in one turn, so that no frame is lost or comes twice.
   */
  join(reader: R, audience: Audience, have: Have | undefined, deliver: (sync: Sync) => void): void {
    const room = this.rooms.get(audience.key) ?? this.open(audience);
    deliver(this.hub.sync(audience, have));
    room.readers.add(reader);
  }

  leave(reader: R, audience: Audience): void {
    const room = this.rooms.get(audience.key);
    if (room === undefined || !room.readers.delete(reader) || room.readers.size > 0) return;
    this.rooms.delete(audience.key);
    room.detach();
  }

  close(): void {
    for (const room of this.rooms.values()) room.detach();
    this.rooms.clear();
  }

  private open(audience: Audience): Room<R> {
    const readers = new Set<R>();
    const detach = this.hub.attach(audience, (frame) => {
      for (const reader of [...readers]) reader.beforeFrame();
      if (readers.size > 0) this.broadcast(audience.key, frame);
    });
    const room = { readers, detach };
    this.rooms.set(audience.key, room);
    return room;
  }
}

/** What a reader holds already. */
export interface Have {
  readonly epoch: string;
  readonly seq: number;
}
