import type { Engine } from './engine';
import type { Channel, Endpoint } from './model';
import type { Office } from './office';

const pauseReasons = ['Lunch', 'Coffee', 'Paperwork', 'Meeting', 'Training', 'Call back'];

/** What people do beside calling: breaks, meetings, unplugged phones. */
export class Habits {
  constructor(
    private readonly engine: Engine,
    private readonly office: Office,
    private readonly idlePhone: () => Endpoint | undefined,
  ) {}

  /** An agent takes a break or comes back; most of a queue stays at work. */
  pause(): void {
    const { core, devices, handsets, queues } = this.engine;
    const isAttended = (device: string) => handsets.isAttended(devices.endpoints.get(device)?.name ?? '');
    const queue = core.random.pick([...queues.byName.values()]);
    if (!queue) return;
    const members = queue.members.filter(({ stateInterface }) => !isAttended(stateInterface));
    const paused = members.filter((member) => member.paused);
    const working = members.filter((member) => !member.paused && !member.inCall);
    const back = paused.length > 0 && (paused.length * 3 >= members.length || core.random.chance(0.5));
    const member = core.random.pick(back ? paused : working);
    if (!member || (!back && working.length < 3)) return;
    queues.pause(member, !back, core.random.pick(pauseReasons) ?? 'Break');
  }

  /** Phones drop off the network and come back. */
  registration(): void {
    const { core, devices, phones } = this.engine;
    const all = [...devices.endpoints.values()].filter((one) => one.kind === 'phone');
    const offline = all.filter((one) => !one.registered);
    const back = offline.length > 3 || (offline.length > 1 && core.random.chance(0.5));
    const phone = back ? core.random.pick(offline) : this.idlePhone();
    if (phone) phones.setOnline(phone.name, back);
  }

  listenToVoicemail(): void {
    const { core, features, handsets, phones } = this.engine;
    const waiting = [...features.mailboxes.values()].filter((one) => one.fresh > 0 && !handsets.isAttended(one.box));
    const box = core.random.pick(waiting);
    const phone = box ? phones.endpoint(box.box) : undefined;
    if (phone?.registered && phone.channels.size === 0) phones.dial(phone.name, '*97');
  }

  /** Three to five people meet in a room for a few minutes, one room at a time. */
  meeting(): void {
    const { conferences, core, phones } = this.engine;
    const room = core.random.pick(this.office.conferences);
    if (!room || conferences.rooms.size > 0) return;
    const count = core.random.between(3, 4);
    const length = core.random.between(90_000, 240_000);
    for (let guest = 0; guest < count; guest += 1) {
      core.clock.after(guest * core.random.between(2_000, 6_000), () => {
        const phone = this.idlePhone();
        const channel = phone ? phones.dial(phone.name, room.number) : undefined;
        if (channel) this.leaveLater(channel, length + core.random.between(0, 15_000));
      });
    }
  }

  /** Now one talks, now another; somebody mutes the microphone. */
  meetingTalk(): void {
    const { conferences, core } = this.engine;
    for (const room of conferences.rooms.values()) {
      const user = core.random.pick(room.users);
      if (!user) continue;
      if (core.random.chance(0.08)) conferences.mute(room, user, !user.muted);
      else {
        for (const other of room.users) if (other !== user && other.talking) conferences.talk(room, other, false);
        conferences.talk(room, user, !user.talking);
      }
    }
  }

  private leaveLater(channel: Channel, ms: number): void {
    this.engine.core.clock.after(ms, () => {
      if (!channel.ending) this.engine.phones.hangup(channel);
    });
  }
}
