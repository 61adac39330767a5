import { describe, expect, it } from 'vitest';
import { extensionStatus } from './devices';
import { buildDirectory, emptyDirectory, listTrunks, type Sources, type Trunk, undecidedAccounts } from './directory';
import { readHint } from './hints';
import { ReachBook } from './reachBook';
import { type Account, callerId, peerRegistrations, pjsipAccounts, pjsipRegistrations } from './sources';
import { block } from './testing';
import { registryKey, trunkState } from './trunks';

const account = (device: string, more: Partial<Account> = {}): Account => ({
  device,
  name: device.slice(device.indexOf('/') + 1),
  authenticates: true,
  weAuthenticate: false,
  verdict: null,
  unlistedContact: false,
  ...more,
});

const sources = (more: Partial<Sources>): Sources => ({
  hints: [],
  hintNumbers: new Set(),
  accounts: [],
  unlistedTechs: new Set(),
  presentities: new Set(),
  devices: new Map(),
  registrations: [],
  voicemail: [],
  users: new Map(),
  before: new Map(),
  details: new Map(),
  ...more,
});

describe('hints', () => {
  it('keeps real devices and the presence provider, and drops made-up states', () => {
    expect(readHint('101', 'ext-local', 'PJSIP/101&Custom:DND101,CustomPresence:101')).toEqual({
      number: '101',
      context: 'ext-local',
      devices: ['PJSIP/101'],
      presentity: 'CustomPresence:101',
      pure: false,
    });
    expect(readHint('102', 'ext-local', 'PJSIP/102&SIP/102')).toMatchObject({
      devices: ['PJSIP/102', 'SIP/102'],
      pure: true,
    });
  });

  it.each([
    ['_1XX', 'PJSIP/1'],
    ['*78101', 'Custom:DND101'],
    ['*21101', 'PJSIP/101'],
    ['#72', 'PJSIP/101'],
    ['900', 'Custom:ROOM'],
    ['701', 'park:701@parkedcalls'],
    ['500', 'Queue:support'],
    ['800', 'confbridge:800'],
    ['950', ',CustomPresence:950'],
    ['951', ''],
    ['952', 'Local/1@a'],
    ['', 'PJSIP/101'],
  ])('%s hinting at "%s" is no extension', (number, hint) => {
    expect(readHint(number, 'c', hint)).toBeNull();
  });

  it.each([
    [0, 'NOT_INUSE'],
    [1, 'INUSE'],
    [2, 'BUSY'],
    [4, 'UNAVAILABLE'],
    [8, 'RINGING'],
    [9, 'RINGINUSE'],
    [16, 'ONHOLD'],
    [17, 'ONHOLD'],
    [-1, 'UNKNOWN'],
    [-2, 'UNKNOWN'],
  ])('extension status %i is %s', (status, state) => {
    expect(extensionStatus(block(`Event: ExtensionStatus\nStatus: ${status}`))).toBe(state);
  });
});

