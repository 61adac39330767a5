import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  classOf,
  defaultNumberRules,
  mayDial,
  mayForward,
  type NumberRules,
  numberPattern,
  numberRules,
} from './number-rules';

const nobody = () => false;
const everybody = () => true;

function rules(...patterns: [pattern: string, of: NumberRules['patterns'][number]['class']][]): NumberRules {
  const listed = patterns.map(([pattern, of]) => ({ pattern, class: of }));
  return {
    patterns: listed,
    forwardTo: ['internal', 'local'],
    dialTo: ['internal', 'national'],
    externalPerMinute: 10,
  };
}

const matches = (pattern: string, number: string): boolean =>
  classOf(number, rules([numberPattern.parse(pattern), 'local']), nobody) === 'local';

describe('a dial pattern', () => {
  it.each([
    ['112', ['112'], ['1120', '0112', '11', '']],
    ['_0900X.', ['090012', '0900123456'], ['0900', '09001', '10900123']],
    ['_00.', ['001', '0044123'], ['00', '0', '100123']],
    ['_00!', ['00', '001'], ['0', '100']],
    ['_NXX', ['200', '999'], ['199', '20', '2000', '2x0']],
    ['_ZXX', ['100', '999'], ['099']],
    ['_nxz', ['201'], ['120', '200']],
    ['_[15-7]X', ['10', '50', '69', '79'], ['20', '40', '80', '-0']],
    ['_[1-35-7]', ['1', '2', '3', '5', '6', '7'], ['4', '8', '-']],
    ['_[1-3-5]', ['2', '5'], ['4']],
    ['_[-1]', ['1'], ['0']],
    ['_[*#+]1', ['*1', '#1', '+1'], ['11', '\\1']],
    ['_*8X', ['*81'], ['81', '**1']],
    ['_+49.', ['+491'], ['49', '+49', '0491']],
    ['_A1', ['A1'], ['a1', '11']],
    ['_.', ['1', 'anything', 'a\nb'], ['']],
  ])('%s', (pattern, fitting, others) => {
    expect(fitting.filter((number) => !matches(pattern, number))).toEqual([]);
    expect(others.filter((number) => matches(pattern, number))).toEqual([]);
  });

  it.each([
    '',
    '_',
    '__1',
    '_X!X!X!',
    '_X.X',
    '_..',
    '_1.!',
    '_[',
    '_[]',
    '_[^1]',
    '_[a-z]',
    '_[[1]]',
    '_[9-2]',
    '_[12-1]',
    '_(1+)+',
    '_X{9}',
    '_1|2',
    '_X$',
    '1-2',
    'X',
    '1\n2',
    '_1\n',
    `_${'X'.repeat(60)}`,
    '1'.repeat(41),
  ])('%j is refused', (pattern) => {
    // Space around is taken off first, a line end too.
    if (pattern.trim() === pattern) expect(numberPattern.safeParse(pattern).success).toBe(false);
    else expect(numberPattern.parse(pattern)).toBe(pattern.trim());
  });

  it('says in words what is wrong', () => {
    expect(numberPattern.safeParse('_X!X').error?.issues[0]?.message).toMatch(/^enter a number .* or a pattern/);
    expect(numberPattern.safeParse('_[9-2]').error?.issues[0]?.message).toMatch(/lower digit/);
  });

  const symbol = fc.constantFrom(...'0123456789XZNxzn*#+ABCD-[].!_^\\(){}|$?');
  const anything = fc.oneof(
    fc.array(symbol, { maxLength: 30 }).map((symbols) => `_${symbols.join('')}`),
    fc.array(symbol, { maxLength: 30 }).map((symbols) => symbols.join('')),
    fc.array(fc.constantFrom(...'0123456789-*#+'), { minLength: 1, maxLength: 20 }).map((set) => `_[${set.join('')}]X`),
    fc.string({ unit: 'binary', maxLength: 70 }),
  );

  it('that the schema takes can be matched against anything; one it refuses is refused without a fault', () => {
    fc.assert(
      fc.property(anything, fc.string({ unit: 'binary', maxLength: 60 }), (text, number) => {
        const pattern = numberPattern.safeParse(text);
        if (pattern.success) expect(typeof matches(pattern.data, number)).toBe('boolean');
      }),
      { numRuns: 2_000 },
    );
  });

  it('means what Asterisk means by it', () => {
    const part = fc.oneof(
      fc.constantFrom(...'0123456789*#+').map((text) => ({ text, set: text })),
      fc.constantFrom(
        { text: 'X', set: '0123456789' },
        { text: 'Z', set: '123456789' },
        { text: 'N', set: '23456789' },
        { text: '[15-7]', set: '1567' },
        { text: '[*0-2#]', set: '*012#' },
      ),
    );
    const end = fc.constantFrom('', '.', '!');
    const dialled = fc.array(fc.constantFrom(...'0123456789*#+'), { maxLength: 8 }).map((digits) => digits.join(''));
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 6 }),
        end,
        dialled,
        fc.boolean(),
        (parts, last, free, near) => {
          const number = near ? parts.map(({ set }, at) => set[at % set.length]).join('') + free : free;
          const head = parts.every(({ set }, at) => set.includes(number[at] ?? '?'));
          const more = number.length - parts.length;
          const expected = head && (last === '' ? more === 0 : last === '.' ? more > 0 : more >= 0);
          expect(matches(`_${parts.map(({ text }) => text).join('')}${last}`, number)).toBe(expected);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('the class of a number', () => {
  it('is that of the first pattern that fits', () => {
    const ordered = rules(['_0900X.', 'premium'], ['_0.', 'national'], ['_0044.', 'international']);
    expect(classOf('0900123', ordered, nobody)).toBe('premium');
    expect(classOf('0044123', ordered, nobody)).toBe('national');
    expect(classOf('123', ordered, nobody)).toBe('other');
  });

  it('is not changed by dashes, which Asterisk ignores', () => {
    const ordered = rules(['_00.', 'international'], ['112', 'emergency'], ['_0.', 'national']);
    expect(classOf('0-044123', ordered, nobody)).toBe('international');
    expect(classOf('-1-1-2-', ordered, nobody)).toBe('emergency');
  });

  it('is internal for what the PBX has, whatever the patterns say', () => {
    expect(classOf('0044123', rules(['_00.', 'international']), everybody)).toBe('internal');
    expect(classOf('4711', rules(), everybody)).toBe('internal');
  });

  it('is emergency before everything else, wherever the pattern stands', () => {
    expect(classOf('112', rules(['112', 'emergency']), everybody)).toBe('emergency');
    expect(classOf('112', rules(['_1XX', 'local'], ['112', 'emergency']), everybody)).toBe('emergency');
  });
});

describe('forwarding', () => {
  it('stays in the house by default', () => {
    expect(numberRules.parse(defaultNumberRules)).toEqual(defaultNumberRules);
    expect(mayForward('101', defaultNumberRules, everybody)).toEqual({ ok: true, class: 'internal' });
    for (const number of ['0044123', '011441', '+49301', '030123', '5', '112', '911'])
      expect(mayForward(number, defaultNumberRules, nobody).ok, number).toBe(false);
  });

  it('says why not', () => {
    const some = rules(['_0900X.', 'premium'], ['_00.', 'international']);
    expect(mayForward('0900123', some, nobody)).toEqual({
      ok: false,
      class: 'premium',
      message: '0900123 is a premium number; the administrator does not allow forwarding to those.',
    });
    expect(mayForward('0044123', some, nobody)).toMatchObject({
      message: expect.stringMatching(/^0044123 is an inter/),
    });
    expect(mayForward('77', some, nobody)).toMatchObject({ message: expect.stringMatching(/^77 is not known here/) });
  });

  it('never reaches an emergency number, whatever is allowed', () => {
    const all = numberRules.shape.forwardTo.parse(['internal', 'local', 'emergency', 'other']);
    fc.assert(
      fc.property(fc.boolean(), fc.boolean(), (inside, first) => {
        const patterns = rules(['_1XX', 'local'], ['112', 'emergency']).patterns;
        const given = {
          patterns: first ? patterns.toReversed() : patterns,
          forwardTo: all,
          dialTo: all,
          externalPerMinute: 10,
        };
        const verdict = mayForward('112', given, () => inside);
        expect(verdict).toMatchObject({ ok: false, class: 'emergency', message: expect.stringMatching(/never/) });
      }),
    );
  });
});

describe('a number to dial', () => {
  const some = rules(['_0ZX.', 'national'], ['_00.', 'international'], ['112', 'emergency']);

  it('is judged by the classes for dialling, not by those for forwarding', () => {
    expect(mayDial('0301234', some, nobody)).toEqual({ ok: true, class: 'national' });
    expect(mayDial('101', some, everybody)).toEqual({ ok: true, class: 'internal' });
    expect(mayDial('0044123', some, nobody)).toEqual({
      ok: false,
      class: 'international',
      message: '0044123 is an international number; the administrator does not allow calls to those.',
    });
    expect(mayDial('77', some, nobody)).toMatchObject({ ok: false, class: 'other' });
  });

  it('may always be an emergency number', () => {
    expect(mayDial('112', { ...some, dialTo: [] }, nobody)).toEqual({ ok: true, class: 'emergency' });
  });

  it('stays in the house with rules that were saved before there was a choice', () => {
    const { dialTo: _, ...old } = defaultNumberRules;
    expect(numberRules.parse(old).dialTo).toEqual(['internal']);
  });
});
