import { describe, expect, it } from 'vitest';
import { AmiLinkLostError, AmiNotConnectedError, AmiRefusedError } from '../ami/errors';
import type { AmiFields, AmiMessage, AmiPort } from '../ami/types';
import type { PbxEvent } from '../pbx/events';
import { AstDbDnd } from './astdb';
import { type DndWish, Serial } from './dnd';

function message(headers: Readonly<Record<string, string>>): AmiMessage {
  return {
    name: 'x',
    kind: 'event',
    get: (header) => headers[header],
    all: (header) => (headers[header] === undefined ? [] : [headers[header]]),
    entries: () => Object.entries(headers)[Symbol.iterator](),
  };
}

/** An Asterisk with an AstDB and custom device states, that writes down what it is told. */
class FakePbx implements AmiPort {
  readonly status = { state: 'ready', since: 0, failure: null, amiVersion: '11.0.0' } as const;
  readonly heard: string[] = [];
  readonly astdb = new Map<string, string>();
  readonly lamps = new Map<string, string>();
  /** Thrown instead of doing the action of that name. */
  readonly failures = new Map<string, Error>();
  /** What DBDel of an absent key answers: the words differ by version. */
  absent = 'Database entry not found';

  async action(name: string, fields: AmiFields = {}): Promise<AmiMessage> {
    this.write(name, fields);
    const path = `${fields.Family}/${fields.Key}`;
    if (name === 'DBPut') this.astdb.set(path, String(fields.Val));
    if (name === 'DBDel' && !this.astdb.delete(path)) throw new AmiRefusedError(name, this.absent);
    if (name === 'Setvar') this.lamps.set(String(fields.Variable), String(fields.Value));
    return message({ Response: 'Success' });
  }

  async *list(name: string, fields: AmiFields = {}): AsyncIterable<AmiMessage> {
    this.write(name, fields);
    const value = this.astdb.get(`${fields.Family}/${fields.Key}`);
    if (value === undefined) throw new AmiRefusedError(name, 'Database entry not found');
    yield message({ Val: value });
  }

  private write(name: string, fields: AmiFields): void {
    this.heard.push([name, ...Object.entries(fields).map(([key, value]) => `${key}: ${value}`)].join(' | '));
    const failure = this.failures.get(name);
    if (failure !== undefined) throw failure;
  }
}

function setup() {
  const pbx = new FakePbx();
  const events: PbxEvent[] = [];
  const heardAt: number[] = [];
  const backend = new AstDbDnd({
    now: () => 42,
    emit: (event) => {
      events.push(event);
      heardAt.push(pbx.heard.length);
    },
  });
  const wish = (on: boolean, more: Partial<DndWish> = {}) =>
    backend.set(pbx, { extension: '101', on, by: 'anna', note: null, ...more });
  return { pbx, events, heardAt, backend, wish };
}

