import { people, phoneSecret, sipPeople } from './people';

export interface FarmPorts {
  readonly sip: number;
  readonly ami: number;
  readonly http: number;
}

export interface FarmConfigOptions {
  readonly ports: FarmPorts;
  /** Where the PBX listens for SIP. */
  readonly pbxSip: number;
  /** Registers 1000 and 1001 with chan_sip on this port (Asterisk 16). */
  readonly chanSip?: number;
}

/** The farm's own account, for AMI and ARI. */
export const farmAccount = { username: 'farm', secret: 'farm-secret' } as const;

/** Configuration files of the second Asterisk, whose endpoints are the phones and the carrier. */
export function farmConfig({ ports, pbxSip, chanSip }: FarmConfigOptions): Record<string, string> {
  const phones = people.map(({ number }) => phone(number, pbxSip));
  const oldPhones = chanSip === undefined ? [] : sipPeople.map(({ number }) => phone(number, chanSip));
  return {
    'pjsip.conf': `[global]
type = global
user_agent = test-phone
[udp]
type = transport
protocol = udp
bind = 127.0.0.1:${ports.sip}

${[...phones, ...oldPhones].join('\n')}
[carrier]
type = endpoint
context = carrier
disallow = all
allow = ulaw
direct_media = no
aors = carrier
[carrier]
type = aor
contact = sip:127.0.0.1:${pbxSip}
[carrier]
type = identify
endpoint = carrier
match = 127.0.0.1
`,
    'extensions.conf': `[phone]
exten => _X.,1,Stasis(farm,in,\${EXTEN})
 same => n,Hangup()
[carrier]
exten => _X.,1,Stasis(farm,carrier,\${EXTEN})
 same => n,Hangup()
`,
    'manager.conf': `[general]
enabled = yes
bindaddr = 127.0.0.1
port = ${ports.ami}
displayconnects = no
[${farmAccount.username}]
secret = ${farmAccount.secret}
read = call,system
write = all
`,
    'http.conf': `[general]\nenabled = yes\nbindaddr = 127.0.0.1\nbindport = ${ports.http}\n`,
    'ari.conf': `[general]\nenabled = yes\n[${farmAccount.username}]\ntype = user\nread_only = no\npassword = ${farmAccount.secret}\n`,
    'iax.conf': '[general]\nbindport = 0\n',
    'cdr.conf': '[general]\nenable = no\n',
    'indications.conf':
      '[general]\ncountry = us\n[us]\ndescription = United States\nringcadence = 2000,4000\ndial = 350+440\nbusy = 480+620/500,0/500\nring = 440+480/2000,0/4000\ncongestion = 480+620/250,0/250\n',
  };
}

function phone(number: string, registrar: number): string {
  const id = `ph${number}`;
  return `[${id}]
type = endpoint
context = phone
disallow = all
allow = ulaw
aors = ${id}
outbound_auth = ${id}
from_user = ${number}
moh_passthrough = yes
direct_media = no
timers = no
[${id}]
type = aor
contact = sip:127.0.0.1:${registrar}
[${id}]
type = auth
auth_type = userpass
username = ${number}
password = ${phoneSecret(number)}
[${id}]
type = registration
server_uri = sip:127.0.0.1:${registrar}
client_uri = sip:${number}@127.0.0.1:${registrar}
contact_user = ${number}
outbound_auth = ${id}
endpoint = ${id}
line = yes
retry_interval = 1
forbidden_retry_interval = 2
fatal_retry_interval = 2
max_retries = 100000
auth_rejection_permanent = no
expiration = 3600
max_random_initial_delay = 0
transport = udp
`;
}
