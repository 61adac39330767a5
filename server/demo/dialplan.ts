import { AppRun } from './app-run';
import { channelHeaders } from './blocks';
import { Dial, type DialStatus, type DialTarget, Leg } from './dialing';
import type { Engine } from './engine';
import type { Channel } from './model';
import type { DialplanExtension, Route } from './routes';

/** Where the numbers of the house lead alike. */
const houseContexts: ReadonlySet<string> = new Set(['from-internal', 'ext-local', 'from-queue', 'from-trunk']);

/** The demo's dialplan, in FreePBX's ways: AstDB decides about DND and forwarding. */
export class Dialplan {
  private readonly fixed = new Map<string, Route>();
  /** Contexts apart from the house's own numbers: name → extension → route. */
  private readonly places = new Map<string, ReadonlyMap<string, Route>>();
  private readonly patterns: { readonly pattern: RegExp; route(exten: string): Route }[] = [];

  constructor(private readonly engine: Engine) {}

  add(exten: string, route: Route): void {
    this.fixed.set(exten, route);
  }

  addPattern(pattern: RegExp, route: (exten: string) => Route): void {
    this.patterns.push({ pattern, route });
  }

  /** A context that has only these extensions. */
  addPlace(context: string, routes: Readonly<Record<string, Route>>): void {
    this.places.set(context, new Map(Object.entries(routes)));
  }

  hasContext(context: string): boolean {
    return houseContexts.has(context) || this.places.has(context);
  }

  exists(context: string, exten: string): boolean {
    return this.route(exten, context) !== undefined;
  }

  /** Extensions that are written down, patterns left out. */
  extensions(context: string): string[] {
    return [...(this.places.get(context) ?? this.fixed).keys()];
  }

  route(exten: string, context = ''): Route | undefined {
    const place = this.places.get(context);
    if (place) return place.get(exten);
    const fixed = this.fixed.get(exten);
    if (fixed) return fixed;
    if (this.engine.parking.lotOfExten(exten)) return { kind: 'park' };
    const space = Number(exten);
    if (/^\d{1,6}$/.test(exten) && this.engine.parking.lotOfSpace(space)) return { kind: 'space', space };
    return this.patterns.find(({ pattern }) => pattern.test(exten))?.route(exten);
  }

  /** Runs the dialplan on a channel that is in no bridge. */
  enter(channel: Channel, context: string, exten: string): void {
    if (channel.ending) return;
    const { channels } = this.engine;
    channel.context = context;
    channel.exten = exten;
    channel.pbx = true;
    const route = this.route(exten, context);
    if (!route) {
      channels.setApp(channel, 'Hangup', '1', exten, 1);
      channels.hangup(channel, { by: 'soft', cause: 1 });
      return;
    }
    this.follow(channel, exten, route);
  }

  /** What follows once a bridge that took the channel out of its dialplan is over. */
  resume(channel: Channel): void {
    const hangup = () => this.engine.channels.hangup(channel, { by: 'soft' });
    // A place to wait leaves a second for whoever wants to fetch the call again.
    if (this.places.has(channel.context)) this.runApp(channel, 'Wait', '1', 1_000, hangup);
    else hangup();
  }

  /** MusicOnHold until the call is fetched or ends. */
  musicOnHold(channel: Channel): void {
    const { channels } = this.engine;
    channels.setApp(channel, 'MusicOnHold', '', channel.exten, channel.priority + 1);
    channels.music(channel, true);
    channel.activity = new AppRun(() => channels.music(channel, false));
  }

  /** A parked call returns to who parked it. */
  comeback(channel: Channel, dialString: string, seconds: number): void {
    channel.context = 'park-dial';
    channel.exten = dialString.replaceAll('/', '_');
    channel.priority = 1;
    this.dial(channel, [{ device: dialString }], seconds, `${dialString},${seconds}`, (status) =>
      this.finish(channel, status),
    );
  }

  /** The queue gave the caller up. */
  queueExpired(channel: Channel, _queue: string): void {
    this.engine.channels.hangup(channel, { by: 'soft' });
  }

  /** Runs an application for `ms` (forever when null), then what follows; cut short by a hang-up. */
  runApp(channel: Channel, app: string, data: string, ms: number | null, then: () => void, ended?: () => void): void {
    const { channels, core } = this.engine;
    channels.setApp(channel, app, data, channel.exten, channel.priority + 1);
    const activity = new AppRun(ended);
    channel.activity = activity;
    if (ms === null) return;
    activity.timer = core.clock.after(ms, () => {
      if (channel.activity !== activity || channel.ending) return;
      channel.activity = null;
      ended?.();
      then();
    });
  }