describe('AstDbDnd', () => {
  it('sets AstDB first, then tells the model, then the lamps of the extension and its devices', async () => {
    const { pbx, events, heardAt, wish } = setup();
    pbx.astdb.set('AMPUSER/101/device', '101&99101&101');
    expect(await wish(true, { note: 'at lunch' })).toEqual({ kind: 'done', warning: null });
    expect(pbx.heard).toEqual([
      'DBPut | Family: DND | Key: 101 | Val: YES',
      'Setvar | Variable: DEVICE_STATE(Custom:DND101) | Value: BUSY',
      'DBGet | Family: AMPUSER | Key: 101/device',
      'Setvar | Variable: DEVICE_STATE(Custom:DEVDND101) | Value: BUSY',
      'Setvar | Variable: DEVICE_STATE(Custom:DEVDND99101) | Value: BUSY',
    ]);
    expect(events).toEqual([
      { type: 'dnd', at: 42, number: '101', on: true, source: 'panel', by: 'anna', note: 'at lunch' },
    ]);
    expect(heardAt).toEqual([1]);
  });

  it('clears: the key is deleted, the lamps go out, no note is kept', async () => {
    const { pbx, events, wish } = setup();
    pbx.astdb.set('AMPUSER/101/device', '101');
    pbx.astdb.set('DND/101', 'YES');
    expect(await wish(false, { note: 'ignored' })).toEqual({ kind: 'done', warning: null });
    expect(pbx.heard).toEqual([
      'DBDel | Family: DND | Key: 101',
      'Setvar | Variable: DEVICE_STATE(Custom:DND101) | Value: NOT_INUSE',
      'DBGet | Family: AMPUSER | Key: 101/device',
      'Setvar | Variable: DEVICE_STATE(Custom:DEVDND101) | Value: NOT_INUSE',
    ]);
    expect(events[0]).toMatchObject({ on: false, note: null });
  });

  for (const words of ['Database entry not found', 'Database entry could not be deleted']) {
    it(`takes "${words}" for normal when the key was not there`, async () => {
      const { pbx, events, wish } = setup();
      pbx.absent = words;
      expect(await wish(false)).toEqual({ kind: 'done', warning: null });
      expect(events).toHaveLength(1);
    });
  }

  it('is refused when a key that is there cannot be deleted', async () => {
    const { pbx, events, wish } = setup();
    pbx.astdb.set('DND/101', 'YES');
    pbx.failures.set('DBDel', new AmiRefusedError('DBDel', 'Database entry could not be deleted'));
    expect(await wish(false)).toMatchObject({ kind: 'refused' });
    expect(events).toEqual([]);
    expect(pbx.lamps.size).toBe(0);
  });

  it('works on a PBX that knows no AMPUSER: no device has a lamp', async () => {
    const { pbx, wish } = setup();
    expect(await wish(true)).toEqual({ kind: 'done', warning: null });
    expect([...pbx.lamps]).toEqual([['DEVICE_STATE(Custom:DND101)', 'BUSY']]);
  });

  it('leaves out devices that are no device names', async () => {
    const { pbx, wish } = setup();
    pbx.astdb.set('AMPUSER/101/device', '101&&x)=1&a,b&\r\nAction: Logoff&7');
    await wish(true);
    expect([...pbx.lamps.keys()].slice(1)).toEqual(['DEVICE_STATE(Custom:DEVDND101)', 'DEVICE_STATE(Custom:DEVDND7)']);
  });

  for (const [on, action] of [
    [true, 'DBPut'],
    [false, 'DBDel'],
  ] as const) {
    it(`names the class that is wanting when ${action} is refused, and touches no lamp`, async () => {
      const { pbx, events, wish } = setup();
      pbx.astdb.set('DND/101', 'YES');
      pbx.failures.set(action, new AmiRefusedError(action, 'Permission denied'));
      const outcome = await wish(on);
      expect(outcome).toMatchObject({ kind: 'refused', message: expect.stringContaining('"system"') });
      expect(outcome).toMatchObject({ message: expect.stringContaining('Permission denied') });
      expect(pbx.lamps.size).toBe(0);
      expect(events).toEqual([]);
    });
  }

  it('is done with a warning when the lamps are refused: AstDB decides', async () => {
    const { pbx, events, wish } = setup();
    pbx.failures.set('Setvar', new AmiRefusedError('Setvar', 'Permission denied'));
    const outcome = await wish(true);
    expect(outcome).toMatchObject({ kind: 'done', warning: expect.stringContaining('"call"') });
    expect(pbx.astdb.get('DND/101')).toBe('YES');
    expect(events).toHaveLength(1);
  });

  it('is done with a warning when the link dies after AstDB has it', async () => {
    const { pbx, events, wish } = setup();
    pbx.failures.set('Setvar', new AmiLinkLostError('Setvar', 'lost'));
    expect(await wish(true)).toMatchObject({ kind: 'done', warning: expect.stringContaining('stale') });
    expect(events).toHaveLength(1);
  });

  it('throws when the PBX is away, having told nobody anything', async () => {
    const { pbx, events, wish } = setup();
    pbx.failures.set('DBPut', new AmiNotConnectedError('DBPut'));
    await expect(wish(true)).rejects.toBeInstanceOf(AmiNotConnectedError);
    expect(events).toEqual([]);
  });

  for (const extension of ['', '101\r\nAction: Logoff', '101)', '../CF/101', '1 0', '1'.repeat(41), '101\n']) {
    it(`refuses ${JSON.stringify(extension)} before anything is sent`, async () => {
      const { pbx, wish } = setup();
      expect(await wish(true, { extension })).toMatchObject({ kind: 'refused' });
      expect(pbx.heard).toEqual([]);
    });
  }

  it('lets quick clicks on one extension end in the last wish, AstDB and lamps agreeing', async () => {
    const { pbx, events, wish } = setup();
    pbx.astdb.set('AMPUSER/101/device', '101');
    const action = pbx.action.bind(pbx);
    // Setting takes longer than clearing: unordered, the lamp of the first click would be the last.
    pbx.action = async (name, fields) => {
      for (let turn = 0; turn < (fields?.Value === 'BUSY' ? 20 : 1); turn += 1) await Promise.resolve();
      return action(name, fields);
    };
    await Promise.all([wish(true), wish(false), wish(true), wish(false)]);
    expect(pbx.astdb.has('DND/101')).toBe(false);
    expect(new Set(pbx.lamps.values())).toEqual(new Set(['NOT_INUSE']));
    expect(events.map((event) => event.type === 'dnd' && event.on)).toEqual([true, false, true, false]);
  });
});

describe('Serial', () => {
  it('runs different keys side by side, goes on after a failure and forgets what is done', async () => {
    const serial = new Serial();
    const order: string[] = [];
    let release: () => void = () => undefined;
    const first = serial.run('a', () => new Promise<void>((resolve) => (release = resolve)));
    const second = serial.run('a', async () => {
      order.push('a2');
      throw new Error('no');
    });
    const third = serial.run('a', async () => void order.push('a3'));
    await serial.run('b', async () => void order.push('b1'));
    expect(order).toEqual(['b1']);
    release();
    await first;
    await expect(second).rejects.toThrow('no');
    await third;
    expect(order).toEqual(['b1', 'a2', 'a3']);
    await Promise.resolve();
    await Promise.resolve();
    expect(serial.size).toBe(0);
  });
});
