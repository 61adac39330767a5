import { expect } from 'vitest';
import type { ExtensionCall } from '../../server/protocol/records';
import type { Snapshot } from '../../server/protocol/state';
import { observePanel } from './expected';
import type { Lab } from './lab';
import { Panel } from './panel';
import { panelCheck } from './panel-check';
import { connect } from './scenarios/scenario';

const stepMs = 2_200;
/** Less than a step, so that a clock that shows the wrong moment cannot pass; Asterisk's own times are whole seconds. */
const toleranceMs = 1_500;

/** When the phones did what, epoch ms. */
type Moments = Map<string, number>;

/**
 * Ring, talk, hold, queue wait and parking, each begun at a moment of its own, on the panel that saw it all; then on one
 * that is started in the middle; then on the first one after every call went on.
 */
export async function clockStory(lab: Lab, panel: Panel): Promise<void> {
  const moments: Moments = new Map();
  await begin(lab, moments);
  await pause();
  await goOn(lab, moments);
  await pause();
  const real = { pbx: lab.pbx, farm: lab.farm };
  await panelCheck({ panels: [panel], real })('everything at once', inTheMiddle('saw it'));
  const seen = await panel.state();
  checkMiddle(seen, moments, true);
  const late = await Panel.start({ amiUrl: lab.pbx.amiUrl('panel') });
  try {
    const first = await late.state();
    const limitMs = 1_000;
    await panelCheck({ panels: [late], real, limitMs })('a panel started in the middle', inTheMiddle('read it'));
    checkMiddle(first, moments, false);
    expect(comparable(first)).toEqual(comparable(seen));
    await change(lab, moments);
    await panelCheck({ panels: [panel, late], real })('all talk again', {
      extensions: {
        '101': { lines: ['talking'], talkingTo: ['104'] },
        '103': { lines: ['talking'], talkingTo: ['110'] },
        '111': { lines: ['talking'], talkingTo: ['112'] },
        '113': { lines: ['talking'], talkingTo: ['108'] },
      },
    });
    checkEnd(await panel.state(), moments);
    checkEnd(await late.state(), moments);
  } finally {
    await late.stop();
    await lab.outside.action('QueueRemove', { Queue: 'billing', Interface: 'PJSIP/110' }).catch(() => '');
  }
}

/** No list of Asterisk tells a hold (the state of the device does), and no event tells a room's lock. */
function inTheMiddle(how: 'saw it' | 'read it') {
  return {
    extensions: {
      '101': { lines: ['talking' as const], talkingTo: ['102'] },
      '103': { lines: ['queued' as const] },
      '111': {
        state: 'onHold' as const,
        talkingTo: ['112'],
        ...(how === 'saw it' ? { lines: ['onHold' as const] } : {}),
      },
      '113': { lines: ['parked' as const] },
      '115': { lines: ['conference' as const] },
      '117': { lines: ['talking' as const] },
    },
    queues: { billing: { callers: ['103'] } },
    parking: { default: [{ space: '701', number: '113' }] },
    conferences: { '800': { participants: [{ number: '115' }], ...(how === 'read it' ? { locked: true } : {}) } },
    trunkLegs: 1,
    channels: 9,
  };
}

/** What a panel shows, the held call and the lock left out. */
function comparable(state: Snapshot) {
  const { extensions, calls, conferences, ...rest } = observePanel(state);
  const { 111: _, 112: __, ...others } = extensions;
  const rooms = Object.entries(conferences).map(([name, { participants }]) => ({ name, participants }));
  const byCaller = calls?.filter((call) => call.from !== '111').sort((a, b) => a.from.localeCompare(b.from));
  return { ...rest, rooms, extensions: others, calls: byCaller };
}

async function begin({ phones }: Lab, moments: Moments): Promise<void> {
  const mark = marker(moments);
  await Promise.all([
    mark(
      'ring',
      phones.dial('101', '102').then(() => phones.ringing('102')),
    ),
    mark(
      'wait',
      phones.dial('103', '502').then(() => phones.connected('103')),
    ),
    mark('held answer', connect(phones, '111', '112')),
    mark('parked answer', connect(phones, '113', '114')),
    mark(
      'join',
      phones.dial('115', '800').then(() => phones.connected('115')),
    ),
    mark(
      'outside',
      phones.dial('117', '900441234').then(() => phones.answer('trunk')),
    ),
  ]);
}

