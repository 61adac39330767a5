import { channelHeaders, escapeC, header } from './blocks';
import type { Engine } from './engine';
import type { Channel, ChannelState, Party } from './model';

export interface NewChannel {
  /** `PJSIP/101`; a Local half gives its whole `name` instead. */
  readonly device?: string;
  readonly name?: string;
  readonly state: ChannelState;
  readonly caller?: Party;
  readonly context: string;
  readonly exten: string;
  readonly linkedid?: string;
  readonly accountCode?: string;
  readonly pbx?: boolean;
  readonly hops?: number;
  /** Chosen by who originates; default: the PBX's own next. */
  readonly uniqueid?: string;
}

export interface HangupOptions {
  /** Q.850 cause; default 16, normal clearing. */
  readonly cause?: number;
  /** SIP status that came with it. */
  readonly tech?: number;
  /** `far`: the phone or the network hung up; `soft`: somebody asked the PBX to; `end`: its dialplan ran out. */
  readonly by?: 'far' | 'soft' | 'end';
}

const causeWords: Record<number, string> = {
  0: 'Unknown',
  1: 'Unallocated (unassigned) number',
  16: 'Normal Clearing',
  17: 'User busy',
  19: 'User alerting, no answer',
  20: 'Subscriber absent',
  21: 'Call Rejected',
  26: 'Answered elsewhere',
  34: 'Circuit/channel congestion',
};

const nobody: Party = { num: '', name: '' };

/** Birth, change and death of channels, with the events Asterisk raises for each. */
export class Channels {
  readonly byId = new Map<string, Channel>();
  readonly byName = new Map<string, Channel>();

  constructor(private readonly engine: Engine) {}

  create(options: NewChannel): Channel {
    const { core, devices } = this.engine;
    const uniqueid = options.uniqueid ?? core.uniqueid();
    const channel: Channel = {
      name: options.name ?? core.channelName(options.device ?? 'Demo/none'),
      uniqueid,
      linkedid: options.linkedid ?? uniqueid,
      device: options.device ?? null,
      createdAt: core.clock.now(),
      answeredAt: null,
      state: options.state,
      caller: options.caller ?? nobody,
      connected: nobody,
      language: 'en',
      accountCode: options.accountCode ?? '',
      context: options.context,
      exten: options.exten,
      priority: 1,
      app: '',
      appData: '',
      bridge: null,
      holding: false,
      held: false,
      ending: false,
      gone: false,
      hangupCause: 0,
      activity: null,
      mate: null,
      pbx: options.pbx ?? false,
      did: '',
      hops: options.hops ?? 0,
      afterBridge: null,
      variables: new Map(),
      heard: '',
    };
    this.byId.set(uniqueid, channel);
    this.byName.set(channel.name, channel);
    if (options.device) devices.endpoints.get(options.device)?.channels.add(channel);
    core.emit('call', 'Newchannel', channelHeaders(channel));
    devices.refresh(channel.device);
    return channel;
  }

  /** By name or by Uniqueid, as Asterisk's `ast_channel_get_by_name` does. */
  find(nameOrId: string): Channel | undefined {
    return this.byId.get(nameOrId) ?? this.byName.get(nameOrId);
  }

  setState(channel: Channel, state: ChannelState): void {
    if (channel.state === state || channel.gone) return;
    channel.state = state;
    if (state === 6 && channel.answeredAt === null) channel.answeredAt = this.engine.core.clock.now();
    this.engine.core.emit('call', 'Newstate', channelHeaders(channel));
    this.engine.devices.refresh(channel.device);
  }

  /** The channel now runs `app`: Newexten, with the place in the dialplan it stands at. */
  setApp(channel: Channel, app: string, data: string, exten = channel.exten, priority = channel.priority): void {
    channel.app = app;
    channel.appData = data;
    channel.exten = exten;
    channel.priority = priority;
    this.engine.core.emit(
      'dialplan',
      'Newexten',
      channelHeaders(channel) + header('Extension', exten) + header('Application', app) + header('AppData', data),
    );
  }