  private follow(channel: Channel, exten: string, route: Route): void {
    const { channels, conferences, parking, queues } = this.engine;
    switch (route.kind) {
      case 'goto':
        channels.setApp(channel, 'Goto', `from-internal,${route.exten},1`, exten, 2);
        this.enter(channel, 'from-internal', route.exten);
        return;
      case 'extension':
        this.extension(channel, route.extension);
        return;
      case 'queue':
        channels.setApp(channel, 'Answer', '', exten, 1);
        channels.answer(channel);
        channels.setApp(channel, 'Queue', `${route.queue},tT`, exten, 2);
        queues.join(channel, route.queue);
        return;
      case 'conference':
        channels.setApp(channel, 'Answer', '', exten, 1);
        channels.answer(channel);
        channels.setApp(channel, 'ConfBridge', `${route.room},default_bridge,default_user,default_menu`, exten, 2);
        conferences.join(channel, route.room, route.admin);
        return;
      case 'ringgroup':
        this.dial(channel, route.targets, route.seconds, route.targets.map(appName).join('&'), (status) =>
          this.finish(channel, status),
        );
        return;
      case 'outbound':
        this.outbound(channel, route.trunk, exten.slice(route.strip));
        return;
      case 'park': {
        const lot = parking.lotOfExten(exten);
        channels.setApp(channel, 'Park', '', exten, 1);
        if (lot) parking.park(channel, channel.device ?? '', lot);
        return;
      }
      case 'space':
        channels.setApp(
          channel,
          'ParkedCall',
          `${parking.lotOfSpace(route.space)?.name ?? ''},${route.space}`,
          exten,
          1,
        );
        if (!parking.retrieve(channel, route.space)) channels.hangup(channel, { by: 'soft' });
        return;
      case 'voicemail':
        this.voicemail(channel, route.mailbox);
        return;
      case 'music':
      case 'ringing':
        this.wait(channel, exten, route.kind);
        return;
      case 'feature':
        this.feature(channel, route.code);
        return;
      case 'forward':
        channels.setApp(channel, 'Answer', '', exten, 1);
        channels.answer(channel);
        this.engine.features.setForward(route.family, channel.caller.num, route.to);
        this.runApp(channel, 'Playback', route.to === null ? 'de-activated' : 'activated', 1500, () =>
          channels.hangup(channel, { by: 'soft' }),
        );
        return;
      case 'pickup':
        this.pickup(channel, route.exten);
        return;
    }
  }

  private wait(channel: Channel, exten: string, kind: 'music' | 'ringing'): void {
    const { channels } = this.engine;
    channels.setApp(channel, 'Answer', '', exten, 1);
    channels.answer(channel);
    if (kind === 'music') this.musicOnHold(channel);
    else this.runApp(channel, 'Wait', '300', 300_000, () => channels.hangup(channel, { by: 'soft' }));
  }

  private extension(channel: Channel, extension: DialplanExtension): void {
    const { features } = this.engine;
    const { exten, ringSeconds } = extension;
    channel.context = 'ext-local';
    this.chatter(channel, extension);
    const always = features.get('CF', exten);
    if (always) {
      this.forward(channel, always);
      return;
    }
    if (features.dnd(exten)) {
      this.unreached(channel, extension, 'BUSY');
      return;
    }
    channel.priority = 5;
    this.dial(channel, [{ device: `PJSIP/${exten}` }], ringSeconds, `PJSIP/${exten},${ringSeconds},tTkK`, (status) =>
      this.unreached(channel, extension, status),
    );
  }

  /** The steps a real dialplan takes before it dials; sent only where chatter is wanted. */
  private chatter(channel: Channel, { exten, ringSeconds }: DialplanExtension): void {
    const { channels, core } = this.engine;
    if (!core.chatter) return;
    const steps: [string, string, string, string][] = [
      ['Set', `__EXTTOCALL=${exten}`, '__EXTTOCALL', exten],
      ['GotoIf', '0?forward', 'DB_RESULT', ''],
      ['GotoIf', '0?dnd', 'DB_RESULT', ''],
      ['Set', `RINGTIME=${ringSeconds}`, 'RINGTIME', String(ringSeconds)],
    ];
    steps.forEach(([app, data, variable, value], index) => {
      channels.setApp(channel, app, data, exten, index + 1);
      channels.setVariable(channel, variable, value);
    });
  }

  private unreached(channel: Channel, extension: DialplanExtension, status: DialStatus): void {
    const { features } = this.engine;
    const { exten, mailbox, voicemailOnBusy } = extension;
    const onBusy = features.get('CFB', exten);
    const onNoAnswer = features.get('CFU', exten);
    if (status === 'BUSY' && onBusy) this.forward(channel, onBusy);
    else if (status !== 'BUSY' && onNoAnswer) this.forward(channel, onNoAnswer);
    else if (mailbox && (status === 'NOANSWER' || voicemailOnBusy)) this.voicemail(channel, mailbox);
    else if (status === 'BUSY') this.busy(channel);
    else this.finish(channel, status);
  }

  private forward(channel: Channel, to: string): void {
    const target: DialTarget = { local: to, context: 'from-internal', optimise: true };
    this.dial(channel, [target], 25, `Local/${to}@from-internal,25,tT`, (status) => this.finish(channel, status));
  }