describe('who is a phone and who a trunk', () => {
  const directory = buildDirectory(
    sources({
      hints: [readHint('101', 'ext-local', 'PJSIP/anna')!],
      accounts: [
        account('PJSIP/anna'),
        account('PJSIP/102'),
        account('PJSIP/4930123456', { authenticates: false, verdict: 'answers' }),
        account('PJSIP/softphone'),
        account('PJSIP/sbc', { authenticates: false }),
        account('PJSIP/carrier', { weAuthenticate: true, verdict: 'silent' }),
        account('SIP/1000', { verdict: 'unasked' }),
        account('IAX2/branch', { verdict: 'silent' }),
      ],
      registrations: [{ trunk: 'PJSIP/carrier', key: 'k', state: 'registered' }],
      details: new Map([['PJSIP/softphone', { number: '150', name: 'Front desk', mailbox: '150@office' }]]),
    }),
  );

  it('hints come first, then numbers, then what the caller id says', () => {
    expect(directory.extensions.map(({ number, devices }) => [number, devices])).toEqual([
      ['101', ['PJSIP/anna']],
      ['102', ['PJSIP/102']],
      ['150', ['PJSIP/softphone']],
      ['1000', ['SIP/1000']],
    ]);
    expect(directory.extensions[2]).toMatchObject({
      name: { text: 'Front desk', rank: 'callerid' },
      mailbox: '150@office',
    });
    expect(directory.owners.get('PJSIP/anna')).toEqual(['101']);
  });

  it('everything else is a trunk; a registered one that does not answer is unreachable', () => {
    expect(listTrunks(directory)).toEqual([
      { name: 'PJSIP/carrier', state: 'unreachable' },
      { name: 'PJSIP/4930123456', state: 'reachable' },
      { name: 'PJSIP/sbc', state: 'unknown' },
      { name: 'IAX2/branch', state: 'unreachable' },
    ]);
  });

  it('asks for the details of accounts it cannot place, and of no others', () => {
    const accounts = [account('PJSIP/101'), account('PJSIP/soft'), account('PJSIP/sbc', { authenticates: false })];
    expect(undecidedAccounts(sources({ accounts })).map(({ name }) => name)).toEqual(['soft']);
  });

  it('without the accounts (no class system) device states tell phones from trunks', () => {
    const blind = buildDirectory(
      sources({
        hints: [readHint('101', 'c', 'PJSIP/101')!],
        unlistedTechs: new Set(['PJSIP']),
        devices: new Map([
          ['PJSIP/101', 'INUSE'],
          ['PJSIP/102', 'NOT_INUSE'],
          ['PJSIP/carrier', 'UNAVAILABLE'],
          ['PJSIP/old', 'INVALID'],
          ['SIP/ghost', 'NOT_INUSE'],
        ]),
      }),
    );
    expect(blind.extensions.map(({ number }) => number)).toEqual(['101', '102']);
    expect(listTrunks(blind)).toEqual([{ name: 'PJSIP/carrier', state: 'unknown' }]);
    const carrier = (state: 'NOT_INUSE' | 'UNAVAILABLE', before = new Map<string, Trunk>()) =>
      buildDirectory(
        sources({ unlistedTechs: new Set(['PJSIP']), devices: new Map([['PJSIP/carrier', state]]), before }),
      );
    expect(listTrunks(carrier('NOT_INUSE'))).toEqual([{ name: 'PJSIP/carrier', state: 'reachable' }]);
    const lost = carrier('UNAVAILABLE', new Map(carrier('NOT_INUSE').trunks));
    expect(listTrunks(lost)).toEqual([{ name: 'PJSIP/carrier', state: 'unreachable' }]);
    expect(listTrunks(carrier('UNAVAILABLE', new Map(lost.trunks)))[0]?.state).toBe('unreachable');
  });

  it('names: AMPUSER before caller id before voicemail; the bare number is no name', () => {
    const named = buildDirectory(
      sources({
        hints: ['101', '102', '103', '104'].map((number) => readHint(number, 'c', `PJSIP/${number}`)!),
        users: new Map([
          ['101', new Map([['cidname', 'Anna (user)']])],
          ['104', new Map([['cidname', '104']])],
        ]),
        voicemail: ['101', '102', '103'].map((box) => ({
          box,
          mailbox: `${box}@default`,
          fullName: `Box ${box}`,
          new: 0,
          old: 0,
        })),
        details: new Map([
          ['PJSIP/101', { number: '101', name: 'Anna (caller id)', mailbox: '' }],
          ['PJSIP/102', { number: '102', name: 'Bilal (caller id)', mailbox: '' }],
        ]),
      }),
    );
    expect(named.extensions.map(({ name, mailbox }) => [name?.text, name?.rank, mailbox])).toEqual([
      ['Anna (user)', 'ampuser', '101@default'],
      ['Bilal (caller id)', 'callerid', '102@default'],
      ['Box 103', 'voicemail', '103@default'],
      [undefined, undefined, null],
    ]);
  });

  it('an extension with hints in two contexts is one extension', () => {
    const hints = [readHint('101', 'ext-local', 'PJSIP/101')!, readHint('101', 'from-internal', 'PJSIP/101&SIP/101')!];
    const { extensions } = buildDirectory(sources({ hints }));
    expect(extensions).toMatchObject([{ number: '101', context: 'ext-local', devices: ['PJSIP/101', 'SIP/101'] }]);
    expect(emptyDirectory.extensions).toEqual([]);
  });

  it('10,000 hints and accounts are placed without a scan of each against each', () => {
    const numbers = Array.from({ length: 10_000 }, (_, index) => String(10_000 + index));
    const big = buildDirectory(
      sources({
        hints: numbers.map((number) => readHint(number, 'c', `PJSIP/${number}`)!),
        accounts: numbers.map((number) => account(`PJSIP/${number}`)),
      }),
    );
    expect(big.extensions).toHaveLength(10_000);
    expect(big.trunks.size).toBe(0);
  });
});

