import { setTimeout as wait } from 'node:timers/promises';
import type { House } from './commands-house';
import { dids } from './people';
import { AmiRefused, type Block, type Fields } from './raw-ami';
import { connect } from './scenarios/scenario';

/** One piece of what the operator's commands ask of a PBX, in AMI's own words. */
export interface Step {
  readonly name: string;
  run(desk: Desk): Promise<void>;
}

/** A PBX in the hand of a step: actions, phones, and who has which leg. */
export class Desk {
  /** What each action was answered. */
  readonly answers: string[] = [];
  private sequence = 0;

  constructor(
    readonly house: House,
    /** Waits until the PBX says no more, and notes what is there. */
    readonly look: (label: string) => Promise<void>,
  ) {}

  get phones() {
    return this.house.phones;
  }

  async act(name: string, fields: Fields): Promise<Block | undefined> {
    try {
      const answer = await this.house.ami.action(name, fields);
      this.answers.push(`${name}: ${answer.get('Response')} ${answer.get('Message')}`.trim());
      return answer;
    } catch (error) {
      if (!(error instanceof AmiRefused)) throw error;
      this.answers.push(`${name}: ${error.message}`);
      return undefined;
    }
  }

  /** The Uniqueid of the newest leg of `PJSIP/<endpoint>`. */
  async leg(endpoint: string, header = 'Uniqueid'): Promise<string> {
    const rows = await this.house.ami.list('CoreShowChannels');
    const legs = rows.filter((row) => row.get('Channel').startsWith(`PJSIP/${endpoint}-`));
    const newest = legs.sort((one, two) => (one.get('Channel') < two.get('Channel') ? 1 : -1))[0];
    if (!newest) throw new Error(`${endpoint} has no leg`);
    return newest.get(header);
  }

  /** Rings a phone into an application, as the panel does. */
  async ringInto(endpoint: string, application: string, data: string): Promise<void> {
    const CallerID = `"Panel" <${endpoint}>`;
    await this.originate({ Channel: `PJSIP/${endpoint}`, Application: application, Data: data, CallerID });
  }

  async originate(fields: Fields): Promise<void> {
    this.sequence += 1;
    const ids = { ChannelId: `cordboard-17.${this.sequence}0`, OtherChannelId: `cordboard-17.${this.sequence}1` };
    await this.act('Originate', { Async: 'true', Timeout: 30_000, ...ids, ...fields });
  }

  async redirect(uniqueid: string, exten: string, context = 'from-internal'): Promise<void> {
    await this.act('Redirect', { Channel: uniqueid, Context: context, Exten: exten, Priority: 1 });
  }

  /** `moved` to `exten`, the other one to the waiting place. */
  async consult(moved: string, exten: string, waits: string): Promise<void> {
    await this.act('Redirect', {
      Channel: moved,
      Context: 'from-internal',
      Exten: exten,
      Priority: 1,
      ExtraChannel: waits,
      ExtraContext: 'cordboard-hold',
      ExtraExten: 's',
      ExtraPriority: 1,
    });
  }

  async bridge(one: string, two: string): Promise<void> {
    await this.act('Bridge', { Channel1: one, Channel2: two, Tone: 'no' });
  }
}

const dial: Step = {
  name: 'a phone rings first and then calls',
  async run(desk) {
    const Variable = ['CALLERID(num)=101', 'CALLERID(name)=Anna Berg', 'CONNECTEDLINE(name,i)=Bilal Demir'];
    const place = { Context: 'from-internal', Exten: '102', Priority: 1 };
    await desk.originate({ Channel: 'PJSIP/101', ...place, Variable: [...Variable, 'CONNECTEDLINE(num,i)=102'] });
    await desk.phones.ringing('101');
    await desk.look('rings');
    await desk.phones.answer('101');
    await desk.phones.ringing('102');
    await desk.look('calls');
    await desk.phones.answer('102');
    await desk.look('talks');
    await desk.phones.hangup('102');
  },
};

