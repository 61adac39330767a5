import { describe, expect, it } from 'vitest';
import { AmiLinkLostError, AmiNotConnectedError, AmiRefusedError } from '../ami/errors';
import type { AmiFields, AmiMessage, AmiPort } from '../ami/types';
import { AstDbFeatures } from './astdb';
import { Serial } from './serial';
import { nothingSet } from './values';

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

const person = (number = '101') => ({ number, devices: [`PJSIP/${number}`], presentity: null });

function setup() {
  const pbx = new FakePbx();
  const backend = new AstDbFeatures({ ami: () => pbx });
  const write = (slot: string, held: string, number?: string) =>
    backend.write({ person: person(number), slot, held, values: nothingSet, note: null });
  return { pbx, backend, write };
}

describe('AstDbFeatures', () => {
  it('sets AstDB first, then the lamps of the extension and its devices', async () => {
    const { pbx, write } = setup();
    pbx.astdb.set('AMPUSER/101/device', '101&99101&101');
    expect(await write('dnd', 'YES')).toEqual({ kind: 'done' });
    expect(pbx.heard).toEqual([
      'DBPut | Family: DND | Key: 101 | Val: YES',
      'Setvar | Variable: DEVICE_STATE(Custom:DND101) | Value: BUSY',
      'DBGet | Family: AMPUSER | Key: 101/device',
      'Setvar | Variable: DEVICE_STATE(Custom:DEVDND101) | Value: BUSY',
      'Setvar | Variable: DEVICE_STATE(Custom:DEVDND99101) | Value: BUSY',
    ]);
  });

  it('clears: the key is deleted, the lamps go out', async () => {
    const { pbx, write } = setup();
    pbx.astdb.set('AMPUSER/101/device', '101');
    pbx.astdb.set('DND/101', 'YES');
    expect(await write('dnd', '')).toEqual({ kind: 'done' });
    expect(pbx.heard).toEqual([
      'DBDel | Family: DND | Key: 101',
      'Setvar | Variable: DEVICE_STATE(Custom:DND101) | Value: NOT_INUSE',
      'DBGet | Family: AMPUSER | Key: 101/device',
      'Setvar | Variable: DEVICE_STATE(Custom:DEVDND101) | Value: NOT_INUSE',
    ]);
  });

  it('forwards: each kind in its family; only "always" has lamps', async () => {
    const { pbx, write } = setup();
    for (const [slot, to] of [
      ['always', '102'],
      ['busy', '103'],
      ['noAnswer', '104'],
    ] as const) {
      expect(await write(slot, to)).toEqual({ kind: 'done' });
    }
    expect([...pbx.astdb]).toEqual([
      ['CF/101', '102'],
      ['CFB/101', '103'],
      ['CFU/101', '104'],
    ]);
    expect([...pbx.lamps]).toEqual([['DEVICE_STATE(Custom:CF101)', 'BUSY']]);
  });

  for (const words of ['Database entry not found', 'Database entry could not be deleted']) {
    it(`takes "${words}" for normal when the key was not there`, async () => {
      const { pbx, write } = setup();
      pbx.absent = words;
      expect(await write('dnd', '')).toEqual({ kind: 'done' });
    });
  }

  it('is refused when a key that is there cannot be deleted', async () => {
    const { pbx, write } = setup();
    pbx.astdb.set('DND/101', 'YES');
    pbx.failures.set('DBDel', new AmiRefusedError('DBDel', 'Database entry could not be deleted'));
    expect(await write('dnd', '')).toMatchObject({ kind: 'refused' });
    expect(pbx.lamps.size).toBe(0);
  });

  it('leaves out devices that are no device names', async () => {
    const { pbx, write } = setup();
    pbx.astdb.set('AMPUSER/101/device', '101&&x)=1&a,b&\r\nAction: Logoff&7');
    await write('dnd', 'YES');
    expect([...pbx.lamps.keys()].slice(1)).toEqual(['DEVICE_STATE(Custom:DEVDND101)', 'DEVICE_STATE(Custom:DEVDND7)']);
  });

  it('names the class that is wanting, and touches no lamp', async () => {
    const { pbx, write } = setup();
    pbx.failures.set('DBPut', new AmiRefusedError('DBPut', 'Permission denied'));
    expect(await write('dnd', 'YES')).toMatchObject({ kind: 'refused', message: expect.stringContaining('"system"') });
    expect(pbx.lamps.size).toBe(0);
  });

  it('is done with a warning when the lamps are refused, or the link dies after AstDB has it: AstDB decides', async () => {
    for (const failure of [
      new AmiRefusedError('Setvar', 'Permission denied'),
      new AmiLinkLostError('Setvar', 'lost'),
    ]) {
      const { pbx, write } = setup();
      pbx.failures.set('Setvar', failure);
      expect(await write('dnd', 'YES')).toMatchObject({ kind: 'done', warning: expect.stringContaining('Lamps') });
      expect(pbx.astdb.get('DND/101')).toBe('YES');
    }
  });

  it('is away when the PBX is', async () => {
    const { pbx, write } = setup();
    pbx.failures.set('DBPut', new AmiNotConnectedError('DBPut'));
    expect(await write('dnd', 'YES')).toMatchObject({ kind: 'away' });
    expect(await new AstDbFeatures({ ami: () => null }).repair(person(), 'dnd', '')).toMatchObject({ kind: 'away' });
  });

  it('repairs the lamps alone', async () => {
    const { pbx, backend } = setup();
    expect(await backend.repair(person(), 'dnd', 'YES')).toEqual({ kind: 'done' });
    expect(pbx.heard[0]).toBe('Setvar | Variable: DEVICE_STATE(Custom:DND101) | Value: BUSY');
    expect(pbx.astdb.size).toBe(0);
  });

  it('reads what a slot holds; any text in DND means on', async () => {
    const { pbx, backend } = setup();
    pbx.astdb.set('DND/101', '1');
    pbx.astdb.set('CF/101', '102');
    expect(await backend.read(person(), 'dnd')).toBe('YES');
    expect(await backend.read(person(), 'always')).toBe('102');
    expect(await backend.read(person(), 'busy')).toBe('');
    pbx.failures.set('DBGet', new AmiRefusedError('DBGet', 'Permission denied'));
    expect(await backend.read(person(), 'dnd')).toBeNull();
  });

  for (const number of ['', '101\r\nAction: Logoff', '101)', '../CF/101', '1 0', '1'.repeat(41), '101\n']) {
    it(`keeps nothing for ${JSON.stringify(number)}, which is no extension number`, () => {
      expect(setup().backend.slots(person(number))).toEqual([]);
    });
  }
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
