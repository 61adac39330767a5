import { describe, expect, it } from 'vitest';
import { messageOf } from '../../ami/testing';
import { nobodyElse } from '../../protocol/groups';
import { defaultNumberRules, type NumberRules } from '../../protocol/number-rules';
import { rolePermissions } from '../../protocol/permissions';
import type { Actor } from '../actor';
import { actorWith, anna, bert, TestOffice } from './testing';
import { consulting } from './testing-transfers';

const operator101 = actorWith(rolePermissions.supervisor, '101');

describe('the leg that moves', () => {
  for (const [name, rest] of [
    ['call.transfer', { to: '105', mode: 'blind' }],
    ['call.park', {}],
  ] as const) {
    it(`${name}: never the operator's own while the other party is there; names the one that was meant`, async () => {
      const office = new TestOffice();
      const result = await office.run(name, { uniqueid: office.caller.id, ...rest }, operator101);
      expect(result).toEqual({
        ok: false,
        error: 'conflict',
        field: 'uniqueid',
        message: `This is your own leg of the call; the other one is that of extension 102 (${office.called.id}).`,
      });
      expect(office.ami.sent).toEqual([]);
      expect(await office.run(name, { uniqueid: office.called.id, ...rest }, operator101)).toMatchObject({ ok: true });
    });

    it(`${name}: not a phone that rings, nor somebody in a conference`, async () => {
      const office = new TestOffice();
      for (const [line, words] of [
        [office.ringing, 'extension 104 still rings; name the leg of its caller'],
        [office.guest, 'PJSIP/carrier is in a conference'],
      ] as const) {
        expect(await office.run(name, { uniqueid: line.id, ...rest })).toMatchObject({
          error: 'conflict',
          message: expect.stringContaining(words),
        });
      }
      expect(office.ami.sent).toEqual([]);
    });

    it(`${name}: a call that is over is a normal answer`, async () => {
      const office = new TestOffice();
      office.ami.refusals.set(name === 'call.park' ? 'Park' : 'Redirect', 'Channel does not exist: 1.1');
      expect(await office.run(name, { uniqueid: office.caller.id, ...rest })).toEqual({
        ok: false,
        error: 'conflict',
        message: 'The call is already over (Channel does not exist: 1.1).',
      });
      office.exchange.hangUp(office.caller);
      office.tell();
      expect(await office.run(name, { uniqueid: office.caller.id, ...rest })).toMatchObject({ error: 'notFound' });
      expect(office.faults).toEqual([]);
    });
  }

  it('call.park: only who is connected', async () => {
    const office = new TestOffice();
    for (const line of [office.dialling, office.waiting, office.parked]) {
      expect(await office.run('call.park', { uniqueid: line.id })).toMatchObject({ error: 'conflict' });
    }
  });

  it('call.transfer: a caller who rings, waits or is parked may be sent on', async () => {
    const office = new TestOffice();
    for (const line of [office.dialling, office.waiting, office.parked]) {
      const params = { uniqueid: line.id, to: '105', mode: 'blind' };
      expect(await office.run('call.transfer', params)).toMatchObject({ ok: true });
    }
  });

  it('is in the context of the operator, whose rules of the dialplan hold', async () => {
    const office = new TestOffice();
    const extension = { number: '101', devices: ['PJSIP/101'], context: 'sales' };
    office.model.reduce({ type: 'extension', at: office.now, extension });
    await office.run('call.transfer', { uniqueid: office.called.id, to: '105', mode: 'blind' }, operator101);
    expect(office.ami.changes.at(-1)).toContain('Channel: Local/105@sales/n\r\n');
    await office.run('call.transfer', { uniqueid: office.waiting.id, to: '105', mode: 'blind' }, operator101);
    expect(office.ami.changes.at(-1)).toContain('Context: sales\r\n');
  });
});

