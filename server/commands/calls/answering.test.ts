import { describe, expect, it } from 'vitest';
import type { Permission } from '../../protocol/permissions';
import { actorWith, TestOffice } from './testing';

const actions = (office: TestOffice) => office.ami.changes.map((bytes) => bytes.split('\r\n').slice(0, -2));

/** The sample office with chan_sip's 106, who talks to 105. */
function withSip(): { office: TestOffice; uniqueid: string } {
  const office = new TestOffice();
  const extension = { number: '106', devices: ['SIP/106'], context: 'from-internal' };
  office.model.reduce({ type: 'extension', at: office.now, extension });
  const caller = office.exchange.dials('PJSIP/105', '106');
  const [called] = office.exchange.rings(caller, 'SIP/106');
  office.tell();
  return { office, uniqueid: called?.id ?? '' };
}

describe('call.answer', () => {
  const params = (office: TestOffice) => ({ uniqueid: office.ringing.id, extension: '104' });

  it('tells the phone inside its call, and is done when the leg talks', async () => {
    const office = new TestOffice();
    office.meanwhile.push(
      () => undefined,
      () => office.exchange.answers(office.ringing),
    );
    expect(await office.run('call.answer', params(office))).toEqual({ ok: true });
    expect(actions(office)).toEqual([['Action: PJSIPNotify', `Channel: ${office.ringing.id}`, 'Variable: Event=talk']]);
    expect(office.pauses.length).toBe(2);
  });

  it('says so when the phone did not obey for three seconds', async () => {
    const office = new TestOffice();
    expect(await office.run('call.answer', params(office))).toEqual({
      ok: true,
      warning: 'The phone did not answer by itself: lift the handset.',
    });
    expect(office.pauses.reduce((sum, ms) => sum + ms)).toBe(3_000);
    expect(office.audit[0]?.result).toBe('ok: extension 104, not obeyed');
  });

  it('needs no words when the caller gave up meanwhile', async () => {
    const office = new TestOffice();
    office.meanwhile.push(() => office.exchange.hangUp(office.ringing));
    expect(await office.run('call.answer', params(office))).toEqual({ ok: true });
  });

  it('is refused, before anything is sent, for a phone that is known not to obey', async () => {
    const office = new TestOffice();
    office.model.reduce({ type: 'phone', at: office.now, device: 'PJSIP/104', agents: ['Linphone/5.2'] });
    expect(await office.run('call.answer', params(office))).toMatchObject({
      error: 'conflict',
      message: 'Linphone/5.2 does not obey the panel: use the phone itself.',
    });
    expect(office.ami.sent).toEqual([]);
  });

  it('only of a leg that rings at that very extension', async () => {
    const office = new TestOffice();
    for (const [uniqueid, extension, words] of [
      [office.ringing.id, '101', 'This is not the leg of extension 101, but of extension 104.'],
      [office.called.id, '102', 'The phone of extension 102 does not ring with this call.'],
      [office.waiting.id, '101', 'This is not the leg of extension 101, but of PJSIP/carrier.'],
    ]) {
      expect(await office.run('call.answer', { uniqueid, extension })).toMatchObject({ ok: false, message: words });
    }
    expect(office.ami.sent).toEqual([]);
  });

  it.each<[Permission[], string | null, boolean]>([
    [['dial'], '104', true],
    [['dial'], '101', false],
    [['dial'], null, false],
    [['dial', 'spy'], '101', true],
    [['spy'], '104', false],
    [['pickup', 'transfer'], '104', false],
  ])('with %j and extension %s: %s', async (permissions, extension, allowed) => {
    const office = new TestOffice();
    const result = await office.run('call.answer', params(office), actorWith(permissions, extension));
    expect(result).toMatchObject(allowed ? { ok: true } : { ok: false, error: 'forbidden' });
  });

  it('writes to the phone alone where Asterisk cannot write into a call', async () => {
    const office = new TestOffice();
    const words = 'PJSIPNotify requires either an endpoint name or a SIP URI.';
    office.ami.refuse = (bytes) => (bytes.includes('Channel: ') ? words : null);
    expect(await office.run('call.answer', params(office))).toMatchObject({ ok: true });
    expect(actions(office).at(-1)).toEqual(['Action: PJSIPNotify', 'Endpoint: 104', 'Variable: Event=talk']);
  });

  it('names the dialog to chan_sip', async () => {
    const { office, uniqueid } = withSip();
    office.ami.variables.set('SIPCALLID', '4f1e@10.0.0.1:5060');
    expect(await office.run('call.answer', { uniqueid, extension: '106' })).toMatchObject({ ok: true });
    expect(actions(office)).toEqual([
      ['Action: SIPnotify', 'Channel: 106', 'Variable: Event=talk', 'Call-ID: 4f1e@10.0.0.1:5060'],
    ]);
  });

  it.each([
    [
      'Invalid/unknown command: PJSIPNotify.',
      'The PBX has not loaded res_pjsip_notify.so (it needs a pjsip_notify.conf).',
    ],
    ['Permission denied', 'The AMI account lacks “system” in its write= line.'],
    ['Channel not found', 'The call is already over (Channel not found).'],
  ])('says why not when Asterisk says %s', async (reason, message) => {
    const office = new TestOffice();
    office.ami.refusals.set('PJSIPNotify', reason);
    expect(await office.run('call.answer', params(office))).toEqual({ ok: false, error: 'conflict', message });
    expect(office.faults).toEqual([]);
  });
});

