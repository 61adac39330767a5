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

export interface AccountBlock {
  readonly username: string;
  readonly secret: string;
  /** Null: not known here, a place to fill in. */
  readonly permit: string | null;
}

/** The least-privilege account for manager.conf. */
export function managerConf({ username, secret, permit }: AccountBlock): string {
  return [
    `[${username}]`,
    `secret = ${secret}`,
    'deny = 0.0.0.0/0.0.0.0',
    `permit = ${permit ?? '192.0.2.10'}/255.255.255.255   ; the panel's address`,
    'read = call,agent,user,system,reporting',
    'write = call,agent,originate,user,reporting,system',
  ].join('\n');
}
