import { isIP } from 'node:net';
import { Client, type Entry, type SearchOptions } from 'ldapts';
import type { LdapSettings } from '../../protocol/sign-in';

export type ServerSettings = Pick<LdapSettings, 'startTls' | 'ca' | 'timeoutSeconds'>;

/**
 * One connection to one server, encrypted before anything is said on it where that is asked for. It never connects again
 * by itself: the second connection would be a plain one.
 */
export class Connection {
  private constructor(
    private readonly client: Client,
    private readonly timeoutMs: number,
  ) {}

  static async open(url: string, settings: ServerSettings): Promise<Connection> {
    const timeout = settings.timeoutSeconds * 1000;
    const target = new URL(url);
    const secure = target.protocol === 'ldaps:';
    const tls = tlsOf(target.hostname, settings.ca);
    const options = { url: plainUrl(target, secure), timeout, connectTimeout: timeout };
    const client = new Client(secure ? { ...options, tlsOptions: tls } : options);
    const connection = new Connection(client, timeout);
    try {
      if (!secure && settings.startTls) await connection.encrypt(tls);
      return connection;
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  /** Throws InvalidCredentialsError. A password must not be empty: the server would take that for nobody's sign-in. */
  async bind(dn: string, password: string): Promise<void> {
    if (dn !== '' && password === '') throw new Error('an empty password proves nothing');
    this.refuseSecondConnection();
    await this.client.bind(dn, password);
    this.#used = true;
  }

  /** Entries below `base`; referrals to other servers are not followed. */
  async search(base: string, options: SearchOptions): Promise<Entry[]> {
    this.refuseSecondConnection();
    const timeLimit = Math.ceil(this.timeoutMs / 1000);
    const { searchEntries } = await this.client.search(base, {
      scope: 'sub',
      timeLimit,
      derefAliases: 'never',
      ...options,
    });
    this.#used = true;
    return searchEntries;
  }

  async close(): Promise<void> {
    await this.client.unbind().catch(() => undefined);
  }

  #used = false;

  private async encrypt(tls: TlsOptions): Promise<void> {
    await within(this.timeoutMs, this.client.startTLS(tls));
    this.#used = true;
    // What came before the encryption did not come from the server: half a message there would become part of its answer.
    const parser: unknown = Reflect.get(this.client, 'messageParser');
    if (typeof parser !== 'object' || parser === null) throw new Error('this version of the LDAP library is not known');
    if (Reflect.get(parser, 'buffer') !== undefined) throw new Error('something was slipped in before the encryption');
  }

  private refuseSecondConnection(): void {
    if (this.#used && !this.client.isConnected)
      throw new Error('Connection closed before message response was received');
  }
}

interface TlsOptions {
  readonly host: string;
  readonly servername?: string;
  readonly ca?: string;
  readonly minVersion: 'TLSv1.2';
}

function tlsOf(hostname: string, ca: string): TlsOptions {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  return {
    host,
    minVersion: 'TLSv1.2',
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(ca === '' ? {} : { ca }),
  };
}

/** Scheme in small letters, no path. */
function plainUrl({ hostname, port }: URL, secure: boolean): string {
  return `${secure ? 'ldaps' : 'ldap'}://${hostname}${port === '' ? '' : `:${port}`}`;
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('StartTLS: Operation timed out')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