function transfer(moved: '104' | '105'): Step {
  return {
    name: `${moved} of a call of 104 with 105 is sent on`,
    async run(desk) {
      await connect(desk.phones, '104', '105');
      await desk.look('talk');
      await desk.redirect(await desk.leg(moved), '103');
      await desk.phones.ringing('103');
      await desk.look('rings');
      await desk.phones.answer('103');
      await desk.look('talk on');
      await desk.phones.hangup(moved);
    },
  };
}

const deflect: Step = {
  name: 'a caller is sent on before anybody answered',
  async run(desk) {
    await desk.phones.dial('104', '105');
    await desk.phones.ringing('105');
    await desk.look('rings');
    await desk.redirect(await desk.leg('104'), '103');
    await desk.phones.ringing('103');
    await desk.look('rings elsewhere');
    await desk.phones.answer('103');
    await desk.look('talk');
    await desk.phones.hangup('104');
  },
};

/** `operator` is the side that consults. */
function consultation(operator: '104' | '105', caller: '104' | '105'): Step {
  return {
    name: `${operator} consults while ${caller} waits, and hands over`,
    async run(desk) {
      await connect(desk.phones, '104', '105');
      await desk.look('talk');
      await desk.consult(await desk.leg(operator), '103', await desk.leg(caller));
      await desk.phones.ringing('103');
      await desk.look('consults');
      await desk.phones.answer('103');
      await desk.look('talks with the target');
      await desk.bridge(await desk.leg(caller), await desk.leg('103'));
      await desk.look('handed over');
      await desk.phones.hangup(caller);
    },
  };
}

const swap: Step = {
  name: 'a consultation is swapped',
  async run(desk) {
    await connect(desk.phones, '104', '105');
    await desk.consult(await desk.leg('104'), '103', await desk.leg('105'));
    await desk.phones.answer('103');
    await desk.look('talks with the target');
    const wait = { Context: 'cordboard-hold', Exten: 's', Priority: 1 };
    const extra = { ExtraContext: 'cordboard-hold', ExtraExten: 's', ExtraPriority: 1 };
    const [Channel, ExtraChannel] = [await desk.leg('104'), await desk.leg('103')];
    await desk.act('Redirect', { Channel, ...wait, ExtraChannel, ...extra });
    await desk.look('all wait');
    await desk.bridge(await desk.leg('104'), await desk.leg('105'));
    await desk.look('talks with the first');
  },
};

const cancel: Step = {
  name: 'a consultation is cancelled while the target rings',
  async run(desk) {
    await connect(desk.phones, '104', '105');
    await desk.consult(await desk.leg('105'), '103', await desk.leg('104'));
    await desk.phones.ringing('103');
    await desk.look('rings');
    await desk.bridge(await desk.leg('104'), await desk.leg('105'));
    await desk.phones.quiet('103');
    await desk.look('back');
  },
};

/** Who is asked is called over a Local channel that waits for them. */
async function ask(desk: Desk, exten: string): Promise<void> {
  const target = { Context: 'cordboard-hold', Exten: 's', Priority: 1 };
  const Channel = `Local/${exten}@from-internal/n`;
  await desk.originate({ Channel, ...target, CallerID: '"Dara O Brien" <104>' });
}

/** Both sides of the call of 105 with 104 wait, the one with music, the other with the ring tone. */
async function bothWait(desk: Desk): Promise<void> {
  await connect(desk.phones, '105', '104');
  await desk.act('Redirect', {
    Channel: await desk.leg('105'),
    Context: 'cordboard-hold',
    Exten: 's',
    Priority: 1,
    ExtraChannel: await desk.leg('104'),
    ExtraContext: 'cordboard-hold',
    ExtraExten: 'ring',
    ExtraPriority: 1,
  });
  await desk.look('both wait');
}

