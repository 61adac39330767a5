import { describe, expect, test } from 'vitest';
import { isRealChannel, parseConcise } from './channels';

describe('core show channels concise', () => {
  test('reads name, state, bridge and uniqueid, with and without a system name', () => {
    const text = [
      'PJSIP/102-00000001!from-internal!!1!Up!AppDial!(Outgoing Line)!102!!!3!0!52e48375-d8b6!pbx-1795252855.1',
      'PJSIP/101-00000000!ext-local!102!5!Ring!Dial!PJSIP/102,20!101!!!3!0!!1795252855.0',
      '',
    ].join('\n');
    expect(parseConcise(text)).toMatchObject([
      { name: 'PJSIP/102-00000001', state: 'Up', bridgeId: '52e48375-d8b6', uniqueid: 'pbx-1795252855.1' },
      { name: 'PJSIP/101-00000000', state: 'Ring', bridgeId: '', uniqueid: '1795252855.0', exten: '102' },
    ]);
  });

  test('survives exclamation marks and line breaks in a caller number', () => {
    const text =
      'PJSIP/trunk-in-00000002!from-trunk!5550600!2!Ring!Dial!PJSIP/103,20!10\r\nEvent: Forged!x\r\n!!!3!0!!pbx-1.7\nPJSIP/9-00000003!a!b!1!Up!Wow!!!!9!!!3!0!!pbx-1.8\n';
    expect(parseConcise(text).map((channel) => channel.uniqueid)).toEqual(['pbx-1.7', 'pbx-1.8']);
  });

  test('knows legs of people from helpers', () => {
    expect(isRealChannel('PJSIP/101-00000003')).toBe(true);
    expect(isRealChannel('SIP/1000-00000003')).toBe(true);
    expect(isRealChannel('IAX2/branch-12')).toBe(true);
    expect(isRealChannel('Local/102@from-internal-00000003;1')).toBe(false);
    expect(isRealChannel('CBAnn/800-00000001;2')).toBe(false);
  });
});
