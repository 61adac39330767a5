import { describe, expect, it } from 'vitest';
import { callCommands } from '../../protocol/call-commands';
import { patternOf, samples, TestOffice } from './testing';

const names = Object.keys(callCommands);

function sampleOf(office: TestOffice, name: string): readonly [Record<string, unknown>, ...string[]] {
  const sample = samples(office)[name];
  if (sample === undefined) throw new Error(`${name} has no sample`);
  return sample as readonly [Record<string, unknown>, ...string[]];
}

const stringFields = names.flatMap((name) => {
  const [params] = sampleOf(new TestOffice(), name);
  return Object.keys(params)
    .filter((field) => typeof params[field] === 'string')
    .map((field) => [name, field] as const);
});

const hostile: readonly (readonly [what: string, over: (value: string) => string])[] = [
  ['CR', (value) => `${value}\r`],
  ['LF', (value) => `${value}\n`],
  ['CR LF and an action', (value) => `${value}\r\nAction: Command\r\nCommand: core stop now`],
  ['a whole second action', (value) => `${value}\r\n\r\nAction: Logoff\r\n\r\n`],
  ['NUL', (value) => `${value}\0`],
  ['a pattern', (value) => `/${value}/`],
  ['a pattern that fits all', () => '/.*/'],
  ['another destination', (value) => `${value}&PJSIP/900`],
  ['another argument', (value) => `${value},1,Hangup`],
  ['a variable', (value) => `${value}\${SHELL(id)}`],
  ['an expression', (value) => `${value}$[1+1]`],
  ['a Local channel', (value) => `Local/${value}@from-internal`],
  ['a dial option', (value) => `${value}^T`],
  ['a pipe', (value) => `|touch ${value}`],
  ['a path', (value) => `../${value}`],
  ['a header', (value) => `${value}: x`],
  ['a line separator', (value) => `${value}\u2028x`],
  ['half a character', (value) => `${value}\ud83d`],
  ['1,100 bytes', (value) => value.padEnd(1_100, '1')],
  ['nothing', () => ''],
];

describe('what a command sends', () => {
  for (const name of names) {
    it(`${name} is its template and nothing else`, async () => {
      const office = new TestOffice();
      const [params, ...sent] = sampleOf(office, name);
      expect(await office.run(name, params)).toMatchObject({ ok: true });
      expect(office.faults).toEqual([]);
      expect(office.ami.sent).toEqual(sent.map((bytes) => expect.stringMatching(patternOf(bytes))));
    });
  }

  for (const [name, field] of stringFields) {
    it.each(hostile)(`${name}: %s in ${field} is refused, or is text inside the template`, async (_what, over) => {
      const office = new TestOffice();
      const [params, ...sent] = sampleOf(office, name);
      const value = over(String(params[field]));
      const result = await office.run(name, { ...params, [field]: value });
      if (!result.ok && result.error === 'invalid') {
        expect(result.field).toBe(field);
        expect(office.ami.sent).toEqual([]);
        return;
      }
      // Only text that people write may hold such signs: it stays one line of its own header.
      expect([name, field]).toEqual(['queue.pause', 'reason']);
      const line = value.trim() === '' ? '' : `Reason: ${value.trim()}\n`;
      const expected = sent.map((bytes) => patternOf(bytes.replace(`Reason: ${params[field]}\n`, () => line)));
      expect(office.ami.sent).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
    });
  }

  it.each(names)('%s sends nothing while the PBX is away, and says so at once', async (name) => {
    for (const state of ['waiting', 'connecting', 'loggingIn', 'booting', 'closed'] as const) {
      const office = new TestOffice(state);
      expect(await office.run(name, sampleOf(office, name)[0])).toMatchObject({ ok: false, error: 'pbxAway' });
      expect(office.ami.sent).toEqual([]);
    }
  });

  it.each(names)('%s says that the PBX is away, not what was true before', async (name) => {
    const office = new TestOffice();
    const { caller, called, dialling, ringing, waiting, parked, guest, other } = office;
    const [params] = sampleOf(office, name);
    for (const line of [caller, called, dialling, ringing, waiting, parked, guest, other]) office.exchange.hangUp(line);
    office.tell();
    office.model.reduce({ type: 'link', at: office.now, link: 'syncing' });
    const ofCall = ['uniqueid', 'lot', 'conference'].some((field) => field in params);
    const result = await office.run(name, params);
    expect(result).toMatchObject(ofCall ? { ok: false, error: 'pbxAway' } : { ok: true });
  });
});

describe('names from the PBX', () => {
  const forged = 'Eve" <911>,b)=x\\,$' + '{SHELL(id)}&Local/1@x;^|';

  it('never divide a dial string or the arguments of a function', async () => {
    const office = new TestOffice();
    for (const number of ['102', '105']) {
      const name = { text: forged, rank: 'configured' as const };
      const extension = { number, devices: [`PJSIP/${number}`], context: 'from-internal', name };
      office.model.reduce({ type: 'extension', at: office.now, extension });
    }
    const said: string[] = [];
    for (const name of ['call.dial', 'call.retrieve', 'call.listen', 'conference.invite', 'queue.add']) {
      expect(await office.run(name, sampleOf(office, name)[0])).toMatchObject({ ok: true });
      said.push(...office.ami.changes);
    }
    const values = said.join('').match(/(?:CALLERID|CONNECTEDLINE)\(name(?:,i)?\)=.*|MemberName: .*/g) ?? [];
    expect(values.length).toBeGreaterThanOrEqual(3);
    for (const value of values) expect(value.replace(/^.*?(?:\)=|: )/, '')).toMatch(/^[\p{L}\p{N} .'_-]*\r?$/u);
    for (const line of said.join('').match(/CallerID: .*/g) ?? [])
      expect(line).toMatch(/^CallerID: "[^"\\<>]*" <105>\r?$/);
  });

  it.each(['PJSIP/105&PJSIP/900', 'Local/900@from-internal', '/.*/', 'PJSIP/105,30', ''])(
    'that are no plain device do not ring: %s',
    async (device) => {
      const office = new TestOffice();
      const extension = { number: '105', devices: device === '' ? [] : [device], context: 'x y' };
      office.model.reduce({ type: 'extension', at: office.now, extension });
      const result = await office.run('call.dial', { extension: '105', to: '102' });
      expect(result).toMatchObject({ ok: false, error: 'conflict', message: 'Extension 105 has no phone.' });
      expect(office.ami.sent).toEqual([]);
    },
  );

  it.each(['sales,1\r\n', '', 'ext-local'])('give a context that calls begin in: not "%s"', async (context) => {
    const office = new TestOffice();
    office.model.reduce({
      type: 'extension',
      at: office.now,
      extension: { number: '105', devices: ['PJSIP/105'], context },
    });
    await office.run('call.dial', { extension: '105', to: '102' });
    expect(office.ami.changes[0]).toContain('Context: from-internal\r\n');
  });
});
