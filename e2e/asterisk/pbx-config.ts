import { dialplan } from './dialplan';
import type { AsteriskVersion } from './instance';
import { amiSecret, type Person, people, phoneSecret, sipPeople } from './people';

export interface PbxPorts {
  readonly sip: number;
  readonly ami: number;
  readonly amiTls: number;
  readonly http: number;
  readonly iax: number;
  /** Asterisk 16 alone: chan_sip's own port. */
  readonly chanSip: number;
  /** Where the carrier of the trunk listens: the phone farm. */
  readonly carrier: number;
}

export interface PbxConfigOptions {
  readonly version: AsteriskVersion;
  readonly ports: PbxPorts;
  /** Seconds a call stays in the default lot; default 45. Lot `short` always has 2. */
  readonly parkingSeconds?: number;
  /** `timestampevents` of manager.conf. */
  readonly timestampEvents?: boolean;
  /** PEM file (key and certificate), as the chroot sees it: switches AMI over TLS on. */
  readonly tlsCertificate?: string;
}

/** Configuration files of the test PBX, by name. */
export function pbxConfig(options: PbxConfigOptions): Record<string, string> {
  return {
    'pjsip.conf': pjsip(options.ports),
    // Without the file its module is not loaded.
    'pjsip_notify.conf': '; nothing of its own\n',
    'extensions.conf': dialplan(options.version),
    'manager.conf': manager(options),
    'http.conf': `[general]\nenabled = yes\nbindaddr = 127.0.0.1\nbindport = ${options.ports.http}\n`,
    'ari.conf': '[general]\nenabled = no\n',
    'queues.conf': queues(),
    'voicemail.conf': voicemail(),
    'res_parking.conf': parking(options.parkingSeconds ?? 45),
    'confbridge.conf': confbridge(),
    'features.conf': features(),
    'musiconhold.conf': '[default]\nmode = files\ndirectory = /usr/share/asterisk/sounds/en_US_f_Allison/digits\n',
    'iax.conf': `[general]\nbindport = ${options.ports.iax}\nbindaddr = 127.0.0.1\n[branch-iax]\ntype = friend\nhost = dynamic\nsecret = branch\ncontext = from-trunk\n`,
    'cli.conf': startupCommands(),
    // Nothing stores the records: they are there to be asked when a call was answered.
    'cdr.conf': '[general]\nenable = yes\n',
    'indications.conf':
      '[general]\ncountry = us\n[us]\ndescription = United States\nringcadence = 2000,4000\ndial = 350+440\nbusy = 480+620/500,0/500\nring = 440+480/2000,0/4000\ncongestion = 480+620/250,0/250\n',
    ...(options.version === 16 ? { 'sip.conf': chanSip(options.ports.chanSip) } : {}),
  };
}

function pjsip(ports: PbxPorts): string {
  return `[global]
type = global
endpoint_identifier_order = username,ip,anonymous
user_agent = test-pbx
[udp]
type = transport
protocol = udp
bind = 127.0.0.1:${ports.sip}

${people.map(endpoint).join('\n')}
[trunk-in]
type = endpoint
context = from-trunk
disallow = all
allow = ulaw
direct_media = no
[trunk-in]
type = identify
endpoint = trunk-in
match = 127.0.0.1

[carrier]
type = endpoint
context = from-trunk
disallow = all
allow = ulaw
direct_media = no
aors = carrier
[carrier]
type = aor
contact = sip:127.0.0.1:${ports.carrier}
qualify_frequency = 30
`;
}

function endpoint({ number, name, voicemail }: Person): string {
  const group = Number(number) <= 110 ? 'call_group = 1\npickup_group = 1\n' : '';
  return `[${number}]
type = endpoint
context = from-internal
disallow = all
allow = ulaw
auth = ${number}
aors = ${number}
callerid = "${name}" <${number}>
direct_media = no
rtp_symmetric = yes
timers = no
${group}${voicemail ? `mailboxes = ${number}@default\n` : ''}[${number}]
type = auth
auth_type = userpass
username = ${number}
password = ${phoneSecret(number)}
[${number}]
type = aor
max_contacts = 2
minimum_expiration = 10
`;
}