describe('call.hold', () => {
  it('holds, and takes back', async () => {
    const office = new TestOffice();
    const params = { uniqueid: office.called.id, extension: '102' };
    office.meanwhile.push(() => office.exchange.hold(office.called));
    expect(await office.run('call.hold', params)).toEqual({ ok: true });
    expect(await office.run('call.hold', { ...params, on: true })).toMatchObject({ message: /already/ });
    office.meanwhile.push(() => office.exchange.hold(office.called, false));
    expect(await office.run('call.hold', { ...params, on: false })).toEqual({ ok: true });
    expect(await office.run('call.hold', { ...params, on: false })).toMatchObject({ message: /has not put/ });
    expect(actions(office).map((lines) => lines.at(-1))).toEqual(['Variable: Event=hold', 'Variable: Event=talk']);
  });

  it('says so when the phone did not obey', async () => {
    const office = new TestOffice();
    const params = { uniqueid: office.called.id, extension: '102' };
    expect(await office.run('call.hold', params)).toMatchObject({
      warning: 'The phone did not hold the call by itself: use its own key.',
    });
  });
});

describe('one’s own phone', () => {
  const ring = async (agents: readonly string[], device: string, own: boolean) => {
    const office = new TestOffice();
    const extension = { number: '105', devices: [device], context: 'from-internal' };
    office.model.reduce({ type: 'extension', at: office.now, extension });
    office.model.reduce({ type: 'phone', at: office.now, device, agents });
    const { permissions } = actorWith(['dial', 'park', 'spy', 'conference']);
    const actor = actorWith(permissions, own ? '105' : '101');
    const sent: string[][] = [];
    for (const [name, params] of [
      ['call.dial', { extension: '105', to: '102' }],
      ['call.retrieve', { lot: 'default', space: '701', extension: '105' }],
      ['call.listen', { uniqueid: office.called.id, extension: '105', mode: 'listen' }],
      ['conference.invite', { conference: '800', extension: '105' }],
    ] as const) {
      expect(await office.run(name, params, actor)).toMatchObject({ ok: true });
      const lines = office.ami.changes.at(-1)?.split('\r\n') ?? [];
      sent.push(lines.filter((line) => /HEADER/.test(line)).map((line) => line.replace('Variable: ', '')));
    }
    return sent;
  };
  const callInfo = '<sip:pbx>;answer-after=0';
  const alertInfo = '<http://www.notused.com>;info=alert-autoanswer;delay=0';

  it.each([
    [[], 'PJSIP/105', [`PJSIP_HEADER(add,Call-Info)=${callInfo}`, `PJSIP_HEADER(add,Alert-Info)=${alertInfo}`]],
    [
      ['Yealink SIP-T46U 108.86'],
      'PJSIP/105',
      [`PJSIP_HEADER(add,Call-Info)=${callInfo}`, `PJSIP_HEADER(add,Alert-Info)=${alertInfo}`],
    ],
    [['PolycomVVX-VVX_411-UA/5.9'], 'PJSIP/105', ['PJSIP_HEADER(add,Alert-Info)=info=Auto Answer']],
    [['snomD785/10.1'], 'SIP/105', [`SIPADDHEADER01=Call-Info: ${callInfo}`]],
    [
      ['Yealink', 'snomD785'],
      'PJSIP/105',
      [`PJSIP_HEADER(add,Call-Info)=${callInfo}`, `PJSIP_HEADER(add,Alert-Info)=${alertInfo}`],
    ],
    [[], 'DAHDI/5', []],
  ] as const)('%j as %s answers at once', async (agents, device, headers) => {
    expect(await ring(agents, device, true)).toEqual([headers, headers, headers, headers]);
  });

  it('and nobody else’s', async () => {
    expect(await ring(['Yealink'], 'PJSIP/105', false)).toEqual([[], [], [], []]);
  });
});