describe('registrations and reachability', () => {
  it('a PJSIP registration belongs to the endpoint it names, or that is named like it', () => {
    const item = (name: string, endpoint: string) =>
      block(
        `Event: OutboundRegistrationDetail\nObjectName: ${name}\nServerUri: sip:sip.carrier.example\nClientUri: sip:me@carrier.example\nEndpoint: ${endpoint}\nStatus: Rejected`,
      );
    const endpoints = new Set(['carrier', 'backup']);
    const found = pjsipRegistrations([item('carrier-reg', ''), item('r2', 'backup'), item('r3', '')], endpoints);
    expect(found.map(({ trunk, state }) => [trunk, state])).toEqual([
      ['PJSIP/carrier', 'rejected'],
      ['PJSIP/backup', 'rejected'],
      ['PJSIP/r3', 'rejected'],
    ]);
  });

  it('a list and an event give a SIP registration the same key', () => {
    const [listed] = peerRegistrations(
      [block('Event: RegistryEntry\nHost: sip.carrier.example\nPort: 5060\nUsername: me\nState: Registered')],
      'SIP',
      new Set(),
    );
    expect(listed?.key).toBe(registryKey('SIP', 'me', 'sip.carrier.example:5060'));
    expect(listed?.key).toBe(registryKey('SIP', 'me', 'sip.carrier.example'));
    expect(listed?.state).toBe('registered');
  });

  it.each([
    ['rejected', 'answers', 'rejected'],
    ['unregistered', null, 'unregistered'],
    ['registered', 'silent', 'unreachable'],
    ['registered', 'unasked', 'registered'],
    [null, 'answers', 'reachable'],
    [null, 'unasked', 'unknown'],
    [null, null, 'unknown'],
  ] as const)('a trunk %s whose contact %s is %s', (registration, verdict, state) => {
    expect(trunkState(registration, verdict)).toBe(state);
  });

  const contact = (uri: string, status: string) =>
    block(`Event: ContactStatus\nURI: ${uri}\nContactStatus: ${status}\nAOR: 101\nEndpointName: 101`);

  it('an endpoint is reachable while one of its contacts is', () => {
    const reach = new ReachBook();
    reach.list([block('Event: ContactList\nObjectName: 101;@x\nEndpoint: 101\nUri: sip:a\nStatus: Reachable')]);
    expect(reach.contactStatus(contact('sip:b', 'Unreachable'))).toEqual({ device: 'PJSIP/101', verdict: 'answers' });
    expect(reach.contactStatus(contact('sip:a', 'Removed'))).toEqual({ device: 'PJSIP/101', verdict: 'silent' });
    expect(reach.contactStatus(contact('sip:c', 'NonQualified'))).toMatchObject({ verdict: 'unasked' });
    expect(reach.verdicts()?.get('101')).toBe('unasked');
  });

  it('one contact says nothing while the others are hidden; PeerStatus does', () => {
    const reach = new ReachBook();
    reach.list(null);
    expect(reach.contactStatus(contact('sip:b', 'Unreachable'))).toBeNull();
    expect(reach.peerStatus(block('Event: PeerStatus\nPeer: PJSIP/101\nPeerStatus: Unreachable'))).toEqual({
      device: 'PJSIP/101',
      verdict: 'silent',
    });
    expect(reach.peerStatus(block('Event: PeerStatus\nPeer: PJSIP/101\nPeerStatus: Weird'))).toBeNull();
  });

  it('an endpoint matched by address alone is neither reachable nor unreachable', () => {
    const items = [
      block('Event: EndpointList\nObjectName: trunk-in\nAor:\nAuths:\nDeviceState: Unavailable'),
      block(
        'Event: EndpointList\nObjectName: carrier\nAor: carrier\nAuths:\nContacts: carrier/sip:1.2.3.4,\nDeviceState: Not in use',
      ),
      block('Event: EndpointList\nObjectName: 101\nAor: 101\nAuths: 101\nContacts:\nDeviceState: Unavailable'),
      block('Event: EndpointList\nObjectName: anonymous\nAor:\nDeviceState: Unavailable'),
    ];
    const accounts = pjsipAccounts(items, new Map());
    expect(accounts.map(({ name, verdict, unlistedContact }) => [name, verdict, unlistedContact])).toEqual([
      ['trunk-in', null, false],
      ['carrier', 'unasked', true],
      ['101', 'silent', false],
    ]);
  });

  it.each([
    ['"Anna Berg" <101>', 'Anna Berg', '101'],
    ['Anna Berg <101>', 'Anna Berg', '101'],
    ['<101>', '', '101'],
    ['101', '', '101'],
    ['Anna', 'Anna', ''],
    ['', '', ''],
  ])('caller id %s', (text, name, number) => {
    expect(callerId(text)).toEqual({ name, number });
  });
});
