import type { AmiAction } from './ami-reply';
import { header } from './blocks';
import type { Engine } from './engine';
import type { Endpoint } from './model';

const deviceWords: Record<string, string> = {
  NOT_INUSE: 'Not in use',
  INUSE: 'In use',
  BUSY: 'Busy',
  INVALID: 'Invalid',
  UNAVAILABLE: 'Unavailable',
  RINGING: 'Ringing',
  RINGINUSE: 'Ring+Inuse',
  ONHOLD: 'On Hold',
  UNKNOWN: 'Unknown',
};

/** The PBX itself, PJSIP, and voicemail users. */
export const systemActions: Readonly<Record<string, AmiAction>> = {
  Ping(engine, _request, reply) {
    const now = engine.core.clock.now() / 1000;
    reply.ok(undefined, `Ping: Pong\r\n${header('Timestamp', now.toFixed(6))}`);
  },

  CoreSettings(_engine, _request, reply) {
    reply.ok(
      undefined,
      'AMIversion: 11.0.0\r\nAsteriskVersion: 22.10.1\r\nSystemName: \r\nCoreMaxCalls: 0\r\n' +
        'CoreMaxLoadAvg: 0.000000\r\nCoreRunUser: asterisk\r\nCoreRunGroup: asterisk\r\nCoreMaxFilehandles: 0\r\n' +
        'CoreRealTimeEnabled: No\r\nCoreCDRenabled: Yes\r\nCoreHTTPenabled: No\r\nSoundsSearchCustomDir: No\r\n',
    );
  },

  CoreStatus(engine, _request, reply) {
    const [day = '', time = ''] = new Date(engine.core.startedAt).toISOString().split(/[T.]/);
    reply.ok(
      undefined,
      header('CoreStartupDate', day) +
        header('CoreStartupTime', time) +
        header('CoreReloadDate', day) +
        header('CoreReloadTime', time) +
        header('CoreCurrentCalls', engine.channels.byId.size) +
        header('CoreProcessedCalls', engine.core.channelsCreated),
    );
  },

  PJSIPShowEndpoints(engine, _request, reply) {
    const { endpoints } = engine.devices;
    if (endpoints.size === 0) return reply.error('No endpoints found');
    reply.listStart('A listing of Endpoints follows, presented as EndpointList events');
    for (const endpoint of endpoints.values()) reply.item('EndpointList', endpointHeaders(engine, endpoint));
    reply.listEnd('EndpointListComplete');
  },

  PJSIPShowEndpoint(engine, request, reply) {
    const name = request.get('Endpoint').replace(/^pjsip\//i, '');
    if (!name) return reply.error('PJSIPShowEndpoint requires an endpoint name');
    const endpoint = engine.devices.endpoints.get(`PJSIP/${name}`);
    if (!endpoint) return reply.error(`Unable to retrieve endpoint ${name}`);
    reply.listStart('Following are Events for each object associated with the Endpoint');
    reply.item('EndpointDetail', detailHeaders(engine, endpoint));
    reply.item('AorDetail', aorHeaders(endpoint));
    if (endpoint.registered) reply.item('ContactStatusDetail', contactDetail(endpoint));
    reply.listEnd('EndpointDetailComplete');
  },

  PJSIPShowContacts(engine, _request, reply) {
    const there = [...engine.devices.endpoints.values()].filter((endpoint) => endpoint.registered);
    if (there.length === 0) return reply.error('No Contacts found');
    reply.listStart('A listing of Contacts follows, presented as ContactList events');
    for (const endpoint of there) reply.item('ContactList', contactHeaders(engine, endpoint));
    reply.listEnd('ContactListComplete');
  },

  PJSIPShowRegistrationsOutbound(engine, _request, reply) {
    const trunks = [...engine.devices.endpoints.values()].filter(({ kind }) => kind === 'trunk');
    const registered = trunks.filter(({ registered: up }) => up).length;
    reply.listStart('Following are Events for each Outbound registration');
    for (const trunk of trunks) reply.item('OutboundRegistrationDetail', registrationHeaders(trunk));
    reply.listEnd(
      'OutboundRegistrationDetailComplete',
      header('Registered', registered) + header('NotRegistered', trunks.length - registered),
    );
  },

  VoicemailUsersList(engine, _request, reply) {
    const { mailboxes } = engine.features;
    if (mailboxes.size === 0) return reply.ok('There are no voicemail users currently defined.');
    reply.listStart('Voicemail user list will follow');
    for (const box of mailboxes.values()) {
      const body =
        header('VMContext', box.context) +
        header('VoiceMailbox', box.box) +
        header('Fullname', box.name) +
        header('Email', box.email) +
        'Pager: \r\nServerEmail: asterisk\r\nFromString: \r\nMailCommand: /usr/sbin/sendmail -t\r\nLanguage: \r\n' +
        'TimeZone: \r\nCallback: \r\nDialout: \r\nUniqueID: \r\nExitContext: \r\nSayDurationMinimum: 2\r\n' +
        'SayEnvelope: Yes\r\nSayCID: No\r\nAttachMessage: No\r\nAttachmentFormat: wav\r\nDeleteMessage: No\r\n' +
        'VolumeGain: 0.00\r\nCanReview: No\r\nCanMarkUrgent: Yes\r\nCallOperator: No\r\nMaxMessageCount: 100\r\n' +
        'MaxMessageLength: 300\r\n' +
        header('NewMessageCount', box.fresh) +
        header('OldMessageCount', box.old);
      reply.item('VoicemailUserEntry', body);
    }
    reply.listEnd('VoicemailUserEntryComplete');
  },

  MailboxCount(engine, request, reply) {
    const id = request.get('Mailbox');
    if (!id) return reply.error('Mailbox not specified');
    const box = engine.features.mailboxes.get(id.includes('@') ? id : `${id}@default`);
    reply.ok(
      'Mailbox Message Count',
      header('Mailbox', id) +
        header('UrgMessages', 0) +
        header('NewMessages', box?.fresh ?? 0) +
        header('OldMessages', box?.old ?? 0),
    );
  },

  MailboxStatus(engine, request, reply) {
    const id = request.get('Mailbox');
    if (!id) return reply.error('Mailbox not specified');
    const box = engine.features.mailboxes.get(id.includes('@') ? id : `${id}@default`);
    reply.ok('Mailbox Status', header('Mailbox', id) + header('Waiting', (box?.fresh ?? 0) > 0 ? 1 : 0));
  },
};

function endpointHeaders(engine: Engine, endpoint: Endpoint): string {
  const { name, contact, registered, device, channels } = endpoint;
  return (
    header('ObjectType', 'endpoint') +
    header('ObjectName', name) +
    'Transport: transport-udp\r\n' +
    header('Aor', name) +
    header('Auths', endpoint.kind === 'phone' ? name : '') +
    header('OutboundAuths', endpoint.kind === 'trunk' ? name : '') +
    header('Contacts', registered ? `${name}/${contact},` : '') +
    header('DeviceState', deviceWords[engine.devices.state(device)] ?? 'Unknown') +
    header('ActiveChannels', channels.size)
  );
}

/** The headers of EndpointDetail that mean something here; Asterisk prints every option of the object. */
function detailHeaders(engine: Engine, endpoint: Endpoint): string {
  const { name, caller, device } = endpoint;
  const callerId = caller.num ? `"${caller.name}" <${caller.num}>` : '<unknown>';
  return (
    header('ObjectType', 'endpoint') +
    header('ObjectName', name) +
    header('Context', endpoint.context) +
    'Disallow: \r\nAllow: (ulaw|alaw|g722)\r\nDtmfMode: rfc4733\r\n' +
    header('Aors', name) +
    header('Auth', endpoint.kind === 'phone' ? name : '') +
    header('Callerid', callerId) +
    header('Mailboxes', endpoint.mailbox) +
    header('Accountcode', endpoint.accountCode) +
    'DeviceStateBusyAt: 0\r\nTransport: transport-udp\r\n' +
    header('DeviceState', deviceWords[engine.devices.state(device)] ?? 'Unknown') +
    header('ActiveChannels', endpoint.channels.size)
  );
}

function aorHeaders(endpoint: Endpoint): string {
  const { name, mailbox, registered, contact } = endpoint;
  return (
    header('ObjectType', 'aor') +
    header('ObjectName', name) +
    header('Mailboxes', mailbox) +
    header('Contacts', registered ? `${name}/${contact},` : '') +
    header('TotalContacts', registered ? 1 : 0) +
    header('ContactsRegistered', registered && endpoint.kind === 'phone' ? 1 : 0) +
    header('EndpointName', name)
  );
}

function contactDetail(endpoint: Endpoint): string {
  const { name, contact } = endpoint;
  return (
    header('AOR', name) +
    header('URI', contact) +
    header('UserAgent', endpoint.userAgent) +
    header('EndpointName', name) +
    header('Status', 'Reachable') +
    header('RoundtripUsec', 21_450)
  );
}

function contactHeaders(engine: Engine, endpoint: Endpoint): string {
  const { name, contact, kind } = endpoint;
  const expires = kind === 'phone' ? engine.core.seconds() + 3600 : 0;
  return (
    header('ObjectType', 'contact') +
    header('ObjectName', `${name};@${Buffer.from(contact).toString('hex').slice(0, 32)}`) +
    header('ViaAddr', contact.replace(/^sip:(?:[^@]*@)?([^:;]*).*$/, '$1')) +
    'QualifyTimeout: 3.000000\r\nQualify2xxOnly: false\r\n' +
    header('CallId', `${name}-registration`) +
    'RegServer: \r\nPruneOnBoot: no\r\nPath: \r\n' +
    header('Endpoint', name) +
    'ViaPort: 5060\r\nAuthenticateQualify: no\r\n' +
    header('Uri', contact) +
    'QualifyFrequency: 60\r\n' +
    header('UserAgent', endpoint.userAgent) +
    header('ExpirationTime', expires) +
    'OutboundProxy: \r\nStatus: Reachable\r\nRoundtripUsec: 21450\r\n'
  );
}

function registrationHeaders(trunk: Endpoint): string {
  return (
    'ObjectType: registration\r\n' +
    header('ObjectName', trunk.name) +
    header('ClientUri', trunk.contact.replace('sip:', 'sip:office@')) +
    header('ServerUri', trunk.contact) +
    header('Endpoint', trunk.name) +
    header('Status', trunk.registered ? 'Registered' : 'Rejected') +
    header('NextReg', trunk.registered ? 1780 : 0)
  );
}
