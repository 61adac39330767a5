const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
const length = 32;

/** Letters and digits alone, which manager.conf and an AMI URL take as they are: 32 of them are 185 bits. */
export function randomSecret(fill: (bytes: Uint8Array) => Uint8Array): string {
  let secret = '';
  while (secret.length < length) {
    for (const byte of fill(new Uint8Array(length))) {
      // Bytes beyond the last whole multiple would make some letters likelier.
      if (byte >= letters.length * 4 || secret.length === length) continue;
      secret += letters[byte % letters.length];
    }
  }
  return secret;
}

/** The panel's address in a permit line: the one the browser uses, when it can be the one the PBX sees. */
export function permitAddress(hostname: string): string | null {
  const parts = hostname.split('.');
  const address = parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
  return address && parts[0] !== '127' && parts[0] !== '0' ? hostname : null;
}

/** `everything`: what the panel can do; `watching`: nobody can do anything with the calls, whatever the panel would ask. */
export type PbxAccess = 'everything' | 'watching';

export interface AccountBlock {
  readonly username: string;
  readonly secret: string;
  /** Null: not known here, a place to fill in. */
  readonly permit: string | null;
  readonly access?: PbxAccess;
}

const classes: Readonly<Record<PbxAccess, readonly [read: string, write: string]>> = {
  everything: ['call,agent,user,system,reporting', 'call,agent,originate,user,reporting,system'],
  watching: ['call,agent,user,system,reporting', 'reporting'],
};

/** The least-privilege account for manager.conf. */
export function managerConf({ username, secret, permit, access = 'everything' }: AccountBlock): string {
  const [read, write] = classes[access];
  return [`[${username}]`, `secret = ${secret}`, ...permitLines(permit), `read = ${read}`, `write = ${write}`].join(
    '\n',
  );
}

function permitLines(permit: string | null): readonly string[] {
  const note = "; the panel's address";
  if (permit?.includes(':')) return ['deny = 0.0.0.0/0.0.0.0', 'deny = ::/0', `permit = ${permit}/128   ${note}`];
  return ['deny = 0.0.0.0/0.0.0.0', `permit = ${permit ?? '192.0.2.10'}/255.255.255.255   ${note}`];
}

/** `freepbx` keeps what is written by hand in files of its own. */
export type PbxKind = 'asterisk' | 'freepbx';

export const confFile: Readonly<Record<PbxKind, string>> = {
  asterisk: '/etc/asterisk/manager.conf',
  freepbx: '/etc/asterisk/manager_custom.conf',
};

/** To be pasted into a root shell of the PBX: adds the account and makes it known. */
export function shellCommand(conf: string, kind: PbxKind): string {
  return `cat >> ${confFile[kind]} <<'END'\n\n${conf}\nEND\nasterisk -rx 'manager reload'`;
}
