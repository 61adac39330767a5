import { describe, expect, it } from 'vitest';
import * as actions from './actions';
import { AmiFieldError, AmiRefusedError } from './errors';
import { messageOf } from './testing';
import type { AmiFields, AmiMessage, AmiPort } from './types';

type Answer = (name: string, fields: AmiFields) => string | Error;

/** A port that answers from a script and keeps what it was asked. */
function port(answer: Answer): AmiPort & { readonly asked: [string, AmiFields][] } {
  const asked: [string, AmiFields][] = [];
  const reply = (name: string, fields: AmiFields = {}): string => {
    asked.push([name, fields]);
    const text = answer(name, fields);
    if (text instanceof Error) throw text;
    return text;
  };
  return {
    asked,
    status: { state: 'ready', since: 0, failure: null, amiVersion: null },
    action: async (name, fields): Promise<AmiMessage> => messageOf(`Response: Success\r\n${reply(name, fields)}\r\n`),
    async *list(name, fields) {
      const items = reply(name, fields);
      for (const item of items === '' ? [] : items.split('|')) yield messageOf(`${item}ActionID: x\r\n\r\n`);
    },
  };
}

const refused = (reason: string): Error => new AmiRefusedError('X', reason);

describe('AstDB', () => {
  it('reads a value, an empty one, and none', async () => {
    const value = port(
      () => 'Event: DBGetResponse\r\nFamily: DND\r\nKey: 101\r\nVal: YES\r\n|Event: DBGetComplete\r\n',
    );
    expect(await actions.dbGet(value, 'DND', '101')).toBe('YES');
    expect(
      await actions.dbGet(
        port(() => 'Event: DBGetResponse\r\nFamily: a\r\nKey: b\r\nVal: \r\n'),
        'a',
        'b',
      ),
    ).toBe('');
    expect(
      await actions.dbGet(
        port(() => refused('Database entry not found')),
        'a',
        'b',
      ),
    ).toBeNull();
    await expect(
      actions.dbGet(
        port(() => refused('Permission denied')),
        'a',
        'b',
      ),
    ).rejects.toSatisfy(actions.isPermissionDenied);
  });

  it('tells a missing entry from a failed deletion', async () => {
    const failed = refused('Database entry could not be deleted');
    expect(
      await actions.dbDel(
        port(() => ''),
        'a',
        'b',
      ),
    ).toBe(true);
    expect(
      await actions.dbDel(
        port((name) => (name === 'DBDel' ? failed : refused('Database entry not found'))),
        'a',
        'b',
      ),
    ).toBe(false);
    const there = 'Event: DBGetResponse\r\nFamily: a\r\nKey: b\r\nVal: 1\r\n';
    await expect(
      actions.dbDel(
        port((name) => (name === 'DBDel' ? failed : there)),
        'a',
        'b',
      ),
    ).rejects.toBe(failed);
  });

  it('reads a tree, and lets the caller know where there is no DBGetTree', async () => {
    const tree = port(
      () =>
        'Event: DBGetTreeResponse\r\nKey: /DND/101\r\nVal: YES\r\n|Event: DBGetTreeResponse\r\nKey: /DND/102\r\nVal: \r\n',
    );
    expect(await actions.dbGetTree(tree, 'DND')).toEqual([
      { path: '/DND/101', key: '101', value: 'YES' },
      { path: '/DND/102', key: '102', value: '' },
    ]);
    const old = port(() =>
      refused('Invalid/unknown command: DBGetTree. Use Action: ListCommands to show available commands.'),
    );
    await expect(actions.dbGetTree(old, 'DND')).rejects.toSatisfy(actions.isUnknownAction);
  });

  it('writes', async () => {
    const fake = port(() => '');
    await actions.dbPut(fake, 'DND', '101', 'YES');
    expect(fake.asked).toEqual([['DBPut', { Family: 'DND', Key: '101', Val: 'YES' }]]);
  });
});

describe('channels', () => {
  it.each(['/.*/', ' /^PJSIP/', '', ' '])(
    'hangup, redirect, Getvar and Setvar refuse the channel %j',
    async (channel) => {
      const fake = port(() => '');
      await expect(actions.hangup(fake, channel)).rejects.toBeInstanceOf(AmiFieldError);
      await expect(actions.redirect(fake, channel, { context: 'c', exten: '1' })).rejects.toBeInstanceOf(AmiFieldError);
      if (channel.trim() !== '')
        await expect(actions.setVar(fake, 'V', '1', channel)).rejects.toBeInstanceOf(AmiFieldError);
      expect(fake.asked).toEqual([]);
    },
  );

  it('names one channel', async () => {
    const fake = port(() => 'Value: INUSE\r\n');
    await actions.hangup(fake, '1700000000.1', 16);
    await actions.redirect(fake, '1700000000.1', { context: 'c', exten: '1' });
    expect(await actions.getVar(fake, 'DEVICE_STATE(PJSIP/101)')).toBe('INUSE');
    await actions.setVar(fake, 'DEVICE_STATE(Custom:DND101)', 'BUSY');
    expect(fake.asked).toEqual([
      ['Hangup', { Channel: '1700000000.1', Cause: 16 }],
      ['Redirect', { Channel: '1700000000.1', Context: 'c', Exten: '1', Priority: 1 }],
      ['Getvar', { Channel: undefined, Variable: 'DEVICE_STATE(PJSIP/101)' }],
      ['Setvar', { Channel: undefined, Variable: 'DEVICE_STATE(Custom:DND101)', Value: 'BUSY' }],
    ]);
    expect(actions.isAlreadyGone(refused('No such channel'))).toBe(true);
    expect(actions.isAlreadyGone(refused('Permission denied'))).toBe(false);
  });

  it('originates asynchronously, with the Uniqueid the caller chose', async () => {
    const fake = port(() => '');
    await actions.originate(fake, {
      channel: 'PJSIP/101',
      target: { context: 'c', exten: '102' },
      uniqueid: 'cb-1',
      variables: ['A=1'],
    });
    await actions.originate(fake, {
      channel: 'PJSIP/101',
      target: { application: 'ChanSpy', data: 'x,q' },
      uniqueid: 'cb-2',
    });
    expect(fake.asked[0]?.[1]).toMatchObject({
      Async: true,
      ChannelId: 'cb-1',
      Context: 'c',
      Exten: '102',
      Priority: 1,
      Variable: ['A=1'],
    });
    expect(fake.asked[1]?.[1]).toMatchObject({ Async: true, ChannelId: 'cb-2', Application: 'ChanSpy', Data: 'x,q' });
  });

  it('lists channels, pings, and tells everybody', async () => {
    const fake = port((name) => (name === 'CoreShowChannels' ? 'Event: CoreShowChannelsX\r\nUniqueid: 1\r\n' : ''));
    const seen: (string | undefined)[] = [];
    for await (const item of actions.coreShowChannels(fake)) seen.push(item.get('Uniqueid'));
    await actions.ping(fake);
    await actions.userEvent(fake, 'FOP2ASTDB', { Family: 'fop2state', Value: '' });
    expect(seen).toEqual(['1']);
    expect(fake.asked.slice(1)).toEqual([
      ['Ping', {}],
      ['UserEvent', { UserEvent: 'FOP2ASTDB', Family: 'fop2state', Value: '' }],
    ]);
  });
});
