import { describe, expect, it } from 'vitest';
import { type AuditVerdict, auditVerdict } from '../../server/protocol/admin';
import { callsPage, type LoggedCall } from '../../server/protocol/call-log';
import { deskOf, transferIn } from './commands-desk';
import { labHouse } from './commands-house';
import { type Case, Office } from './commands-office';
import type { AsteriskVersion } from './instance';
import { Panel } from './panel';
import { dids } from './people';
import { connect, free, nothingLeft } from './scenarios/scenario';
import { useLab, useOnce } from './suite';

/** How far the panel's clock and the PBX's may be apart in a test, in ms. */
const about = 4_000;

async function logged({ panel }: Office, query = 'limit=50'): Promise<LoggedCall[]> {
  return callsPage.parse((await panel.request('GET', `/api/v1/calls?${query}`)).body).rows;
}

/** The calls that were logged while `work` ran, oldest first: exactly so many, and no more after a while. */
async function newCalls(office: Office, count: number, work: () => Promise<void>): Promise<LoggedCall[]> {
  const known = new Set((await logged(office)).map(({ id }) => id));
  const fresh = async () => (await logged(office)).filter(({ id }) => !known.has(id)).reverse();
  await work();
  await expect.poll(async () => (await fresh()).length, { timeout: 5_000, message: 'logged calls' }).toBe(count);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const calls = await fresh();
  expect(calls).toHaveLength(count);
  for (const { startedAt, answeredAt, endedAt } of calls) {
    expect([startedAt, answeredAt ?? startedAt, endedAt]).toEqual([startedAt, answeredAt ?? startedAt, endedAt].sort());
  }
  return calls;
}

