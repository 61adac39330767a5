import { expect } from 'vitest';
import type { Case } from './commands-office';
import { dids } from './people';
import { connect, free, talking } from './scenarios/scenario';

/** Two operators with phones of their own, 103 and 104. */
const twoOperators: Case = {
  title: 'call.transfer, call.pickup, queue.take: never one’s own leg, and never two operators at one call',
  async run(office) {
    const { phones, check } = office;
    const anna = await office.operator('anna', '104');
    const bert = await office.operator('bert', '103');

    await connect(phones, '105', '104');
    const { uniqueid: own, peer } = await office.call('104', 'talking');
    for (const [name, rest] of [
      ['call.transfer', { to: '103', mode: 'blind' }],
      ['call.park', {}],
    ] as const) {
      const answer = await anna(name, { uniqueid: own, ...rest });
      expect(answer).toMatchObject({ status: 409, body: { message: expect.stringContaining('extension 105') } });
    }
    await check('untouched', talking('105', '104'));
    expect(await anna('call.transfer', { uniqueid: peer, to: '103', mode: 'blind' })).toMatchObject({ status: 200 });
    await phones.quiet('104');
    await phones.answer('103', '105');
    await check('sent on', talking('105', '103'));
    await phones.hangup('105');
    await check('first over', free('103', '104', '105'));

    await phones.dial('105', '101');
    await phones.ringing('101');
    const { uniqueid } = await office.call('101', 'ringing');
    const picked = await Promise.all([
      anna('call.pickup', { uniqueid, extension: '104' }),
      bert('call.pickup', { uniqueid, extension: '103' }),
    ]);
    expect(picked.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [first, second] = picked[0].status === 200 ? ['104', 'anna'] : ['103', 'bert'];
    expect(picked.find(({ status }) => status === 409)?.body.message).toBe(`${second} is taking this call.`);
    await phones.answer(first, '105');
    await check('one has it', talking('105', first));
    await phones.hangup('105');
    await check('second over', free('101', '103', '104', '105'));

    await phones.callIn('0301234567', 'Outside', dids.toQueue);
    await phones.ringing('106');
    const waiting = () => office.panel.mirror.lists().queues.find(({ name }) => name === 'support')?.callers[0];
    await expect.poll(waiting, { timeout: 5_000 }).toBeDefined();
    const caller = waiting()?.uniqueid;
    expect(await bert('queue.take', { uniqueid: caller, extension: '103' })).toMatchObject({ status: 200 });
    expect(await anna('queue.take', { uniqueid: caller, extension: '104' })).toMatchObject({ status: 409 });
    await phones.answer('103', '0301234567');
    await check('bert has it', { extensions: { '103': { talkingTo: ['0301234567'] }, '104': { state: 'idle' } } });
    await phones.hangup('103');
    await check('over', free('103', '104', '105', '106', '107'));
  },
};

export const operators: readonly Case[] = [twoOperators];