const asked: Step = {
  name: 'somebody is asked over a Local channel, talks to the operator, and hangs up',
  async run(desk) {
    await bothWait(desk);
    await ask(desk, '103');
    await desk.phones.ringing('103');
    await desk.look('rings');
    await desk.phones.answer('103');
    await desk.look('answered');
    await desk.bridge(await desk.leg('104'), 'cordboard-17.10');
    await desk.look('talk');
    await desk.phones.hangup('103');
    await wait(300);
    await desk.look('left alone');
    await desk.bridge(await desk.leg('105'), await desk.leg('104'));
    await desk.look('the first two again');
    await desk.phones.hangup('105');
    await desk.phones.quiet('104');
  },
};

const askedInVain: Step = {
  name: 'somebody is asked whose phone is not connected',
  async run(desk) {
    await desk.phones.online('113', false);
    await ask(desk, '113');
    await desk.look('nobody');
    await desk.phones.online('113', true);
  },
};

const parkAndFetch: Step = {
  name: 'who was called is parked, and fetched by another phone',
  async run(desk) {
    await connect(desk.phones, '104', '105');
    await desk.act('Park', { Channel: await desk.leg('105'), TimeoutChannel: await desk.leg('104', 'Channel') });
    await desk.phones.quiet('104');
    await desk.look('parked');
    await desk.ringInto('103', 'ParkedCall', 'default,701');
    await desk.phones.answer('103');
    await desk.look('fetched');
    await desk.phones.hangup('103');
  },
};

const parkReturns: Step = {
  name: 'a caller is parked and returns',
  async run(desk) {
    await connect(desk.phones, '104', '105');
    const TimeoutChannel = await desk.leg('105', 'Channel');
    await desk.act('Park', { Channel: await desk.leg('104'), TimeoutChannel, Parkinglot: 'short' });
    await desk.phones.ringing('105');
    // The old leg has heard the number of the space by then, and is gone.
    await wait(1_500);
    await desk.look('rings again');
    await desk.phones.answer('105');
    await desk.look('talk');
    await desk.phones.hangup('105');
  },
};

const spy: Step = {
  name: 'a third phone listens, until the call ends',
  async run(desk) {
    await connect(desk.phones, '101', '102');
    await desk.ringInto('103', 'ChanSpy', `${await desk.leg('102')},uqE`);
    await desk.phones.answer('103');
    await desk.look('listens');
    await desk.phones.hangup('101');
    await desk.phones.quiet('103');
  },
};

const record: Step = {
  name: 'a call is recorded, and digits are played',
  async run(desk) {
    await connect(desk.phones, '101', '102');
    const Channel = await desk.leg('101');
    const variable = { Channel, Variable: 'CORDBOARD_RECORDING' };
    await desk.act('MixMonitor', { Channel, File: 'steps.wav', Options: 'i(CORDBOARD_RECORDING)' });
    await desk.look('records');
    const id = (await desk.act('Getvar', variable))?.get('Value') ?? '';
    await desk.act('StopMixMonitor', { Channel, MixMonitorID: id });
    await desk.act('StopMixMonitor', { Channel, MixMonitorID: id });
    await desk.act('Setvar', { ...variable, Value: '' });
    await desk.act('PlayDTMF', { Channel, Digit: '5' });
    await desk.act('PlayDTMF', { Channel, Digit: '' });
    await desk.look('again as before');
    await desk.phones.hangup('101');
  },
};

const take: Step = {
  name: 'a caller is taken out of a queue',
  async run(desk) {
    await desk.phones.callIn('0301234567', 'Outside', dids.toQueue);
    await desk.phones.ringing('106');
    await desk.phones.ringing('107');
    await desk.look('waits');
    await desk.redirect(await desk.leg('trunk-in'), '101');
    await desk.phones.ringing('101');
    await desk.look('rings');
    await desk.phones.answer('101');
    await desk.look('talks');
    await desk.phones.hangup('101');
  },
};

