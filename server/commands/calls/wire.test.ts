import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callCommands } from '../../protocol/call-commands';
import type { Actor } from '../actor';
import { patternOf, type Sample, samples, variants } from './samples';
import { anna, TestOffice } from './testing';

const names = Object.keys(callCommands);

interface Way {
  readonly name: string;
  readonly title: string;
  readonly actor: Actor;
  sample(office: TestOffice): Sample;
}

function sampleOf(office: TestOffice, name: string): Sample {
  return samples(office)[name] ?? expect.fail(`${name} has no sample`);
}

/** Every command in every way it has. */
const ways: readonly Way[] = [
  ...names.map((name) => ({ name, title: name, actor: anna, sample: (office: TestOffice) => sampleOf(office, name) })),
  ...variants.map((one) => ({ ...one, title: `${one.name} ${one.what}` })),
];

const stringFields = ways.flatMap((way) => {
  const [params] = way.sample(new TestOffice());
  return Object.keys(params)
    .filter((field) => typeof params[field] === 'string' || Array.isArray(params[field]))
    .map((field) => ({ way, field, title: `${way.title}, ${field}` }));
});

/** A parameter with `value` in its place: of a list, in the place of the last. */
function instead(old: unknown, value: string): unknown {
  return Array.isArray(old) ? [...old.slice(0, -1), value] : value;
}

const textOf = (old: unknown): string => String(Array.isArray(old) ? old.at(-1) : old);

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
  ['a comment', (value) => `${value};x`],
  ['a right-to-left sign', (value) => `${value}\u202e1`],
  ['full-width digits', () => '１０２'],
  ['a space', (value) => ` ${value}`],
  ['a prototype', () => '__proto__'],
  ['nothing', () => ''],
];

/** Only text that people write may hold any sign: it stays one line of its own header. */
const freeText: readonly string[] = ['queue.pause reason', 'call.note text'];

/** What the PBX is told with a hostile value: nothing at all, or the template with that value in its one place. */
async function withValue({ name, actor, sample }: Way, field: string, value: string): Promise<void> {
  const office = new TestOffice();
  const [params, ...sent] = sample(office);
  const result = await office.run(name, { ...params, [field]: instead(params[field], value) }, actor);
  expect(office.faults).toEqual([]);
  if (freeText.includes(`${name} ${field}`) && result.ok) {
    const line = value.trim() === '' ? '' : `Reason: ${value.trim()}\n`;
    const expected = sent.map((bytes) => patternOf(bytes.replace(`Reason: ${textOf(params[field])}\n`, () => line)));
    expect(office.ami.sent).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
    return;
  }
  if (result.ok) {
    // A name like any other, which the PBX knows or does not.
    expect(value, `${name} ${field}`).toMatch(/^[A-Za-z0-9_.+-]{1,80}$/);
    const expected = sent.map((bytes) => patternOf(bytes.replaceAll(`: ${textOf(params[field])}\n`, `: ${value}\n`)));
    expect(office.ami.sent).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
    return;
  }
  if (result.error === 'invalid') expect(result.field).toMatch(new RegExp(`^${field}(?:\\.\\d+)?$`));
  expect(office.ami.changes).toEqual([]);
}

describe('what a command sends', () => {
  it.each(ways)('$title is its template and nothing else', async ({ name, actor, sample }) => {
    const office = new TestOffice();
    const [params, ...sent] = sample(office);
    expect(await office.run(name, params, actor)).toMatchObject({ ok: true });
    expect(office.faults).toEqual([]);
    expect(office.ami.sent).toEqual(sent.map((bytes) => expect.stringMatching(patternOf(bytes))));
  });

  describe.each(stringFields)('$title', ({ way, field }) => {
    it.each(hostile)('%s is refused, or is text inside the template', async (_what, over) => {
      const [params] = way.sample(new TestOffice());
      await withValue(way, field, over(textOf(params[field])));
    });

    it('any text with a sign that means something to the PBX is refused, or is text inside the template', async () => {
      const [params] = way.sample(new TestOffice());
      const sign = fc.constantFrom(
        '\r',
        '\n',
        '\0',
        '/',
        '&',
        ',',
        '|',
        ';',
        '$',
        '{',
        '(',
        '^',
        '"',
        ' ',
        '\u2028',
        '\ud83d',
        '@',
      );
      const around = fc.oneof(fc.constantFrom('', textOf(params[field])), fc.string({ unit: 'binary', maxLength: 20 }));
      await fc.assert(
        fc.asyncProperty(around, sign, around, (before, one, after) => withValue(way, field, before + one + after)),
        { numRuns: 40 },
      );
    });
  });

  it.each(ways.filter(({ name }) => name !== 'call.note'))(
    '$title sends nothing while the PBX is away, and says so at once',
    async ({ name, actor, sample }) => {
      for (const state of ['waiting', 'connecting', 'loggingIn', 'booting', 'closed'] as const) {
        const office = new TestOffice(state);
        const [params] = sample(office);
        expect(await office.run(name, params, actor)).toMatchObject({ ok: false, error: 'pbxAway' });
        expect(office.ami.sent).toEqual([]);
      }
    },
  );

  it.each(names.filter((name) => name !== 'call.note'))(
    '%s says that the PBX is away, not what was true before',
    async (name) => {
      const office = new TestOffice();
      const [params] = sampleOf(office, name);
      await new Promise((resolve) => setImmediate(resolve));
      for (const line of [...office.exchange.live.values()]) office.exchange.hangUp(line);
      office.tell();
      office.ami.sent.length = 0;
      office.model.reduce({ type: 'link', at: office.now, link: 'syncing' });
      const ofCall = ['uniqueid', 'uniqueids', 'lot', 'conference'].some((field) => field in params);
      const result = await office.run(name, params);
      expect(result).toMatchObject(ofCall ? { ok: false, error: 'pbxAway' } : { ok: true });
    },
  );
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
