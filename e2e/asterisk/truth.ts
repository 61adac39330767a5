import { type ExtensionState, type MemberState, presenceState } from '../../server/protocol/records';
import { isRealChannel } from './channels';
import type {
  Observed,
  ObservedConference,
  ObservedExtension,
  ObservedMember,
  ObservedQueue,
  ObservedSlot,
} from './expected';
import { people } from './people';
import type { Block, RawAmi } from './raw-ami';

/** Reads from Asterisk itself what scenarios speak about, by list actions alone and without the panel's code. */
export async function observeAsterisk(ami: RawAmi): Promise<Observed> {
  const channels = await ami.list('CoreShowChannels');
  const bridges = await ami.list('BridgeList');
  const real = channels.filter((block) => isRealChannel(block.get('Channel')));
  return {
    extensions: await observeExtensions(ami, talkers(channels, bridges)),
    calls: undefined,
    queues: await observeQueues(ami),
    parking: await observeParking(ami),
    conferences: await observeConferences(ami),
    trunkLegs: real.filter((block) => /^PJSIP\/(trunk-in|carrier)-/.test(block.get('Channel'))).length,
    channels: real.length,
  };
}

const deviceStates: Readonly<Record<string, ExtensionState>> = {
  NOT_INUSE: 'idle',
  INUSE: 'inUse',
  BUSY: 'busy',
  UNAVAILABLE: 'unavailable',
  RINGING: 'ringing',
  RINGINUSE: 'ringInUse',
  ONHOLD: 'onHold',
};

const memberStates: readonly MemberState[] = [
  'unknown',
  'idle',
  'inUse',
  'busy',
  'invalid',
  'unavailable',
  'ringing',
  'ringInUse',
  'onHold',
];

async function observeExtensions(
  ami: RawAmi,
  talking: ReadonlyMap<string, readonly string[]>,
): Promise<Record<string, ObservedExtension>> {
  const devices = new Map(
    (await ami.list('DeviceStateList')).map((block) => [block.get('Device'), block.get('State')]),
  );
  const dnd = await family(ami, 'DND');
  const always = await family(ami, 'CF');
  const busy = await family(ami, 'CFB');
  const noAnswer = await family(ami, 'CFU');
  const found: Record<string, ObservedExtension> = {};
  for (const { number, voicemail, hint } of people) {
    found[number] = {
      state: deviceStates[devices.get(`PJSIP/${number}`) ?? ''] ?? 'unknown',
      dnd: Boolean(dnd.get(number)),
      forward: {
        always: always.get(number) ?? null,
        busy: busy.get(number) ?? null,
        noAnswer: noAnswer.get(number) ?? null,
      },
      ...(hint === 'presence' ? await presence(ami, number) : noPresence),
      ...noSources,
      newMessages: voicemail ? await newMessages(ami, number) : 0,
      talkingTo: talking.get(number) ?? [],
      lines: undefined,
    };
  }
  for (const [device, state] of devices) {
    const number = /^SIP\/(\d+)$/.exec(device)?.[1];
    if (number) found[number] = plainExtension(deviceStates[state] ?? 'unknown', talking.get(number) ?? []);
  }
  return found;
}

function plainExtension(state: ExtensionState, talkingTo: readonly string[]): ObservedExtension {
  const forward = { always: null, busy: null, noAnswer: null };
  return { state, dnd: false, forward, ...noPresence, ...noSources, newMessages: 0, talkingTo, lines: undefined };
}

type ObservedPresence = Pick<ObservedExtension, 'presence' | 'presenceSubtype' | 'presenceMessage'>;

const noPresence: ObservedPresence = { presence: 'not_set', presenceSubtype: '', presenceMessage: '' };

/** Asterisk keeps values, not where they came from. */
const noSources = {
  dndSource: undefined,
  alwaysSource: undefined,
  busySource: undefined,
  noAnswerSource: undefined,
  presenceSource: undefined,
};

async function presence(ami: RawAmi, number: string): Promise<ObservedPresence> {
  const ask = async (part: string) =>
    (await ami.action('Getvar', { Variable: `PRESENCE_STATE(CustomPresence:${number},${part})` })).get('Value');
  const text = async (part: string) => Buffer.from(await ask(`${part},e`), 'base64').toString('utf8');
  return {
    presence: presenceState.parse((await ask('value')) || 'not_set'),
    presenceSubtype: await text('subtype'),
    presenceMessage: await text('message'),
  };
}

