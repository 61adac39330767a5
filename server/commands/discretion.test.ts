import { describe, expect, it } from 'vitest';
import { type ButtonPatch, nothingSet } from '../protocol/buttons';
import { nobodyElse } from '../protocol/groups';
import { actorWith, TestOffice } from './calls/testing';
import { modelPortOf } from './model-port';
import { seesNumbers } from './reach';
import { seenBy } from './sight';

function office(number: string, set: ButtonPatch): TestOffice {
  const made = new TestOffice();
  const own = { ...nothingSet, ...set };
  made.model.reduce({
    type: 'configured',
    at: made.now,
    rows: [{ kind: 'extension', key: number, own, added: false }],
  });
  return made;
}

const boss = actorWith(['spy', 'record', 'recordself', 'dial', 'queuemanager', 'callernumbers'], '105');

describe('privacy that an administrator gave an extension', () => {
  it.each(['monitor', 'all'] as const)('%s: nobody listens to it or records it', async (privacy) => {
    const made = office('102', { privacy });
    for (const uniqueid of [made.called.id, made.caller.id]) {
      const listen = { uniqueid, extension: '105', mode: 'listen' };
      const message = 'Calls of extension 102 are not listened to.';
      expect(await made.run('call.listen', listen, boss)).toMatchObject({ error: 'forbidden', message });
      expect(await made.run('call.record', { uniqueid, on: true }, boss)).toMatchObject({ error: 'forbidden' });
    }
    expect(made.ami.changes).toEqual([]);
  });

  it('monitor: nor do those who do not see the extension, but whom it speaks with', async () => {
    const made = office('102', { privacy: 'monitor' });
    const blind = { ...boss, sees: { ...nobodyElse, extensions: ['101'] } };
    const listen = { uniqueid: made.caller.id, extension: '105', mode: 'listen' };
    expect(await made.run('call.listen', listen, blind)).toMatchObject({ error: 'forbidden' });
    expect(await made.run('call.record', { uniqueid: made.caller.id, on: true }, blind)).toMatchObject({
      error: 'forbidden',
    });
    expect(made.ami.changes).toEqual([]);
  });

  it('monitor: its own calls it records itself', async () => {
    const made = office('102', { privacy: 'monitor' });
    const own = { ...boss, extension: '102' };
    expect(await made.run('call.record', { uniqueid: made.called.id, on: true }, own)).toMatchObject({ ok: true });
  });

  it.each(['none', 'clid', null] as const)('%s: it can be heard', async (privacy) => {
    const made = office('102', { privacy });
    const listen = { uniqueid: made.called.id, extension: '105', mode: 'listen' };
    expect(await made.run('call.listen', listen, boss)).toMatchObject({ ok: true });
  });

  it.each(['clid', 'all'] as const)('%s: numbers of its calls are its own alone', (privacy) => {
    const port = modelPortOf(office('102', { privacy }).model);
    const involved = { extensions: ['102'], queues: [] };
    expect(seesNumbers(boss, involved, port)).toBe(false);
    const blind = { ...boss, sees: { ...nobodyElse, extensions: ['101'] } };
    expect(seesNumbers(blind, involved, seenBy(blind, port))).toBe(false);
    expect(seesNumbers({ ...boss, extension: '102' }, involved, port)).toBe(true);
    expect(seesNumbers({ ...boss, kind: 'token' }, involved, port)).toBe(true);
    expect(seesNumbers(boss, { extensions: ['103'], queues: [] }, port)).toBe(true);
  });
});

describe('what an administrator set for a phone', () => {
  it('is the header by which one’s own phone answers at once, on the wire', async () => {
    const made = office('105', { autoAnswer: 'Alert-Info: <http://x>;info=ring-answer' });
    await made.run('call.dial', { extension: '105', to: '101' }, boss);
    const lines = made.ami.changes.at(-1)?.split('\r\n') ?? [];
    expect(lines.filter((line) => /HEADER/.test(line))).toEqual([
      'Variable: PJSIP_HEADER(add,Alert-Info)=<http://x>;info=ring-answer',
    ]);
  });

  it('is how it is added to a queue, on the wire', async () => {
    const queueChannel = 'Local/105@from-queue/n|Penalty=3|MemberName=Anna Berg|StateInterface=PJSIP/105';
    const made = office('105', { queueChannel });
    expect(await made.run('queue.add', { queue: 'sales', extension: '105' }, boss)).toMatchObject({ ok: true });
    expect(made.ami.changes).toEqual([
      [
        ...['Action: QueueAdd', 'Queue: sales', 'Interface: Local/105@from-queue/n', 'StateInterface: PJSIP/105'],
        ...['MemberName: Anna Berg', 'Penalty: 3', '', ''],
      ].join('\r\n'),
    ]);
  });

  it('counts less than the penalty that is asked for', async () => {
    const made = office('105', { queueChannel: 'PJSIP/105|Penalty=3' });
    await made.run('queue.add', { queue: 'sales', extension: '105', penalty: 7 }, boss);
    expect(made.ami.changes[0]).toContain('Penalty: 7\r\n');
    expect(made.ami.changes[0]).not.toContain('Penalty: 3');
  });
});

describe('a ring group', () => {
  it('has no phone to be rung', async () => {
    const made = new TestOffice();
    const groups = [{ number: '600', name: 'Team', members: ['101'] }];
    made.model.reduce({ type: 'list.ringGroups', at: made.now, repair: false, groups });
    expect(await made.run('call.dial', { extension: '600', to: '101' }, boss)).toMatchObject({
      message: '600 is a ring group: it has no phone of its own.',
    });
    expect(await made.run('call.dial', { extension: '105', to: '600' }, boss)).toMatchObject({ ok: true });
  });
});
