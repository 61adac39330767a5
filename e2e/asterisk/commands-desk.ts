import { expect } from 'vitest';
import type { TransferRecord } from '../../server/protocol/records';
import type { Give, Office } from './commands-office';
import { connect, free } from './scenarios/scenario';

/** What the cases of transfers have in common: 104 is the operator (a user with that extension), 105 the caller, 103 is asked. */

/** One operator of a test, signed in. */
export interface Desk {
  readonly give: Give;
  readonly done: (name: string, params: object) => Promise<void>;
}

let users = 0;

/** A new user at 104. */
export async function deskOf(office: Office, extension = '104', username = `desk${++users}`): Promise<Desk> {
  const give = await office.operator(username, extension);
  const done = async (name: string, params: object): Promise<void> => {
    const answer = await give(name, params);
    expect(answer, `${name}: ${JSON.stringify(answer.body)}`).toMatchObject({ status: 200, body: { ok: true } });
  };
  return { give, done };
}

/** The one transfer, once it is in this state. */
export async function transferIn(office: Office, state: TransferRecord['state']): Promise<TransferRecord> {
  const find = () => office.panel.mirror.lists().transfers.find((one) => one.state === state);
  await expect.poll(find, { timeout: 5_000, message: `a transfer ${state}` }).toBeDefined();
  return find() ?? expect.fail('the transfer went on');
}

export async function noTransfer(office: Office): Promise<void> {
  const { mirror } = office.panel;
  await expect.poll(() => mirror.lists().transfers, { timeout: 10_000, message: 'no transfer' }).toEqual([]);
}

/** 105 talks to the operator, and the operator begins to ask `to`. Gives the caller's leg. */
export async function asking(office: Office, desk: Desk, to = '103'): Promise<string> {
  await connect(office.phones, '105', '104');
  const { peer } = await office.call('104', 'talking');
  await desk.done('call.transfer', { uniqueid: peer, to, mode: 'attended' });
  return peer ?? expect.fail('nobody talks to the operator');
}

/** The same, and 103 has answered. */
export async function askingAnswered(office: Office, desk: Desk): Promise<string> {
  const uniqueid = await asking(office, desk);
  await office.phones.answer('103');
  await transferIn(office, 'talking');
  return uniqueid;
}

/** Every channel of the PBX, as it tells a connection of the test's own. */
export async function channelsOf({ house }: Office): Promise<{ name: string; bridgeId: string }[]> {
  const rows = await house.ami.list('CoreShowChannels');
  const channels = rows.map((row) => ({ name: row.get('Channel'), bridgeId: row.get('BridgeId') }));
  return channels.filter(({ name }) => name !== '');
}

/** Asterisk itself: these two share a bridge, directly or through the halves of a Local channel, and `waits` is in none. */
export async function reallyTogether(office: Office, one: string, two: string, waits?: string): Promise<void> {
  await office.eventually(`${one} hears ${two}`, async () => {
    const channels = await channelsOf(office);
    const bridgeOf = (ext: string) => channels.find(({ name }) => name.startsWith(`PJSIP/${ext}-`))?.bridgeId ?? '';
    const halves = channels.filter(({ name }) => name.startsWith('Local/')).map(({ bridgeId }) => bridgeId);
    const [a, b] = [bridgeOf(one), bridgeOf(two)];
    const joined = a !== '' && (a === b || (halves.includes(a) && halves.includes(b)));
    return joined && (waits === undefined || bridgeOf(waits) === '');
  });
}

/** Everything is over: no transfer, no channel, not even a Local one. */
export async function allOver(office: Office, ...extensions: readonly string[]): Promise<void> {
  await office.check('over', free(...extensions));
  await noTransfer(office);
  await office.eventually('no channel is left', async () => (await channelsOf(office)).length === 0);
}

export const people = ['103', '104', '105'] as const;

export async function hangUpCaller(office: Office): Promise<void> {
  await office.phones.hangup('105');
  await allOver(office, ...people);
}

export const talkingAgain = {
  extensions: { '105': { talkingTo: ['104'] }, '104': { talkingTo: ['105'] }, '103': { state: 'idle' as const } },
  channels: 2,
};