describe('numbers', () => {
  const toll = {
    ...defaultNumberRules,
    patterns: [...defaultNumberRules.patterns, { pattern: '_0ZX.', class: 'national' as const }],
  };

  it.each([
    ['call.dial', (to: string) => ({ extension: '105', to }), 'to'],
    ['conference.invite', (extension: string) => ({ conference: '800', extension }), 'extension'],
  ])('%s: outside only where the administrator allows it, emergency always', async (name, params, field) => {
    const office = new TestOffice();
    office.rules = toll;
    for (const number of ['0301234', '+44123', '0044123', '77']) {
      expect(await office.run(name, params(number))).toMatchObject({ ok: false, error: 'invalid', field });
    }
    expect(office.ami.sent).toEqual([]);
    expect(await office.run(name, params('112'))).toMatchObject({ ok: true });
    office.rules = { ...toll, dialTo: ['internal', 'national'] };
    expect(await office.run(name, params('0301234'))).toMatchObject({ ok: true });
    expect(await office.run(name, params('+44123'))).toMatchObject({ ok: false, error: 'invalid', field });
  });

  it('call.transfer: the same rules', async () => {
    const office = new TestOffice();
    office.rules = toll;
    const transfer = { uniqueid: office.caller.id, to: '0301234', mode: 'external' };
    expect(await office.run('call.transfer', transfer)).toMatchObject({ error: 'invalid', field: 'to' });
    office.rules = { ...toll, dialTo: ['national'] };
    expect(await office.run('call.transfer', transfer)).toMatchObject({ ok: true });
  });

  it.each([
    ['call.dial', () => ({ extension: '105', to: '102' }), '102'],
    ['call.pickup', ({ ringing }: TestOffice) => ({ uniqueid: ringing.id, extension: '105' }), '105'],
    ['call.transfer', ({ caller }: TestOffice) => ({ uniqueid: caller.id, to: '105', mode: 'blind' }), '105'],
  ] as const)('%s: nobody is sent where the dialplan has nothing', async (name, params, exten) => {
    const office = new TestOffice();
    office.ami.nowhere.add(exten);
    expect(await office.run(name, params(office))).toMatchObject({
      error: 'conflict',
      message: `The PBX has nothing at ${exten} in from-internal; nothing was changed.`,
    });
    expect(office.ami.changes).toEqual([]);
  });

  it('call.transfer to a mailbox: of an extension that has one, by the way the dialplan has', async () => {
    const office = new TestOffice();
    const transfer = { uniqueid: office.caller.id, to: '105', mode: 'voicemail' };
    await office.run('call.transfer', transfer);
    expect(office.ami.changes[0]).toContain('Context: ext-local\r\nExten: vmu105\r\n');
    office.ami.nowhere.add('vmu105');
    expect(await office.run('call.transfer', transfer)).toMatchObject({ error: 'conflict' });
    expect(await office.run('call.transfer', { ...transfer, to: '999' })).toMatchObject({
      error: 'notFound',
      field: 'to',
    });
    expect(office.ami.changes).toHaveLength(1);
  });
});

describe('two operators', () => {
  const takes = [
    ['call.pickup', (office: TestOffice) => ({ uniqueid: office.ringing.id, extension: '105' })],
    ['queue.take', (office: TestOffice) => ({ uniqueid: office.waiting.id, extension: '105' })],
    ['call.retrieve', () => ({ lot: 'default', space: '701', extension: '105' })],
  ] as const;

  for (const [name, params] of takes) {
    it(`${name}: never the same call; the second is told who did, for ten seconds`, async () => {
      const office = new TestOffice();
      const give = (actor: typeof anna) => office.run(name, params(office), actor);
      const results = await Promise.all([give(anna), give(bert)]);
      expect(results[0]).toMatchObject({ ok: true });
      expect(results[1]).toEqual({ ok: false, error: 'conflict', message: 'anna is taking this call.' });
      expect(office.ami.changes).toHaveLength(1);
      office.now += 9_999;
      expect(await give(bert)).toMatchObject({ ok: false });
      office.now += 1;
      expect(await give(bert)).toMatchObject({ ok: true });
    });

    it(`${name}: what the PBX refused to one is free for the other`, async () => {
      const office = new TestOffice();
      const action = name === 'call.retrieve' ? 'Originate' : 'Redirect';
      office.ami.refusals.set(action, 'Permission denied');
      expect(await office.run(name, params(office), anna)).toMatchObject({
        message: 'The PBX refused: Permission denied',
      });
      office.ami.refusals.clear();
      expect(await office.run(name, params(office), bert)).toMatchObject({ ok: true });
    });
  }

  it('call.pickup: by the leg that rings and by that of its caller is the same call', async () => {
    const office = new TestOffice();
    await office.run('call.pickup', { uniqueid: office.dialling.id, extension: '105' }, anna);
    expect(await office.run('call.pickup', { uniqueid: office.ringing.id, extension: '101' }, bert)).toMatchObject({
      message: 'anna is taking this call.',
    });
  });
});

