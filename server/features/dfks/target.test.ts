import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTarget } from './target';

const isOurs = (host: string) => host === 'pbx.test' || host === '[2001:db8::1]';
const read = (text: string) => readTarget(text, isOurs);

describe('what a phone forwards to (SPEC D4, D5)', () => {
  it.each([
    ['102', '102'],
    [' 102 ', '102'],
    ['+49301234', '+49301234'],
    ['*98', '*98'],
    ['tel:+49301234', '+49301234'],
    ['sip:102@pbx.test', '102'],
    ['SIPS:bob.smith@PBX.Test:5061;transport=tls', 'bob.smith'],
    ['sip:%2B4930@pbx.test', '+4930'],
    ['sip:102@[2001:db8::1]:5060', '102'],
  ])('reads %s as the number %s', (text, number) => {
    expect(read(text)).toEqual({ kind: 'number', number });
  });

  it('does not take the user of another domain for a number of this PBX', () => {
    expect(read('sip:102@partner.example')).toEqual({ kind: 'elsewhere', host: 'partner.example' });
    expect(read('sip:102@pbx.test.partner.example')).toMatchObject({ kind: 'elsewhere' });
  });

  it.each([
    '',
    'bob smith',
    '102&SIP/900',
    '102,s,1',
    '102@outside',
    '102/900',
    '$' + '{SHELL(id)}',
    '102\r\nAction: Command',
    'sip:pbx.test',
    'sip:@pbx.test',
    'sip:102:secret@pbx.test',
    'sip:102;ext=1@pbx.test',
    'sip:102@pbx.test?Replaces=x',
    'sip:102%26900@pbx.test',
    'sip:%zz@pbx.test',
    'sip:102@partner.example@pbx.test',
    'tel:102;phone-context=x',
    'http://pbx.test/102',
    'Local/102@from-internal',
    '1'.repeat(41),
  ])('refuses %j', (text) => {
    expect(read(text)).toEqual({ kind: 'unreadable' });
  });

  it('lets nothing through that a dialplan could take for more than a number', () => {
    const user = fc.string({ unit: fc.constantFrom(...'0189aZ*#+._-@;:?&,/$%{}()|\\"\' \r\n\0ü') });
    const text = fc.oneof(
      user,
      user.map((part) => `sip:${part}@pbx.test`),
      user.map((part) => `tel:${part}`),
      user.map((part) => `sip:${encodeURIComponent(part)}@pbx.test`),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, (given) => {
        const target = read(given);
        return target.kind !== 'number' || /^[0-9A-Za-z*#+._-]{1,40}$/.test(target.number);
      }),
      { numRuns: 2_000 },
    );
  });
});
