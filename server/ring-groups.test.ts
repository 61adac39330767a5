import { describe, expect, it } from 'vitest';
import { AmiRefusedError } from './ami/errors';
import { messageOf } from './ami/testing';
import type { AmiPort } from './ami/types';
import type { PbxEvent } from './pbx/events';
import { RingGroups, ringGroupsOf } from './ring-groups';

type Step = readonly [exten: string, application: string, data: string];

function portOf(steps: readonly Step[] | Error): AmiPort {
  return {
    status: { state: 'ready', since: 0, failure: null, amiVersion: null },
    action: () => Promise.reject(new Error('not asked')),
    async *list(name: string, fields: object = {}) {
      expect([name, fields]).toEqual(['ShowDialPlan', { Context: 'ext-group' }]);
      if (steps instanceof Error) throw steps;
      for (const [exten, application, data] of steps) {
        yield messageOf(
          `Event: ListDialplan\r\nContext: ext-group\r\nExtension: ${exten}\r\nPriority: 1\r\nApplication: ${application}\r\nAppData: ${data}\r\n\r\n`,
        );
      }
    },
  } as AmiPort;
}

describe('ring groups in the dialplan of FreePBX', () => {
  it('are its numbers, with those who ring', async () => {
    const groups = await ringGroupsOf(
      portOf([
        ['600', 'Macro', 'user-callerid,'],
        ['600', 'Set', 'RingGroupMethod=ringall'],
        ['600', 'Macro', 'dial,20,$' + '{DIAL_OPTIONS},101-102-0171234567#'],
        ['601', 'Gosub', 'macro-dial,s,1(20,$' + '{DIAL_OPTIONS},103-104)'],
        ['602', 'Goto', 'app-blackhole,hangup,1'],
        ['nodest', 'NoOp', 'x'],
      ]),
    );
    expect(groups).toEqual([
      { number: '600', name: '', members: ['101', '102'] },
      { number: '601', name: '', members: ['103', '104'] },
      { number: '602', name: '', members: null },
    ]);
  });

  it('are none without the context or the class', async () => {
    expect(await ringGroupsOf(portOf(new AmiRefusedError('ShowDialPlan', 'Did not find context ext-group')))).toEqual(
      [],
    );
    expect(await ringGroupsOf(portOf(new AmiRefusedError('ShowDialPlan', 'Permission denied')))).toEqual([]);
  });

  it('are read when the link is up and with each repair, one at a time, and never of a former PBX', async () => {
    const told: PbxEvent[] = [];
    let port = portOf([['600', 'Macro', 'dial,20,tr,101']]);
    const log = { warn: () => expect.fail('nothing went wrong') };
    const reader = new RingGroups({ ami: () => port, emit: (event) => told.push(event), now: () => 5, log });
    reader.observe({ type: 'link', at: 1, link: 'syncing' });
    reader.observe({ type: 'link', at: 1, link: 'up' });
    reader.observe({ type: 'list.extensions', at: 1, repair: true, extensions: [] });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(told).toMatchObject([{ type: 'list.ringGroups', groups: [{ number: '600', members: ['101'] }] }]);
    const late = reader.read();
    port = portOf([]);
    await late;
    expect(told).toHaveLength(1);
  });
});