describe('call.pickup', () => {
  it.each([
    ['caller', '105', 'does not ring'],
    ['guest', '105', 'does not ring'],
    ['dialling', '103', 'is the caller'],
    ['ringing', '104', 'rings at extension 104 already'],
    ['ringing', '999', 'no extension 999'],
  ] as const)('of %s by %s is refused: %s', async (line, extension, words) => {
    const office = new TestOffice();
    const result = await office.run('call.pickup', { uniqueid: office[line].id, extension });
    expect(result).toMatchObject({ ok: false, message: expect.stringContaining(words) });
    expect(office.ami.sent).toEqual([]);
  });

  it('takes a waiting caller who rings at an agent', async () => {
    const office = new TestOffice();
    const [agent] = office.exchange.rings(office.waiting, 'PJSIP/104');
    office.tell();
    expect(await office.run('call.pickup', { uniqueid: agent?.id, extension: '105' })).toMatchObject({ ok: true });
    expect(office.ami.changes[0]).toContain(`Channel: ${office.waiting.id}\r\n`);
  });

  it('leaves a call to the outside alone, and a phone that only the panel rings', async () => {
    const office = new TestOffice();
    const out = office.exchange.dials('PJSIP/105', '0301234');
    const [trunk] = office.exchange.rings(out, 'PJSIP/carrier');
    const dialled = office.exchange.channel('PJSIP/105', 'ringing', '102');
    office.tell();
    for (const line of [out, trunk, dialled]) {
      const result = await office.run('call.pickup', { uniqueid: line?.id, extension: '101' });
      expect(result).toMatchObject({ ok: false, error: 'conflict' });
    }
    expect(office.ami.sent).toEqual([]);
  });
});

describe('a phone that cannot ring', () => {
  it.each([
    ['call.dial', () => ({ extension: '105', to: '102' })],
    ['call.listen', (office: TestOffice) => ({ uniqueid: office.called.id, extension: '105', mode: 'listen' })],
    ['queue.take', (office: TestOffice) => ({ uniqueid: office.waiting.id, extension: '105' })],
    ['conference.invite', () => ({ conference: '800', extension: '105' })],
  ] as const)('%s says so', async (name, params) => {
    const office = new TestOffice();
    office.model.reduce({ type: 'device', at: office.now, device: 'PJSIP/105', state: 'UNAVAILABLE' });
    expect(await office.run(name, params(office))).toMatchObject({
      error: 'conflict',
      message: 'The phone of extension 105 is not connected.',
    });
    expect(office.ami.sent).toEqual([]);
  });
});

describe('call.hangup, call.listen, call.dtmf', () => {
  it('hang up whatever a leg is doing, and one of one’s own with hangupself', async () => {
    const office = new TestOffice();
    for (const line of [office.ringing, office.waiting, office.parked, office.guest]) {
      expect(await office.run('call.hangup', { uniqueid: line.id })).toMatchObject({ ok: true });
    }
    const self = actorWith(['hangupself'], '102');
    expect(await office.run('call.hangup', { uniqueid: office.caller.id }, self)).toMatchObject({ ok: true });
    expect(await office.run('call.hangup', { uniqueid: '1.1' }, self)).toMatchObject({ error: 'notFound' });
    expect(await office.run('call.hangup', { uniqueid: '1.1' })).toMatchObject({ error: 'notFound' });
  });

  it('nobody listens to oneself, nor to a call that is not answered', async () => {
    const office = new TestOffice();
    const listen = { uniqueid: office.called.id, mode: 'listen' };
    for (const extension of ['101', '102']) {
      expect(await office.run('call.listen', { ...listen, extension })).toMatchObject({
        message: `Extension ${extension} takes part in this call.`,
      });
    }
    const early = { uniqueid: office.ringing.id, extension: '105', mode: 'barge' };
    expect(await office.run('call.listen', early)).toMatchObject({ error: 'conflict' });
    expect(office.ami.sent).toEqual([]);
  });

  it('digits are sent one by one with silence between, and only their number is written down', async () => {
    const office = new TestOffice();
    await office.run('call.dtmf', { uniqueid: office.called.id, digits: '1*#' });
    expect(office.ami.sent.map((bytes) => /Digit: (.)/.exec(bytes)?.[1])).toEqual(['1', '*', '#']);
    expect(office.pauses).toEqual([80, 80]);
    expect(office.audit[0]?.result).toBe('ok: 3 digits to extension 102');
  });

  it('digits of several commands keep their order, and more than the PBX takes in a while are refused', async () => {
    const office = new TestOffice();
    const press = (digits: string) => office.run('call.dtmf', { uniqueid: office.called.id, digits });
    const answers = await Promise.all([press('12'), press('34'), press('5'.repeat(20)), press('6'.repeat(20))]);
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, false]);
    expect(answers[3]).toMatchObject({ error: 'rateLimited' });
    const played = office.ami.sent.map((bytes) => /Digit: (.)/.exec(bytes)?.[1]).join('');
    expect(played).toBe(`1234${'5'.repeat(20)}`);
    expect(await press('7')).toEqual({ ok: true });
  });
});