function manager({ ports, timestampEvents, tlsCertificate }: PbxConfigOptions): string {
  const tls = tlsCertificate
    ? `tlsenable = yes\ntlsbindaddr = 127.0.0.1:${ports.amiTls}\ntlscertfile = ${tlsCertificate}\ntlsprivatekey = ${tlsCertificate}\n`
    : '';
  return `[general]
enabled = yes
webenabled = yes
bindaddr = 127.0.0.1
port = ${ports.ami}
allowmultiplelogin = yes
displayconnects = no
timestampevents = ${timestampEvents ? 'yes' : 'no'}
${tls}
${account('full', 'all', 'all')}
${account('panel', 'call,agent,user,system,reporting', 'call,agent,originate,user,reporting,system')}
${account('nosystem', 'call,agent,user,system,reporting', 'call,agent,originate,user,reporting')}
${account('min', 'call,reporting', 'reporting,call')}
`;
}

function account(name: string, read: string, write: string): string {
  return `[${name}]\nsecret = ${amiSecret(name)}\ndeny = 0.0.0.0/0.0.0.0\npermit = 127.0.0.1/255.255.255.255\nread = ${read}\nwrite = ${write}\n`;
}

function queues(): string {
  const common = `timeout = 15
retry = 1
wrapuptime = 0
ringinuse = no
joinempty = yes
leavewhenempty = no
eventwhencalled = yes
announce-frequency = 0
servicelevel = 20
`;
  return `[general]
persistentmembers = yes
autofill = yes
monitor-type = MixMonitor

[support]
strategy = ringall
${common}member => PJSIP/106,0,Farah Haddad
member => Local/107@from-queue/n,0,Greta Lind,PJSIP/107

[sales]
strategy = rrmemory
${common}member => PJSIP/108,0,Hiro Tanaka
member => PJSIP/109,1,Ines Vidal

[billing]
strategy = ringall
${common}`;
}

function voicemail(): string {
  const boxes = people.filter((person) => person.voicemail);
  const lines = boxes.map(({ number, name }) => `${number} => 1234,${name},,,delete=no`);
  return `[general]
format = wav
maxsilence = 0
minsecs = 0
maxsecs = 60
skipms = 3000
attach = no
pollmailboxes = no
[default]
${lines.join('\n')}
`;
}

function parking(seconds: number): string {
  return `[general]
[default]
parkext = 700
parkext_exclusive = yes
parkpos = 701-710
context = parkedcalls
parkingtime = ${seconds}
comebacktoorigin = yes
findslot = first
parkedmusicclass = default
[short]
parkext = 720
parkext_exclusive = yes
parkpos = 721-725
context = parkedcalls
parkingtime = 2
comebacktoorigin = yes
comebackdialtime = 20
findslot = first
parkedmusicclass = default
`;
}

function confbridge(): string {
  return `[general]
[default_bridge]
type = bridge
max_members = 20
[default_user]
type = user
quiet = yes
talk_detection_events = yes
announce_user_count = no
[admin_user]
type = user
quiet = yes
admin = yes
marked = yes
talk_detection_events = yes
[default_menu]
type = menu
*1 = toggle_mute
*8 = leave_conference
`;
}

function features(): string {
  return `[general]
pickupexten = *8
featuredigittimeout = 800
transferdigittimeout = 2
atxfernoanswertimeout = 15
atxferdropcall = no
atxferabort = *1
atxfercomplete = *3
[featuremap]
blindxfer = ##
atxfer = *2
disconnect = *0
parkcall = #72
`;
}

/** AstDB rows of a FreePBX, written at each start. */
function startupCommands(): string {
  const rows = people.flatMap(({ number, name, ringSeconds, voicemail }) => [
    ['AMPUSER', `${number}/cidname`, name],
    ['AMPUSER', `${number}/cidnum`, number],
    ['AMPUSER', `${number}/device`, number],
    ['AMPUSER', `${number}/ringtimer`, String(ringSeconds)],
    ['AMPUSER', `${number}/voicemail`, voicemail ? 'default' : 'novm'],
    ['DEVICE', `${number}/dial`, `PJSIP/${number}`],
    ['DEVICE', `${number}/user`, number],
  ]);
  const commands = rows.map(([family, key, value]) => `database put ${family} ${key} "${value}" = yes`);
  return `[startup_commands]\n${commands.join('\n')}\n`;
}

function chanSip(port: number): string {
  const peers = sipPeople.map(
    ({ number, name }) => `[${number}]
type = friend
host = dynamic
secret = ${phoneSecret(number)}
context = from-internal
callerid = "${name}" <${number}>
qualify = no
disallow = all
allow = ulaw
callcounter = yes
`,
  );
  return `[general]
udpbindaddr = 127.0.0.1:${port}
context = from-trunk
allowguest = no
${peers.join('')}`;
}