  private outbound(channel: Channel, trunk: string, number: string): void {
    const target: DialTarget = { device: `PJSIP/${trunk}`, number };
    this.dial(channel, [target], 60, `PJSIP/${number}@${trunk},60,T`, (status) => this.finish(channel, status));
  }

  private dial(
    channel: Channel,
    targets: readonly DialTarget[],
    seconds: number,
    data: string,
    failed: (status: DialStatus) => void,
  ): void {
    const { bridges, channels } = this.engine;
    channels.setApp(channel, 'Dial', data, channel.exten, channel.priority);
    new Dial(this.engine, {
      caller: channel,
      targets,
      timeoutMs: seconds * 1000,
      answered: (winner) => {
        channels.answer(channel);
        channels.setVariable(channel, 'DIALEDPEERNAME', winner.name);
        channels.setVariable(channel, 'DIALSTATUS', 'ANSWER');
        bridges.connect(winner, channel);
        channels.setVariable(channel, 'BRIDGEPEER', winner.name);
        channels.setVariable(winner, 'BRIDGEPEER', channel.name);
      },
      failed: (status) => {
        channels.setVariable(channel, 'DIALSTATUS', status);
        failed(status);
      },
    }).start();
  }

  /** Busy tone for a few seconds, then the call ends. */
  private busy(channel: Channel): void {
    const { channels, core } = this.engine;
    channels.setApp(channel, 'Busy', '2', channel.exten, channel.priority + 1);
    const tone = new AppRun();
    channel.activity = tone;
    // Whoever dialled a Local channel is told at once.
    tone.timer = core.clock.after(channel.mate ? 5 : 2000, () => channels.hangup(channel, { cause: 17, by: 'soft' }));
  }

  private voicemail(channel: Channel, mailbox: string): void {
    const { channels, core, features } = this.engine;
    const began = core.clock.now();
    channels.answer(channel);
    const leaveMessage = () => {
      const box = features.mailboxes.get(mailbox);
      if (box && core.clock.now() - began >= 6000) features.setMailbox(mailbox, box.fresh + 1, box.old, channel);
    };
    const length = core.random.between(8_000, 40_000);
    const hangup = () => channels.hangup(channel, { by: 'soft' });
    this.runApp(channel, 'VoiceMail', `${mailbox},su`, length, hangup, leaveMessage);
  }

  private feature(channel: Channel, code: 'dnd-on' | 'dnd-off' | 'voicemail-main' | 'echo'): void {
    const { channels, core, features } = this.engine;
    const exten = channel.caller.num;
    channels.setApp(channel, 'Answer', '', channel.exten, 1);
    channels.answer(channel);
    const hangup = () => channels.hangup(channel, { by: 'soft' });
    if (code === 'echo') {
      this.runApp(channel, 'Echo', '', null, hangup);
      return;
    }
    if (code === 'voicemail-main') {
      const id = `${exten}@default`;
      this.runApp(channel, 'VoiceMailMain', `${id},s`, core.random.between(15_000, 50_000), hangup, () => {
        const box = features.mailboxes.get(id);
        if (box && box.fresh > 0) features.setMailbox(id, 0, box.old + box.fresh, channel);
      });
      return;
    }
    features.setDnd(exten, code === 'dnd-on');
    this.runApp(
      channel,
      'Playback',
      code === 'dnd-on' ? 'do-not-disturb&activated' : 'do-not-disturb&de-activated',
      1500,
      hangup,
    );
  }

  /** Takes over a call that rings at `exten`. */
  private pickup(channel: Channel, exten: string): void {
    const { channels, core, devices } = this.engine;
    channels.setApp(channel, 'Pickup', exten, channel.exten, 1);
    const group = channel.device === null ? '' : (devices.endpoints.get(channel.device)?.pickupGroup ?? '');
    const mates = [...devices.endpoints.values()].filter((one) =>
      exten ? one.name === exten : group !== '' && one.pickupGroup === group,
    );
    const legs = mates.flatMap((one) => [...one.channels]);
    const leg = legs.find((one) => one.state === 5 && one.activity?.kind === 'leg' && !one.ending);
    const ringing = leg?.activity;
    if (!leg || !(ringing instanceof Leg)) {
      channels.hangup(channel, { by: 'soft' });
      return;
    }
    channels.answer(channel);
    core.emit('call', 'Pickup', channelHeaders(channel) + channelHeaders(leg, 'Target'));
    ringing.dial.pickup(leg, channel);
  }

  private finish(channel: Channel, status: DialStatus): void {
    const causes: Record<DialStatus, number> = {
      ANSWER: 16,
      BUSY: 17,
      CANCEL: 16,
      NOANSWER: 19,
      CHANUNAVAIL: 20,
      CONGESTION: 34,
    };
    this.engine.channels.hangup(channel, { by: 'soft', cause: causes[status] });
  }
}

function appName(target: DialTarget): string {
  return 'device' in target ? target.device : `Local/${target.local}@${target.context}`;
}
