import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AmiLinkLostError, AmiNotConnectedError, AmiRefusedError } from '../ami/errors';
import { AstDbFeatures } from './astdb';
import { FakeAstDb } from './astdb-fakes';
import { backendLaws } from './testing';
import { nothingSet } from './values';

const person = (number = '101') => ({ number, devices: [`PJSIP/${number}`], presentity: null });

function setup() {
  const pbx = new FakeAstDb();
  const backend = new AstDbFeatures({ ami: () => pbx });
  const write = (slot: string, held: string, number?: string) =>
    backend.write({ person: person(number), slot, held, values: nothingSet, note: null });
  return { pbx, backend, write };
}

describe('AstDbFeatures', () => {
  it('keeps the laws of backend.ts, whatever stands in AstDB', () => {
    backendLaws(setup().backend, (slot) =>
      slot === 'dnd' ? fc.constantFrom('', 'YES') : fc.string({ maxLength: 20 }),
    );
  });

  it('sets AstDB first, then the lamps of the extension and its devices', async () => {
    const { pbx, write } = setup();
    pbx.rows.set('AMPUSER/101/device', '101&99101&101');
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
    pbx.rows.set('AMPUSER/101/device', '101');
    pbx.rows.set('DND/101', 'YES');
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
    expect([...pbx.rows]).toEqual([
      ['CF/101', '102'],
      ['CFB/101', '103'],
      ['CFU/101', '104'],
    ]);
    expect([...pbx.lamps]).toEqual([['Custom:CF101', 'BUSY']]);
  });

  it('leaves out devices that are no device names', async () => {
    const { pbx, write } = setup();
    pbx.rows.set('AMPUSER/101/device', '101&&x)=1&a,b&\r\nAction: Logoff&7');
    await write('dnd', 'YES');
    expect([...pbx.lamps.keys()].slice(1)).toEqual(['Custom:DEVDND101', 'Custom:DEVDND7']);
  });

  it('names the class that is wanting, and touches no lamp', async () => {
    const { pbx, write } = setup();
    pbx.without('system');
    expect(await write('dnd', 'YES')).toMatchObject({ kind: 'refused', message: expect.stringContaining('"system"') });
    expect(pbx.lamps.size).toBe(0);
  });

  it('lights the lamps after the dialplan has written AstDB, and says that it is not in full', async () => {
    const { pbx, backend, write } = setup();
    pbx.without('system').dialplan = (path, value) => pbx.set(path, value);
    expect(backend.problem()).toBeNull();
    expect(await write('dnd', 'YES')).toEqual({ kind: 'done' });
    expect(pbx.rows.get('DND/101')).toBe('YES');
    expect(pbx.lamps.get('Custom:DND101')).toBe('BUSY');
    expect(backend.problem()).toContain('docs/astdb.md');
  });

  it('is done with a warning when the lamps are refused, or the link dies after AstDB has it: AstDB decides', async () => {
    for (const failure of [
      new AmiRefusedError('Setvar', 'Permission denied'),
      new AmiLinkLostError('Setvar', 'lost'),
    ]) {
      const { pbx, write } = setup();
      pbx.failures.set('Setvar', failure);
      expect(await write('dnd', 'YES')).toMatchObject({ kind: 'done', warning: expect.stringContaining('Lamps') });
      expect(pbx.rows.get('DND/101')).toBe('YES');
    }
  });

  it('is done with a warning when there is no link any more after AstDB has it', async () => {
    const pbx = new FakeAstDb();
    const backend = new AstDbFeatures({ ami: () => (pbx.rows.has('DND/101') ? null : pbx) });
    const outcome = await backend.write({ person: person(), slot: 'dnd', held: 'YES', values: nothingSet, note: null });
    expect(outcome).toMatchObject({ kind: 'done', warning: expect.stringContaining('not connected') });
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
    expect(pbx.rows.size).toBe(0);
  });

  it('reads what a slot holds; any text in DND means on', async () => {
    const { pbx, backend } = setup();
    pbx.rows.set('DND/101', '1');
    pbx.rows.set('CF/101', '102');
    expect(await backend.read(person(), 'dnd')).toBe('YES');
    expect(await backend.read(person(), 'always')).toBe('102');
    expect(await backend.read(person(), 'busy')).toBe('');
    pbx.failures.set('DBGet', new AmiRefusedError('DBGet', 'Permission denied'));
    expect(await backend.read(person(), 'dnd')).toBeNull();
  });

  for (const number of ['', '101\r\nAction: Logoff', '101)', '../CF/101', '1 0', '1'.repeat(41), '101\n']) {
    it(`keeps and writes nothing for ${JSON.stringify(number)}, which is no extension number`, async () => {
      const { pbx, backend, write } = setup();
      expect(backend.slots(person(number))).toEqual([]);
      expect(await write('dnd', 'YES', number)).toMatchObject({ kind: 'refused' });
      if (number !== '') expect(await write('always', number)).toMatchObject({ kind: 'refused' });
      expect(pbx.heard).toEqual([]);
    });
  }
});