function seconds(from: string | null, to: string | null): number {
  return (Date.parse(to ?? '') - Date.parse(from ?? '')) / 1_000;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const answered: Case = {
  title: 'an answered call: who, whom, when, for how long; found by either number',
  async run(office) {
    const { phones, check } = office;
    const begin = Date.now();
    const [call] = await newCalls(office, 1, async () => {
      await phones.dial('104', '105');
      await phones.ringing('105');
      await pause(1_500);
      await phones.answer('105');
      await phones.connected('104', '105');
      await pause(2_000);
      await phones.hangup('105');
      await check('over', free('104', '105'));
    });
    expect(call).toMatchObject({
      from: { number: '104', name: "Dara O'Brien" },
      to: { number: '105', name: 'Émile Noël' },
      outcome: 'answered',
      queue: null,
      notes: [],
    });
    expect([...(call?.extensions ?? [])].sort()).toEqual(['104', '105']);
    expect(Math.abs(Date.parse(call?.startedAt ?? '') - begin)).toBeLessThan(about);
    expect(seconds(call?.startedAt ?? null, call?.answeredAt ?? null)).toBeGreaterThan(1);
    expect(seconds(call?.answeredAt ?? null, call?.endedAt ?? null)).toBeGreaterThan(1.5);
    for (const number of ['104', '105'])
      expect((await logged(office, `number=${number}&limit=1`))[0]?.id).toBe(call?.id);
    expect(await logged(office, 'number=10')).toEqual([]);
  },
};

const missed: Case = {
  title: 'a missed call from outside: its number, the number it dialled',
  async run(office) {
    const { phones, check } = office;
    const [call] = await newCalls(office, 1, async () => {
      await phones.callIn('0301234567', 'Outside', dids.toExtension);
      await phones.ringing('101');
      await phones.hangupOutside('0301234567');
      await check('over', free('101'));
    });
    expect(call).toMatchObject({
      from: { number: '0301234567' },
      to: { number: '101' },
      did: dids.toExtension,
      outcome: 'missed',
      answeredAt: null,
      extensions: [],
    });
  },
};

const abandoned: Case = {
  title: 'a call that gave up in a queue, while agents rang; and one that an agent took',
  async run(office) {
    const { phones, check } = office;
    const [gaveUp, taken] = await newCalls(office, 2, async () => {
      await phones.callIn('0301234567', 'Outside', dids.toQueue);
      await phones.ringing('106');
      await phones.hangupOutside('0301234567');
      await check('gone', nothingLeft);
      await phones.callIn('0307654321', 'Another', dids.toQueue);
      await phones.answer('106', '0307654321');
      await check('taken', { extensions: { '106': { talkingTo: ['0307654321'] } } });
      await phones.hangupOutside('0307654321');
      await check('over', free('106', '107'));
    });
    expect(gaveUp).toMatchObject({
      from: { number: '0301234567' },
      queue: 'support',
      outcome: 'abandoned',
      answeredAt: null,
      extensions: [],
    });
    expect(taken).toMatchObject({
      from: { number: '0307654321' },
      to: { number: '106' },
      queue: 'support',
      did: dids.toQueue,
      outcome: 'answered',
      extensions: ['106'],
    });
    expect((await logged(office, 'extension=106&limit=1'))[0]?.id).toBe(taken?.id);
  },
};

const transferred: Case = {
  title: 'a transferred call is one call: blind, and after asking; what was noted about the asking stays with it',
  async run(office) {
    const { phones, check, panel } = office;
    const [blind] = await newCalls(office, 1, async () => {
      await connect(phones, '105', '104');
      await office.done('call.transfer', { uniqueid: await office.leg('105', 'talking'), to: '103', mode: 'blind' });
      await phones.answer('103');
      await check('with 103', { extensions: { '103': { talkingTo: ['105'] } } });
      await phones.hangup('105');
      await check('over', free('103', '104', '105'));
    });
    expect(blind).toMatchObject({ from: { number: '105' }, to: { number: '103' }, outcome: 'answered' });
    expect([...(blind?.extensions ?? [])].sort()).toEqual(['103', '104', '105']);
    const desk = await deskOf(office);
    const asked = await newCalls(office, 1, async () => {
      await connect(phones, '105', '104');
      const { peer, callId } = await office.call('104', 'talking');
      await desk.done('call.note', { call: callId, text: 'wants Carla\nabout the offer' });
      await desk.done('call.transfer', { uniqueid: peer, to: '103', mode: 'attended' });
      await phones.answer('103');
      await transferIn(office, 'talking');
      await desk.done('call.transfer.complete', { uniqueid: peer });
      await phones.quiet('104');
      await check('with 103', { extensions: { '103': { talkingTo: ['105'] } } });
      await phones.hangup('105');
      await check('over', free('103', '104', '105'));
    });
    expect(asked).toMatchObject([
      { from: { number: '105' }, to: { number: '103' }, notes: [{ text: 'wants Carla\nabout the offer' }] },
    ]);
    expect([...(asked[0]?.extensions ?? [])].sort()).toEqual(['103', '104', '105']);
    const notes = await panel.request('GET', `/api/v1/calls/${encodeURIComponent(asked[0]?.id ?? '')}/notes`);
    expect(notes.body).toMatchObject({ notes: [{ text: 'wants Carla\nabout the offer' }] });
  },
};

const restarted: Case = {
  title: 'a call that ran while the panel was killed and started again is logged once, when it ends',
  async run(office) {
    const { phones, check, panel } = office;
    const [call] = await newCalls(office, 1, async () => {
      await connect(phones, '104', '105');
      await check('talking', { channels: 2 });
      await panel.kill();
      await panel.launch();
      await check('talking still', { channels: 2 });
      expect((await logged(office)).filter(({ endedAt }) => Date.now() - Date.parse(endedAt) < 1_000)).toEqual([]);
      await phones.hangup('104');
      await check('over', free('104', '105'));
    });
    expect(call).toMatchObject({ from: { number: '104' }, to: { number: '105' }, outcome: 'answered' });
  },
};

const audited: Case = {
  title: 'all of it left an audit log whose chain is intact, over the restart too',
  async run({ panel }) {
    const verdict: AuditVerdict = auditVerdict.parse((await panel.request('GET', '/api/v1/admin/audit/verify')).body);
    expect(verdict).toMatchObject({ ok: true, reason: null, unchained: 0 });
    expect(verdict.checked).toBeGreaterThan(5);
  },
};

/** What the call log tells of real calls. */
export function callLog(version: AsteriskVersion): void {
  describe(`the call log on Asterisk ${version}`, () => {
    const labOf = useLab(version);
    const once = useOnce<Panel>();

    it.for([answered, missed, abandoned, transferred, restarted, audited])('$title', async ({ run }, context) => {
      const lab = labOf(context);
      const office = new Office(labHouse(lab), await once(() => Panel.start({ amiUrl: lab.pbx.amiUrl('panel') })));
      await run(office);
      await lab.phones.reset();
      await office.check('nothing is left', nothingLeft);
    });
  });
}
