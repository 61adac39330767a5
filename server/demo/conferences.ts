import { bridgeHeaders, channelHeaders, header } from './blocks';
import type { Engine } from './engine';
import type { Activity, Channel, Conference, ConferenceUser } from './model';

/** ConfBridge rooms: they exist while somebody is inside. */
export class Conferences {
  readonly rooms = new Map<string, Conference>();

  constructor(private readonly engine: Engine) {}

  join(channel: Channel, name: string, admin = false): void {
    const { bridges, channels, devices } = this.engine;
    const known = this.rooms.get(name);
    if (known?.locked && !admin) {
      channels.hangup(channel, { by: 'soft', cause: 21 });
      return;
    }
    channels.answer(channel);
    const room = known ?? this.open(name);
    if (room.users.length === 0) devices.set(`confbridge:${name}`, 'INUSE');
    const user: ConferenceUser = { channel, admin, marked: admin, muted: false, talking: false };
    room.users.push(user);
    bridges.enter(room.bridge, channel);
    this.emit('ConfbridgeJoin', room, channel, `${yesNo('Admin', admin)}${yesNo('Muted', user.muted)}`);
    channel.activity = new InConference(this, room, user);
  }

  talk(room: Conference, user: ConferenceUser, talking: boolean): void {
    if (user.talking === talking || (talking && user.muted)) return;
    user.talking = talking;
    const status = header('TalkingStatus', talking ? 'on' : 'off');
    this.emit('ConfbridgeTalking', room, user.channel, status + yesNo('Admin', user.admin));
  }

  mute(room: Conference, user: ConferenceUser, muted: boolean): void {
    if (muted && user.talking) this.talk(room, user, false);
    user.muted = muted;
    this.emit(muted ? 'ConfbridgeMute' : 'ConfbridgeUnmute', room, user.channel, yesNo('Admin', user.admin));
  }

  lock(room: Conference, locked: boolean): void {
    room.locked = locked;
    // Asterisk 22 raises no event for a lock: readers see it in ConfbridgeListRooms.
  }

  leave(room: Conference, user: ConferenceUser): void {
    const { bridges, devices } = this.engine;
    const at = room.users.indexOf(user);
    if (at < 0) return;
    room.users.splice(at, 1);
    this.emit('ConfbridgeLeave', room, user.channel, yesNo('Admin', user.admin));
    const last = room.users.length === 0;
    if (last) this.emit('ConfbridgeEnd', room);
    bridges.leave(room.bridge, user.channel);
    if (!last) return;
    devices.set(`confbridge:${room.name}`, 'NOT_INUSE');
    this.rooms.delete(room.name);
    bridges.destroy(room.bridge);
  }

  private open(name: string): Conference {
    const bridge = this.engine.bridges.create('base', 'softmix', 'ConfBridge', name, 1);
    const room: Conference = { name, bridge, users: [], locked: false, muted: false };
    this.rooms.set(name, room);
    this.emit('ConfbridgeStart', room);
    return room;
  }

  private emit(name: string, room: Conference, channel?: Channel, extra = ''): void {
    this.engine.core.emit(
      'call',
      name,
      header('Conference', room.name) + bridgeHeaders(room.bridge) + (channel ? channelHeaders(channel) : '') + extra,
    );
  }
}

class InConference implements Activity {
  readonly kind = 'conference';

  constructor(
    private readonly conferences: Conferences,
    private readonly room: Conference,
    private readonly user: ConferenceUser,
  ) {}

  end(): void {
    this.conferences.leave(this.room, this.user);
  }
}

function yesNo(name: string, value: boolean): string {
  return `${name}: ${value ? 'Yes' : 'No'}\r\n`;
}
