import { describe, expect, it } from 'vitest';
import { AmiNotConnectedError, AmiRefusedError } from '../ami/errors';
import { FakeAstDb } from './astdb-fakes';
import { AstDbWriter } from './astdb-writer';

function setup() {
  const pbx = new FakeAstDb();
  const pauses: number[] = [];
  /** What happens while the writer waits. */
  const meanwhile: (() => void)[] = [];
  const pause = async (ms: number) => {
    pauses.push(ms);
    meanwhile.shift()?.();
  };
  const writer = new AstDbWriter({ ami: () => pbx, pause });
  const write = (value: string, family = 'DND') => writer.write({ family, key: '101', value });
  return { pbx, writer, write, pauses, meanwhile };
}

const names = (pbx: FakeAstDb) => pbx.heard.splice(0).map((line) => line.split(' | ')[0]);

describe('AstDbWriter', () => {
  it('uses DBPut and DBDel where it may', async () => {
    const { pbx, writer, write } = setup();
    expect(await write('YES')).toEqual({ kind: 'done' });
    expect(await write('')).toEqual({ kind: 'done' });
    expect(pbx.heard).toEqual(['DBPut | Family: DND | Key: 101 | Val: YES', 'DBDel | Family: DND | Key: 101']);
    expect(writer.problem()).toBeNull();
  });

  for (const words of ['Database entry not found', 'Database entry could not be deleted']) {
    it(`takes "${words}" for normal when the key was not there`, async () => {
      const { pbx, write } = setup();
      pbx.absent = words;
      expect(await write('')).toEqual({ kind: 'done' });
    });
  }

  it('is refused when a key that is there cannot be deleted', async () => {
    const { pbx, write } = setup();
    pbx.rows.set('DND/101', 'YES');
    pbx.failures.set('DBDel', new AmiRefusedError('DBDel', 'Database entry could not be deleted'));
    expect(await write('')).toEqual({
      kind: 'refused',
      message: 'Asterisk refused DBDel ("Database entry could not be deleted").',
    });
  });

  it('without "system" sets by Setvar on a PBX that lives dangerously, and says so', async () => {
    const { pbx, writer, write } = setup();
    pbx.without('system').dangerous = true;
    expect(await write('102', 'CF')).toEqual({ kind: 'done' });
    expect(pbx.rows.get('CF/101')).toBe('102');
    expect(writer.problem()).toMatch(/"system".*live_dangerously/);
  });

  it('without "system" removes by DB_DELETE, which every PBX allows', async () => {
    const { pbx, write } = setup();
    pbx.without('system').rows.set('DND/101', 'YES');
    expect(await write('')).toEqual({ kind: 'done' });
    expect(pbx.rows.size).toBe(0);
    expect(pbx.heard[1]).toBe('Setvar | Variable: DB_DELETE(DND/101) | Value: ');
  });

  it('does not take the word of a Setvar that wrote nothing', async () => {
    const { pbx, write } = setup();
    pbx.without('system').rows.set('DND/101', 'YES');
    pbx.failures.set('Setvar', new AmiRefusedError('Setvar', 'Variable not set'));
    expect(await write('')).toMatchObject({ kind: 'refused' });
  });

  it('else writes through the dialplan, waits until AstDB has it, and says so', async () => {
    const { pbx, writer, write, pauses, meanwhile } = setup();
    pbx.without('system').dialplan = (path, value) => meanwhile.push(() => pbx.set(path, value));
    expect(await write('YES')).toEqual({ kind: 'done' });
    expect(pbx.rows.get('DND/101')).toBe('YES');
    expect(pauses).toEqual([50]);
    expect(pbx.heard.find((line) => line.startsWith('Originate'))).toBe(
      'Originate | Channel: Local/put@cordboard-features/n | Context: cordboard-features | Exten: put | Priority: 1' +
        ' | Async: true | Variable: CORDBOARD_FAMILY=DND,CORDBOARD_KEY=101,CORDBOARD_VALUE=YES',
    );
    expect(writer.problem()).toMatch(/"system".*docs\/astdb\.md/);
  });

  it('removes through the dialplan where "call" is wanting too', async () => {
    const { pbx, write } = setup();
    pbx.without('system', 'call').rows.set('CFU/101', '102');
    pbx.dialplan = (path, value) => pbx.set(path, value);
    expect(await write('', 'CFU')).toEqual({ kind: 'done' });
    expect(pbx.rows.size).toBe(0);
  });

  it('is away when the dialplan ran and AstDB never had it', async () => {
    const { pbx, write, pauses } = setup();
    pbx.without('system').dialplan = () => undefined;
    expect(await write('YES')).toMatchObject({ kind: 'away', message: expect.stringContaining('cordboard-features') });
    expect(pauses.length).toBe(40);
  });

  it('believes the dialplan where AstDB may not be read', async () => {
    const { pbx, write, pauses } = setup();
    pbx.without('system', 'reporting').dialplan = (path, value) => pbx.set(path, value);
    expect(await write('YES')).toEqual({ kind: 'done' });
    expect(pauses).toEqual([]);
  });

  it('is refused when no way is open, naming the class and the other way', async () => {
    for (const classes of [['system'], ['system', 'call'], ['system', 'originate', 'call']] as const) {
      const { pbx, writer, write } = setup();
      pbx.without(...classes);
      const outcome = await write('YES');
      expect(outcome).toMatchObject({
        kind: 'refused',
        message: expect.stringMatching(/"system" in write= of manager/),
      });
      expect(outcome).toMatchObject({ message: expect.stringMatching(/docs\/astdb\.md.*"originate"/) });
      expect(writer.problem()).toMatch(/can only be set/);
    }
  });

  it('does not try again on a connection what it was refused there, but does on the next', async () => {
    const { pbx, writer, write } = setup();
    pbx.without('system');
    await write('YES');
    expect(names(pbx)).toEqual(['DBPut', 'Setvar', 'Originate']);
    pbx.dialplan = (path, value) => pbx.set(path, value);
    expect(await write('YES')).toEqual({ kind: 'done' });
    expect(names(pbx)).toEqual(['Originate', 'DBGet']);
    pbx.failures.clear();
    pbx.status = { ...pbx.status, since: 1 };
    expect(writer.problem()).toBeNull();
    await write('YES');
    expect(names(pbx)).toEqual(['DBPut']);
  });

  it('is away when the PBX is, and goes no further down', async () => {
    const { pbx, write } = setup();
    pbx.failures.set('DBPut', new AmiNotConnectedError('DBPut'));
    expect(await write('YES')).toMatchObject({ kind: 'away' });
    expect(names(pbx)).toEqual(['DBPut']);
    expect(
      await new AstDbWriter({ ami: () => null, pause: async () => {} }).write({ family: 'DND', key: '1', value: '' }),
    ).toMatchObject({ kind: 'away' });
  });
});