async function newMessages(ami: RawAmi, number: string): Promise<number> {
  return Number((await ami.action('MailboxCount', { Mailbox: `${number}@default` })).get('NewMessages'));
}

async function family(ami: RawAmi, name: string): Promise<Map<string, string>> {
  const rows = await ami.list('DBGetTree', { Family: name }).catch((): Block[] => []);
  return new Map(rows.map((block) => [block.get('Key').split('/').at(-1) ?? '', block.get('Val')]));
}

/** For each extension the numbers at the other ends of its bridges, Local pairs bridged over. */
function talkers(channels: readonly Block[], bridges: readonly Block[]): Map<string, string[]> {
  const rooms = new Set(
    bridges.filter((block) => block.get('BridgeType') !== 'basic').map((block) => block.get('BridgeUniqueid')),
  );
  const group = new Map<string, string>();
  const find = (id: string): string => {
    const parent = group.get(id);
    return parent === undefined || parent === id ? id : find(parent);
  };
  for (const block of channels) {
    const bridge = block.get('BridgeId');
    const local = /^(Local\/.*);[12]$/.exec(block.get('Channel'))?.[1];
    if (bridge && local && !rooms.has(bridge)) group.set(find(bridge), find(local));
  }
  const parties = channels
    .filter(
      (block) => isRealChannel(block.get('Channel')) && block.get('BridgeId') && !rooms.has(block.get('BridgeId')),
    )
    .map((block) => ({ number: numberOf(block), place: find(block.get('BridgeId')) }));
  const found = new Map<string, string[]>();
  for (const me of parties) {
    const others = parties.filter((other) => other !== me && other.place === me.place).map((other) => other.number);
    found.set(me.number, [...(found.get(me.number) ?? []), ...others].sort());
  }
  return found;
}

function numberOf(block: Block): string {
  return /^(?:PJSIP|SIP)\/(\d+)-/.exec(block.get('Channel'))?.[1] ?? block.get('CallerIDNum');
}

async function observeQueues(ami: RawAmi): Promise<Record<string, ObservedQueue>> {
  const blocks = await ami.list('QueueStatus');
  const found: Record<string, ObservedQueue> = {};
  for (const block of blocks.filter((row) => row.event === 'QueueParams')) {
    const name = block.get('Queue');
    const callers = blocks
      .filter((row) => row.event === 'QueueEntry' && row.get('Queue') === name)
      .sort((a, b) => Number(a.get('Position')) - Number(b.get('Position')))
      .map((row) => row.get('CallerIDNum'));
    const members: Record<string, ObservedMember> = {};
    for (const row of blocks.filter((other) => other.event === 'QueueMember' && other.get('Queue') === name)) {
      members[extensionOf(row.get('StateInterface') || row.get('Location'))] = {
        state: memberStates[Number(row.get('Status'))] ?? 'unknown',
        paused: row.get('Paused') === '1',
        reason: row.get('PausedReason') || row.get('Reason'),
      };
    }
    found[name] = { callers, members };
  }
  return found;
}

function extensionOf(device: string): string {
  return /^(?:PJSIP|SIP|Local)\/(\d+)/.exec(device)?.[1] ?? device;
}

async function observeParking(ami: RawAmi): Promise<Record<string, ObservedSlot[]>> {
  const found: Record<string, ObservedSlot[]> = {};
  for (const block of await ami.list('ParkedCalls')) {
    const lot = block.get('Parkinglot');
    found[lot] = [...(found[lot] ?? []), { space: block.get('ParkingSpace'), number: block.get('ParkeeCallerIDNum') }];
  }
  return found;
}

async function observeConferences(ami: RawAmi): Promise<Record<string, ObservedConference>> {
  const found: Record<string, ObservedConference> = {};
  for (const room of await ami.list('ConfbridgeListRooms')) {
    const name = room.get('Conference');
    // The last one may leave between the two lists.
    const rows = await ami.list('ConfbridgeList', { Conference: name }).catch((): Block[] => []);
    found[name] = {
      locked: room.get('Locked') === 'Yes',
      participants: rows.map((row) => ({ number: row.get('CallerIDNum'), muted: row.get('Muted') === 'Yes' })),
    };
  }
  return found;
}