describe('call.record', () => {
  it('begins once, and ends only its own', async () => {
    const office = new TestOffice();
    const record = (on: boolean) => office.run('call.record', { uniqueid: office.called.id, on });
    expect(await record(false)).toMatchObject({ message: 'The panel does not record this call.' });
    expect(await record(true)).toMatchObject({
      ok: true,
      file: expect.stringMatching(/^cordboard-20270115-080000-.*\.wav$/),
    });
    office.ami.variables.set('CORDBOARD_RECORDING', '0x7f01');
    expect(await record(true)).toMatchObject({ message: 'The panel records this call already.' });
    expect(await record(false)).toEqual({ ok: true });
    const stopped = office.ami.changes.at(-2);
    expect(stopped).toBe(`Action: StopMixMonitor\r\nChannel: ${office.called.id}\r\nMixMonitorID: 0x7f01\r\n\r\n`);
    expect(office.ami.changes.at(-1)).toContain('Variable: CORDBOARD_RECORDING\r\nValue: \r\n');
  });

  it('tells the name of its file, which may hold numbers, where those may be known', async () => {
    const reach = { ...nobodyElse, groups: ['Sales'] };
    const answers = async (actor: Actor) => {
      const office = new TestOffice();
      office.recording = { template: '{from}', format: 'wav' };
      return office.run('call.record', { uniqueid: office.caller.id, on: true }, actor);
    };
    const limitedTo = (extension: string): Actor => ({
      ...anna,
      limits: { callernumbers: { ...reach, extensions: [extension] } },
    });
    expect(await answers(limitedTo('105'))).toEqual({ ok: true });
    expect(await answers(limitedTo('102'))).toEqual({ ok: true, file: '101.wav' });
    expect(await answers(actorWith(['record']))).toEqual({ ok: true });
    expect(await answers(actorWith(['record'], '101'))).toEqual({ ok: true, file: '101.wav' });
  });
});

describe('queues', () => {
  it('know who is in and who is not', async () => {
    const office = new TestOffice();
    const of = (extension: string, queue = 'sales') => ({ queue, extension });
    expect(await office.run('queue.add', of('104'))).toMatchObject({
      message: 'Extension 104 is in queue sales already.',
    });
    expect(await office.run('queue.remove', of('105'))).toMatchObject({
      message: 'Extension 105 is not in queue sales.',
    });
    expect(await office.run('queue.add', of('105', 'none'))).toMatchObject({ error: 'notFound', field: 'queue' });
    expect(await office.run('queue.add', of('999'))).toMatchObject({ error: 'notFound', field: 'extension' });
    expect(office.ami.sent).toEqual([]);
  });

  it('take a person as in another queue, else as the others of this one', async () => {
    const office = new TestOffice();
    office.member('103', 'Local/103@from-queue/n');
    await office.run('queue.add', { queue: 'sales', extension: '105' });
    expect(office.ami.sent[0]).toContain('Interface: Local/105@from-queue/n\r\nStateInterface: PJSIP/105\r\n');
    const queue = { strategy: '', completed: 0, abandoned: 0, serviceLevel: 0, serviceLevelPerf: 0 };
    office.model.reduce({ type: 'queue', at: office.now, queue: { name: 'support', ...queue } });
    await office.run('queue.add', { queue: 'support', extension: '103' });
    expect(office.ami.sent[1]).toContain('Interface: Local/103@from-queue/n\r\nStateInterface: PJSIP/103\r\n');
    await office.run('queue.add', { queue: 'support', extension: '104' });
    expect(office.ami.sent[2]).toContain('Interface: PJSIP/104\r\n');
  });

  it('answer in Asterisk’s words', async () => {
    const office = new TestOffice();
    office.ami.refusals.set('QueueRemove', 'Member not dynamic');
    const result = await office.run('queue.remove', { queue: 'sales', extension: '104' });
    expect(result).toMatchObject({ error: 'conflict', message: 'The PBX refused: Member not dynamic' });
  });

  it('queue.take: only who waits', async () => {
    const office = new TestOffice();
    for (const line of [office.caller, office.parked, office.ringing]) {
      const result = await office.run('queue.take', { uniqueid: line.id, extension: '105' });
      expect(result).toMatchObject({ error: 'conflict', message: expect.stringContaining('waits in no queue') });
    }
  });
});