  setVariable(channel: Channel, name: string, value: string): void {
    if (!this.engine.core.chatter) return;
    this.engine.core.emit(
      'dialplan',
      'VarSet',
      `${channelHeaders(channel)}Variable: ${name}\r\nValue: ${escapeC(value)}\r\n`,
    );
  }

  setConnected(channel: Channel, party: Party): void {
    if (channel.gone || same(channel.connected, party)) return;
    channel.connected = party;
    this.engine.core.emit('call', 'NewConnectedLine', channelHeaders(channel));
    this.tellBehind(channel, party);
  }

  /** Whom one half of a Local channel sees, sees who talks to the other half. */
  private tellBehind({ mate }: Channel, party: Party): void {
    if (!mate?.bridge || mate.ending) return;
    const behind = this.engine.bridges.peer(mate);
    if (behind) this.setConnected(behind, party);
  }

  setCaller(channel: Channel, party: Party): void {
    if (channel.gone || same(channel.caller, party)) return;
    channel.caller = party;
    const presentation = 'CID-CallingPres: 0 (Presentation Allowed, Not Screened)\r\n';
    this.engine.core.emit('call', 'NewCallerid', channelHeaders(channel) + presentation);
  }

  /** The PBX answers; on a Local half the other half's caller hears it. */
  answer(channel: Channel): void {
    if (channel.gone || channel.state === 6) return;
    this.setState(channel, 6);
    const mate = channel.mate;
    if (mate && !mate.ending && mate.state !== 6) {
      this.setState(mate, 6);
      mate.activity?.answered?.(mate);
    }
  }

  /** Takes the channel out of what it does now, so that it can do something else. */
  release(channel: Channel): void {
    const activity = channel.activity;
    channel.activity = null;
    activity?.end(channel, 'moved');
  }

  hangup(channel: Channel, options: HangupOptions = {}): void {
    if (channel.ending) return;
    const by = options.by ?? 'far';
    channel.hangupCause = options.cause ?? 16;
    const why = header('Cause', channel.hangupCause) + (options.tech ? header('TechCause', options.tech) : '');
    if (by === 'far') this.emitRequest('HangupRequest', channel, why);
    if (channel.activity?.postpones?.(channel)) return;
    channel.ending = true;
    const activity = channel.activity;
    channel.activity = null;
    activity?.end(channel, 'hangup');
    if (channel.pbx && by !== 'end') this.emitRequest('SoftHangupRequest', channel, why);
    this.finish(channel, options.tech);
  }

  /** The tune the caller hears: MusicOnHoldStart and -Stop. */
  music(channel: Channel, on: boolean): void {
    if (channel.gone) return;
    if (on) this.engine.core.emit('call', 'MusicOnHoldStart', `${channelHeaders(channel)}Class: default\r\n`);
    else this.engine.core.emit('call', 'MusicOnHoldStop', channelHeaders(channel));
  }

  private emitRequest(name: string, channel: Channel, why: string): void {
    this.engine.core.emit('call', name, channelHeaders(channel) + why);
  }

  private finish(channel: Channel, tech: number | undefined): void {
    const { core, devices } = this.engine;
    channel.gone = true;
    channel.held = false;
    this.byId.delete(channel.uniqueid);
    this.byName.delete(channel.name);
    if (channel.device) devices.endpoints.get(channel.device)?.channels.delete(channel);
    const cause = channel.hangupCause;
    core.emit(
      'call',
      'Hangup',
      `${channelHeaders(channel)}Cause: ${cause}\r\nCause-txt: ${causeWords[cause] ?? 'Unknown'}\r\n` +
        (tech ? header('TechCause', tech) : ''),
    );
    devices.refresh(channel.device);
    const mate = channel.mate;
    if (mate && !mate.ending) this.hangup(mate, { cause, by: 'end' });
    this.engine.events.gone(channel);
  }
}

function same(one: Party, two: Party): boolean {
  return one.num === two.num && one.name === two.name;
}