const members: Step = {
  name: 'a member comes, pauses, goes',
  async run(desk) {
    const member = { Queue: 'billing', Interface: 'PJSIP/110' };
    await desk.act('QueueAdd', { ...member, MemberName: 'Jonas Weiß', Penalty: 2, StateInterface: 'PJSIP/110' });
    await desk.act('QueueAdd', member);
    await desk.act('QueuePause', { ...member, Paused: 'true', Reason: 'Lunch' });
    await desk.act('QueuePause', { ...member, Paused: 'false' });
    await desk.act('QueuePenalty', { ...member, Penalty: 7 });
    await desk.act('QueueRemove', member);
    await desk.act('QueueRemove', member);
    await desk.act('QueueRemove', { Queue: 'sales', Interface: 'PJSIP/108' });
    await desk.act('QueueAdd', { ...member, Queue: 'nowhere' });
  },
};

const meeting: Step = {
  name: 'a meeting: two are sent there, one is called in, muted and put out',
  async run(desk) {
    await connect(desk.phones, '104', '105');
    const room = { Context: 'from-internal', Exten: '800', Priority: 1 };
    const extra = { ExtraContext: 'from-internal', ExtraExten: '800', ExtraPriority: 1 };
    await desk.act('Redirect', {
      Channel: await desk.leg('104'),
      ...room,
      ExtraChannel: await desk.leg('105'),
      ...extra,
    });
    await desk.look('two');
    await desk.ringInto('103', 'ConfBridge', '800');
    await desk.phones.answer('103');
    await desk.look('three');
    const Conference = '800';
    const Channel = await desk.leg('103', 'Channel');
    await desk.act('ConfbridgeMute', { Conference, Channel });
    await desk.act('ConfbridgeUnmute', { Conference, Channel });
    await desk.act('ConfbridgeLock', { Conference });
    await desk.act('ConfbridgeUnlock', { Conference });
    await desk.act('ConfbridgeKick', { Conference, Channel });
    await desk.phones.quiet('103');
    await desk.look('two again');
    await desk.act('ConfbridgeKick', { Conference, Channel });
    await desk.act('ConfbridgeKick', { Conference, Channel: 'all' });
    await desk.phones.quiet('104');
    await desk.phones.quiet('105');
    await desk.act('ConfbridgeLock', { Conference });
  },
};

const refusals: Step = {
  name: 'what is not there is refused',
  async run(desk) {
    const gone = { Channel: 'PJSIP/101-deadbeef' };
    const place = { Context: 'from-internal', Exten: '103', Priority: 1 };
    await desk.act('Redirect', place);
    await desk.act('Redirect', { ...gone, ...place });
    await desk.act('Bridge', { Channel1: gone.Channel });
    await desk.act('Bridge', { Channel1: gone.Channel, Channel2: gone.Channel });
    await desk.act('Park', {});
    await desk.act('Park', gone);
    await desk.act('Hangup', gone);
    await desk.act('MixMonitor', gone);
    await desk.act('MixMonitor', {});
    await desk.act('StopMixMonitor', gone);
    await desk.act('PlayDTMF', { ...gone, Digit: '1' });
    await desk.act('Getvar', { ...gone, Variable: 'X' });
    await desk.act('ConfbridgeKick', { Conference: '800', ...gone });
    for (const [Context, Extension] of [
      ['from-internal', '102'],
      ['from-internal', '77'],
      ['nowhere', '77'],
      ['ext-local', 'vmu103'],
      ['cordboard-hold', 's'],
    ] as const) {
      const rows = await desk.house.ami
        .list('ShowDialPlan', { Context, Extension })
        .catch((error: Error) => error.message);
      desk.answers.push(`${Extension}@${Context}: ${typeof rows === 'string' ? rows : rows.length > 0}`);
    }
  },
};

export const steps: readonly Step[] = [
  dial,
  transfer('104'),
  transfer('105'),
  deflect,
  consultation('105', '104'),
  consultation('104', '105'),
  swap,
  cancel,
  asked,
  askedInVain,
  parkAndFetch,
  parkReturns,
  spy,
  record,
  take,
  members,
  meeting,
  refusals,
];
