import { expect } from 'vitest';
import type { Case } from './commands-office';
import { free } from './scenarios/scenario';

/** Commands of queues and conferences. */
const queue: Case = {
  title: 'queue.add, queue.pause, queue.penalty, queue.remove: a shift of one agent',
  async run(office) {
    const { check } = office;
    const wanted = { queue: 'billing', extension: '110' };
    await office.refused('queue.remove', wanted, 409, /not in queue/);
    await office.done('queue.add', { ...wanted, penalty: 2 });
    await check('in', { queues: { billing: { members: { '110': { paused: false } } } } });
    await office.refused('queue.add', wanted, 409, /already/);
    await office.done('queue.pause', { ...wanted, on: true, reason: 'Lunch, at two' });
    await check('paused', { queues: { billing: { members: { '110': { paused: true, reason: 'Lunch, at two' } } } } });
    await office.done('queue.pause', { ...wanted, on: false });
    await check('goes on', { queues: { billing: { members: { '110': { paused: false } } } } });
    await office.done('queue.penalty', { ...wanted, penalty: 7 });
    const rows = await office.house.ami.list('QueueStatus', { Queue: 'billing', Member: 'PJSIP/110' });
    const row = rows.find((one) => one.event === 'QueueMember');
    expect([row?.get('Name'), row?.get('Penalty')]).toEqual(['Jonas Weiß', '7']);
    await office.done('queue.remove', wanted);
    await check('out', { queues: { billing: { members: { '110': null } } } });
    await office.refused('queue.remove', { queue: 'sales', extension: '108' }, 409, /PBX refused/);
    await office.refused('queue.add', { ...wanted, queue: 'nowhere' }, 404, /no queue/);

    // A member behind the dialplan is one in the next queue as well.
    await office.done('queue.add', { queue: 'billing', extension: '107' });
    await check('as in support', { queues: { billing: { members: { '107': { state: 'idle' } } } } });
    await office.done('queue.remove', { queue: 'billing', extension: '107' });
    await check('out again', { queues: { billing: { members: { '107': null } } } });
  },
};

const conference: Case = {
  title: 'conference.mute, lock, invite, kick: a meeting led from the panel',
  async run(office) {
    const { phones, check } = office;
    const room = { conference: '800' };
    await office.refused('conference.lock', { ...room, on: true }, 404, /no conference/);
    for (const ext of ['101', '102']) {
      await phones.dial(ext, '800');
      await phones.connected(ext);
    }
    await check('two', { conferences: { '800': { participants: [{ number: '101' }, { number: '102' }] } } });
    const uniqueid = await office.leg('102', 'conference');
    await office.done('conference.mute', { ...room, uniqueid, on: true });
    await check('muted', {
      conferences: {
        '800': {
          participants: [
            { number: '101', muted: false },
            { number: '102', muted: true },
          ],
        },
      },
    });
    await office.done('conference.mute', { ...room, uniqueid, on: false });
    await check('heard', {
      conferences: { '800': { participants: [{ number: '101' }, { number: '102', muted: false }] } },
    });
    await office.done('conference.lock', { ...room, on: true });
    await check('locked', { conferences: { '800': { locked: true } } });
    await office.refused('conference.invite', { ...room, extension: '103' }, 409, /locked/);
    await office.done('conference.lock', { ...room, on: false });
    await check('open', { conferences: { '800': { locked: false } } });
    await office.done('conference.invite', { ...room, extension: '103' });
    await phones.answer('103');
    await check('three', {
      conferences: { '800': { participants: [{ number: '101' }, { number: '102' }, { number: '103' }] } },
    });
    await office.done('conference.kick', { ...room, uniqueid });
    await phones.quiet('102');
    await check('one left', { conferences: { '800': { participants: [{ number: '101' }, { number: '103' }] } } });
    await office.refused('conference.kick', { ...room, uniqueid }, 404, /no longer/);
    for (const ext of ['101', '103']) await phones.hangup(ext);
    await check('over', { ...free('101', '102', '103'), conferences: { '800': null } });
  },
};

const inviteOutside: Case = {
  title: 'conference.invite: somebody outside, where the rules allow it',
  async run(office) {
    const { phones, check } = office;
    const invite = { conference: '800', extension: '905551234' };
    await phones.dial('101', '800');
    await phones.connected('101');
    await check('one', { conferences: { '800': { participants: [{ number: '101' }] } } });
    await office.refused('conference.invite', invite, 400, /does not allow/);
    const patterns = [{ pattern: '_90X.', class: 'national' as const }];
    await office.withNumbers({ patterns, dialTo: ['internal', 'national'] }, async () => {
      await office.done('conference.invite', invite);
    });
    await phones.answer('trunk');
    await check('both', { channels: 2, trunkLegs: 1 });
    await expect
      .poll(() => office.panel.mirror.lists().conferences[0]?.participants.length, { timeout: 5_000 })
      .toBe(2);
    await phones.hangup('101');
    await phones.hangup('trunk');
    await check('over', free('101'));
  },
};

export const rooms: readonly Case[] = [queue, conference, inviteOutside];