async function goOn({ phones, outside }: Lab, moments: Moments): Promise<void> {
  const mark = marker(moments);
  await outside.action('ConfbridgeLock', { Conference: '800' });
  await mark('answer', phones.answer('102'));
  await mark('hold', phones.hold('112'));
  await mark('park', phones.park('114'));
}

async function change({ phones, outside }: Lab, moments: Moments): Promise<void> {
  const mark = marker(moments);
  await mark('unhold', phones.unhold('112'));
  await mark(
    'fetch',
    phones.dial('108', '701').then(() => phones.connected('108')),
  );
  const agent = { Queue: 'billing', Interface: 'PJSIP/110', MemberName: 'Jonas', StateInterface: 'PJSIP/110' };
  await mark(
    'agent rings',
    outside.action('QueueAdd', agent).then(() => phones.ringing('110')),
  );
  await mark(
    'transfer',
    phones.blindTransfer('102', '104').then(() => phones.ringing('104')),
  );
  await pause();
  await mark('agent', phones.answer('110'));
  await mark('target', phones.answer('104'));
  await pause();
}

function checkMiddle(state: Snapshot, moments: Moments, sawIt: boolean): void {
  const near = comparer(moments);
  for (const ext of ['101', '102']) near(line(state, ext), { startedAt: 'ring', answeredAt: 'answer' });
  near(line(state, '103'), { startedAt: 'wait', answeredAt: null, stateSince: 'wait' });
  near(state.queues.find(({ name }) => name === 'billing')?.callers[0], { waitingSince: 'wait' });
  for (const ext of ['111', '112']) near(line(state, ext), { startedAt: 'held answer', answeredAt: 'held answer' });
  if (sawIt) {
    for (const ext of ['111', '112']) near(line(state, ext), { stateSince: 'hold' });
    near(call(state, '111'), { heldSince: 'hold' });
  }
  near(line(state, '113'), { startedAt: 'parked answer', stateSince: 'park' });
  near(call(state, '113'), { parkedSince: 'park' });
  near(state.parking.find(({ lot }) => lot === 'default')?.slots[0], { parkedSince: 'park' });
  near(line(state, '115'), { answeredAt: 'join' });
  near(state.conferences[0]?.participants[0], { joinedAt: 'join' });
  near(line(state, '117'), { startedAt: 'outside', answeredAt: 'outside' });
  near(state.trunks.flatMap(({ channels }) => channels)[0], { startedAt: 'outside', answeredAt: 'outside' });
}

/** Each talk began when both were up: after the transfer, the queue and the parking, and not with the hold. */
function checkEnd(state: Snapshot, moments: Moments): void {
  const near = comparer(moments);
  near(line(state, '101'), { startedAt: 'ring', answeredAt: 'target', stateSince: null });
  near(line(state, '104'), { startedAt: 'transfer', answeredAt: 'target', stateSince: null });
  near(line(state, '103'), { startedAt: 'wait', answeredAt: 'agent', stateSince: null });
  near(line(state, '110'), { startedAt: 'agent rings', answeredAt: 'agent', stateSince: null });
  for (const ext of ['111', '112']) near(line(state, ext), { answeredAt: 'held answer', stateSince: null });
  near(line(state, '113'), { startedAt: 'parked answer', answeredAt: 'fetch', stateSince: null });
  near(line(state, '108'), { startedAt: 'fetch', answeredAt: 'fetch' });
}

function line(state: Snapshot, ext: string): ExtensionCall | undefined {
  return state.extensions.find(({ number }) => number === ext)?.calls[0];
}

function call(state: Snapshot, from: string) {
  return state.calls.find((one) => one.from.number === from);
}

function marker(moments: Moments) {
  return async (name: string, work: Promise<unknown>): Promise<void> => {
    await work;
    moments.set(name, Date.now());
  };
}

/** Compares times of a record with moments; null: the clock does not run. */
function comparer(moments: Moments) {
  return <T extends object>(record: T | undefined, clocks: { readonly [K in keyof T]?: string | null }): void => {
    for (const [name, moment] of Object.entries(clocks) as [string, string | null][]) {
      const value = record && (record as Readonly<Record<string, unknown>>)[name];
      const where = `${name} of ${JSON.stringify(record)}`;
      if (moment === null) expect(value, where).toBeNull();
      else {
        const off = Date.parse(String(value)) - (moments.get(moment) ?? Number.NaN);
        expect(Math.abs(off), `${where} is ${off} ms from "${moment}"`).toBeLessThan(toleranceMs);
      }
    }
  };
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, stepMs));
}