it('a refusal names a line without the number that is called on it', async () => {
  const office = new TestOffice();
  const line = office.exchange.channel('DAHDI/i1/0301234', 'up', '500');
  office.tell();
  const result = await office.run('call.transfer', { uniqueid: line.id, to: '105', mode: 'attended' });
  expect(result).toMatchObject({ message: 'The leg of DAHDI/i1 talks to nobody.' });
});

it('a call that one operator transfers is parked by no other, who is told whose it is', async () => {
  for (const state of ['ringing', 'talking', 'swapped'] as const) {
    const office = new TestOffice();
    consulting(office, state);
    const { id } = office.caller;
    expect(await office.run('call.park', { uniqueid: id }, bert)).toMatchObject({
      error: 'conflict',
      message: 'anna is transferring this call.',
    });
    expect(await office.run('call.park', { uniqueid: id })).toMatchObject({ ok: true });
  }
});

describe('conferences', () => {
  it('are not made at an extension that leads on to somewhere, unless the rules allow to dial it', async () => {
    const create = async (dialTo: NumberRules['dialTo']) => {
      const office = new TestOffice();
      office.rules = { ...office.rules, dialTo };
      office.ami.list = async function* () {
        yield messageOf('Event: ListDialplan\r\nExtension: 5551\r\nPriority: 1\r\nApplication: Macro\r\n\r\n');
      };
      return office.run('conference.create', { conference: '5551', uniqueids: [office.caller.id] });
    };
    expect(await create(['internal'])).toMatchObject({ error: 'conflict', field: 'conference' });
    expect(await create(['internal', 'other'])).toMatchObject({ ok: true });
  });

  it('one that cannot be made leaves the consultation as it was, and who waits in it looked after', async () => {
    const office = new TestOffice();
    consulting(office, 'talking');
    office.ami.refusals.set('Redirect', 'Channel does not exist');
    const { id } = office.caller;
    const create = () => office.run('conference.create', { conference: '800', uniqueids: [id] });
    expect(await create()).toMatchObject({ error: 'conflict' });
    expect(office.transfers.of(id)?.record.state).toBe('talking');
    office.ami.refusals.clear();
    expect(await create()).toMatchObject({ ok: true });
    expect(office.transfers.of(id)).toBeUndefined();
  });

  it('show a lock at once, which the PBX tells nobody', async () => {
    const office = new TestOffice();
    const lock = (on: boolean) => office.run('conference.lock', { conference: '800', on });
    await lock(true);
    expect(office.model.maps.conferences.get('800')?.locked).toBe(true);
    expect(await office.run('conference.invite', { conference: '800', extension: '105' })).toMatchObject({
      message: 'Conference 800 is locked.',
    });
    await lock(false);
    expect(office.model.maps.conferences.get('800')?.locked).toBe(false);
  });

  it('do not change what the PBX refused', async () => {
    const office = new TestOffice();
    office.ami.refusals.set('ConfbridgeLock', 'No active conferences.');
    expect(await office.run('conference.lock', { conference: '800', on: true })).toMatchObject({ error: 'conflict' });
    expect(office.model.maps.conferences.get('800')?.locked).toBe(false);
  });

  it('touch only who is in them', async () => {
    const office = new TestOffice();
    const kick = (uniqueid: string, conference = '800') => office.run('conference.kick', { conference, uniqueid });
    expect(await kick(office.caller.id)).toMatchObject({ error: 'notFound', field: 'uniqueid' });
    expect(await kick(office.guest.id, '801')).toMatchObject({ error: 'notFound', field: 'conference' });
    expect(office.ami.sent).toEqual([]);
  });

  it('call somebody outside through the dialplan of the operator', async () => {
    const office = new TestOffice();
    await office.run('conference.invite', { conference: '800', extension: '112' });
    expect(office.ami.changes[0]).toMatch(
      /^Action: Originate\r\nChannel: Local\/112@from-internal\r\nApplication: ConfBridge\r\nData: 800\r\nAsync: true\r\nChannelId: cordboard-\d+\.(\d+)\r\nOtherChannelId: cordboard-\d+\.(?!\1)\d+\r\n/,
    );
  });
});
