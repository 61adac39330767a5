import { describe, expect, it } from 'vitest';
import type { PbxEvent } from '../pbx/events';
import { Access } from './access';
import { emptyDirectory } from './directory';
import { PhoneBook } from './phoneBook';
import { PhoneRefresh } from './phoneRefresh';
import { type Answerer, block, FakePbx, ManualClock, ofType } from './testing';

const contact = (endpoint: string, agent: string, port = 5060) =>
  `Event: ContactList\nObjectName: ${endpoint};@x\nEndpoint: ${endpoint}\nUri: sip:${endpoint}@a:${port}\nUserAgent: ${agent}`;
const detail = (endpoint: string, agent: string, port = 5060) =>
  `Event: ContactStatusDetail\nAOR: ${endpoint}\nURI: sip:${endpoint}@a:${port}\nUserAgent: ${agent}`;
const told = (endpoint: string, status: string, port = 5060) =>
  block(
    `Event: ContactStatus\nURI: sip:${endpoint}@a:${port}\nContactStatus: ${status}\nAOR: ${endpoint}\nEndpointName: ${endpoint}`,
  );
const peer = (name: string, status: string, address = '10.0.0.7:5060') =>
  block(`Event: PeerStatus\nChannelType: SIP\nPeer: SIP/${name}\nPeerStatus: ${status}\nAddress: ${address}`);

const numbers = Array.from({ length: 30 }, (_, i) => String(101 + i));

function make(answers: Record<string, Answerer>) {
  const clock = new ManualClock();
  const pbx = new FakePbx(answers);
  const book = new PhoneBook();
  const out: PbxEvent[] = [];
  const devices = [...numbers.map((number) => `PJSIP/${number}`), 'SIP/1000', 'SIP/1001'];
  const directory = { ...emptyDirectory, owners: new Map(devices.map((device) => [device, ['1']])) };
  const refresh = new PhoneRefresh({
    access: new Access(pbx, { info: () => undefined, warn: () => undefined }),
    book,
    directory: () => directory,
    emit: (event) => void out.push(event),
    now: () => clock.now(),
    setTimeout: (run, ms) => clock.setTimeout(run, ms),
    clearTimeout: (timer) => clock.clearTimeout(timer),
  });
  const phones = () => ofType(out, 'phone').map(({ device, agents }) => [device, agents]);
  return { clock, pbx, book, refresh, phones };
}

describe('which phone registered', () => {
  it('is asked once per new contact of a phone, and never of a known one or of a carrier', async () => {
    const { clock, pbx, book, refresh, phones } = make({
      PJSIPShowEndpoint: ({ Endpoint }) => ['Event: EndpointDetail', detail(String(Endpoint), 'Yealink SIP-T46U 108')],
    });
    book.list([block(contact('102', 'snomD785/10.1'))]);
    refresh.contactStatus(told('101', 'Unqualified'));
    refresh.contactStatus(told('101', 'Reachable'));
    refresh.contactStatus(told('102', 'Reachable'));
    refresh.contactStatus(told('carrier', 'Reachable'));
    await clock.advance(1_000);
    expect(pbx.asked).toEqual([{ action: 'PJSIPShowEndpoint', fields: { Endpoint: '101' } }]);
    expect(phones()).toEqual([['PJSIP/101', ['Yealink SIP-T46U 108']]]);
    refresh.contactStatus(told('101', 'Reachable'));
    await clock.advance(1_000);
    expect(pbx.asked.length).toBe(1);
  });

  it('is read as one list when many register together', async () => {
    const { clock, pbx, refresh, phones } = make({
      PJSIPShowContacts: numbers.map((number) => contact(number, 'Zoiper v5')),
      PJSIPShowEndpoint: [],
    });
    for (const number of numbers) refresh.contactStatus(told(number, 'Unqualified'));
    await clock.advance(1_000);
    expect(pbx.asked.map(({ action }) => action)).toEqual(['PJSIPShowContacts']);
    expect(phones().length).toBe(30);
  });

  it('goes with its contact; the other contact of the device stays', async () => {
    const { book, refresh, phones } = make({});
    book.list([block(contact('101', 'Yealink')), block(contact('101', 'Zoiper', 5070))]);
    expect(book.of('PJSIP/101').agents).toEqual(['Yealink', 'Zoiper']);
    refresh.contactStatus(told('101', 'Removed'));
    refresh.contactStatus(told('101', 'Removed'));
    refresh.contactStatus(told('101', 'Removed', 5070));
    expect(phones()).toEqual([
      ['PJSIP/101', ['Zoiper']],
      ['PJSIP/101', []],
    ]);
  });

  it('is asked of chan_sip after the first read, and when a peer registers from elsewhere', async () => {
    const { clock, pbx, refresh, phones } = make({
      SIPshowpeer: ({ Peer }) => [`Response: Success\nSIP-Useragent: ${Peer === '1000' ? 'Aastra 6731i' : ''}`],
    });
    await refresh.readPeers();
    expect(phones()).toEqual([['SIP/1000', ['Aastra 6731i']]]);
    refresh.peerStatus(peer('1000', 'Registered'));
    await clock.advance(1_000);
    refresh.peerStatus(peer('1000', 'Registered'));
    refresh.peerStatus(peer('stranger', 'Registered'));
    await clock.advance(1_000);
    expect(pbx.asked.map(({ fields }) => fields.Peer)).toEqual(['1000', '1001', '1000']);
    refresh.peerStatus(peer('1000', 'Unregistered'));
    expect(phones().at(-1)).toEqual(['SIP/1000', []]);
  });

  it('is not asked again when it may not be, nor on a connection that is gone', async () => {
    const { clock, pbx, refresh, phones } = make({ PJSIPShowEndpoint: 'denied' });
    refresh.contactStatus(told('101', 'Reachable'));
    await clock.advance(1_000);
    refresh.contactStatus(told('102', 'Reachable'));
    await clock.advance(1_000);
    expect(pbx.asked.length).toBe(1);
    refresh.stop();
    refresh.contactStatus(told('103', 'Reachable'));
    await clock.advance(1_000);
    expect(pbx.asked.length).toBe(1);
    expect(phones()).toEqual([]);
  });
});
