import type { ExtensionCall, ExtensionRecord, Party, TransferRecord } from '@/server/protocol/records';
import type { SnapshotLists } from '@/server/protocol/state';
import { callRecord, newCall } from './mock-office';

const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString();

const holm = { number: '+46701234567', name: 'Maria Holm' };
const harper = { number: '+442079460123', name: 'Harper & Sons Ltd' };
const klinik = { number: '+4930901820', name: 'Klinik am Park' };
const volta = { number: '+46313456789', name: 'Volta Bygg AB' };
const paris = { number: '+33142685300', name: '' };
const asa = { number: '+4687654321', name: 'Åsa Friberg' };

/** One's own calls in the states that `which` names. */
export function seedOwnCalls(lists: SnapshotLists, which: string): void {
  const [me] = lists.extensions;
  if (!me) return;
  const wanted = which === 'demo' ? Object.keys(seeds) : which.split(',');
  me.calls = [];
  for (const name of wanted) seeds[name]?.(lists, me);
  me.state = me.calls.length > 0 ? 'inUse' : 'idle';
  lists.calls.push(...me.calls.map((call) => callRecord(call, me)));
  for (const call of lists.calls) if (call.from.number === harper.number) call.recording = true;
  for (const queue of lists.queues) if (queue.name !== 'billing') joinQueue(queue, me);
}

type Seed = (lists: SnapshotLists, me: ExtensionRecord) => void;

const seeds: Readonly<Record<string, Seed>> = {
  ringing: (_, me) => void me.calls.push(newCall('ringing', 'in', holm, -3, 'support')),
  talking: (_, me) => void me.calls.push(newCall('talking', 'in', harper, 184)),
  held: (_, me) => void me.calls.push(newCall('held', 'in', klinik, 400)),
  consulting: (lists, me) => consult(lists, me, 'talking', volta, 12),
  asking: (lists, me) => consult(lists, me, 'ringing', asa, 4),
  swapped: (lists, me) => consult(lists, me, 'swapped', volta, 31),
  transferred: (lists, me) => lists.transfers.push(transfer(me, lists, 'transferred', asa, 7)),
  returned: (lists, me) => {
    const one = { ...transfer(me, lists, 'returned', paris, 9), mode: 'blind' as const };
    one.reason = `${one.to.name} (${one.to.number}) is busy`;
    me.calls.push({ ...newCall('ringing', 'in', paris, -5), peer: one.uniqueid });
    lists.transfers.push(one);
  },
  parked: (lists, me) => {
    const { lot } = lists.parking[0] ?? {};
    const slot = { space: '702', uniqueid: 'mp.1', ...holm, parkedBy: `PJSIP/${me.number}` };
    const record = lists.parking.find((one) => one.lot === lot);
    record?.slots.push({ ...slot, parkedSince: ago(31), timeout: 45 });
  },
};

let transfers = 0;

export function transfer(
  me: ExtensionRecord,
  lists: SnapshotLists,
  state: TransferRecord['state'],
  party: Party,
  seconds: number,
  to?: string,
): TransferRecord {
  transfers += 1;
  const target = lists.extensions.find((one) => one.number === to) ?? lists.extensions[4 + transfers];
  return {
    id: `t${transfers}`,
    mode: state === 'transferred' ? 'blind' : 'attended',
    state,
    uniqueid: `tc.${transfers}`,
    party,
    extension: me.number,
    by: 'greta',
    to: { number: target?.number ?? to ?? '', name: target?.name ?? '' },
    own: null,
    target: null,
    reason: null,
    startedAt: ago(seconds + 4),
    since: ago(seconds),
  };
}

function consult(
  lists: SnapshotLists,
  me: ExtensionRecord,
  state: TransferRecord['state'],
  party: Party,
  seconds: number,
): void {
  const one = transfer(me, lists, state, party, seconds);
  const line: ExtensionCall = {
    ...newCall(state === 'ringing' ? 'dialing' : 'talking', 'out', one.to, seconds),
    peer: `${one.id}.target`,
  };
  me.calls.push(line);
  lists.transfers.push({ ...one, own: line.uniqueid, target: `${one.id}.target` });
}

function joinQueue({ members }: SnapshotLists['queues'][number], me: ExtensionRecord): void {
  const [example] = members;
  if (!example || members.some((member) => member.extension === me.number)) return;
  members.push({
    ...example,
    interface: `Local/${me.number}@from-queue/n`,
    stateInterface: `PJSIP/${me.number}`,
    extension: me.number,
    name: me.name,
  });
}
