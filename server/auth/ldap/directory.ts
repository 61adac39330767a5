import { type Entry, type Filter, InvalidCredentialsError, NoSuchObjectError, ResultCodeError } from 'ldapts';
import type { LdapSettings } from '../../protocol/sign-in';
import type { Identity } from '../external-users';
import { Connection } from './connection';
import { fillFilter, filterOfId } from './filter';
import { attributesOf, idOf, isBinary, type Person, personOf } from './person';
import { DirectoryAwayError, DirectorySetupError, wordsOf } from './problems';

/** A connection on which the panel's own account may search. */
export interface Session {
  readonly url: string;
  readonly connection: Connection;
}

/** Servers of one directory, asked in their order. Each call has connections of its own, closed when it ends. */
export class Directory {
  constructor(
    private readonly settings: LdapSettings,
    /** Of `bindDn`; null: there is none. */
    private readonly password: string | null,
  ) {}

  /**
   * Who this is, groups included; null: there is no such person, or the password is wrong. Throws DirectoryAwayError when no
   * server answers, and DirectorySetupError when the settings do not fit.
   */
  async authenticate(username: string, password: string): Promise<Identity | null> {
    // A server takes a name without a password for nobody's sign-in, and says that it is good.
    if (password === '' || username.trim() === '') return null;
    return this.with(async (session) => {
      const person = await this.find(session, username);
      if (person === null) return null;
      const groups = await this.groupsOf(session, person);
      const right = await this.isPassword(session, person, password);
      return right ? { ...person.identity, groups } : null;
    });
  }

  /** Those of these ids who are still there, with their groups; one connection for all. Throws as `authenticate` does. */
  async stillThere(externalIds: readonly string[]): Promise<ReadonlyMap<string, Identity>> {
    return this.with(async (session) => {
      const found = new Map<string, Identity>();
      const { userFilter, attributes } = this.settings;
      for (const externalId of externalIds) {
        const filter = filterOfId(userFilter, attributes.id, idOf(externalId, attributes.id));
        const person = await this.one(session, filter);
        if (person === null) continue;
        found.set(externalId, { ...person.identity, groups: await this.groupsOf(session, person) });
      }
      return found;
    });
  }

  /** Connects to the first server that answers, and signs the panel's own account in. */
  async open(tell: (url: string, problem: string) => void = () => {}): Promise<Session> {
    const { urls, bindDn } = this.settings;
    if (bindDn !== '' && !this.password)
      throw new DirectorySetupError('The password of the account that searches is missing.');
    let last = '';
    for (const url of urls) {
      let connection: Connection | null = null;
      try {
        connection = await Connection.open(url, this.settings);
        await connection.bind(bindDn, bindDn === '' ? '' : (this.password ?? ''));
        return { url, connection };
      } catch (error) {
        await connection?.close();
        last = `${url}: ${wordsOf(error)}`;
        tell(url, wordsOf(error));
        if (error instanceof InvalidCredentialsError) throw new DirectorySetupError(`${last}.`, { cause: error });
      }
    }
    throw new DirectoryAwayError(last === '' ? 'No server is set up.' : `${last}.`);
  }

  /** Null: nobody, or more than one: then it is not clear whose password it would be. */
  async find(session: Session, username: string): Promise<Person | null> {
    return this.one(session, fillFilter(this.settings.userFilter, { username: username.trim() }));
  }

  /** DNs of the groups this person is in. */
  async groupsOf({ connection }: Session, person: Person): Promise<string[]> {
    const { groups, baseDn } = this.settings;
    if (groups.from === 'attribute') return [...person.memberOf];
    const filter = fillFilter(groups.filter, { dn: person.dn, username: person.identity.username });
    const options = { filter, attributes: ['1.1'], paged: { pageSize: 500 } };
    const entries = await search(connection, groups.baseDn === '' ? baseDn : groups.baseDn, options);
    return entries.map(({ dn }) => dn);
  }

  /** Tries it on a connection of its own, so that the one of the panel's account stays what it is. */
  async isPassword({ url }: Session, { dn }: Person, password: string): Promise<boolean> {
    if (password === '') return false;
    let connection: Connection | null = null;
    try {
      connection = await Connection.open(url, this.settings);
      await connection.bind(dn, password);
      return true;
    } catch (error) {
      if (isRefusal(error)) return false;
      throw away(url, error);
    } finally {
      await connection?.close();
    }
  }

  private async one({ connection }: Session, filter: Filter | string): Promise<Person | null> {
    const { attributes } = this.settings;
    const entries = await search(connection, this.settings.baseDn, {
      filter,
      attributes: attributesOf(this.settings),
      explicitBufferAttributes: isBinary(attributes.id) ? [attributes.id] : [],
      sizeLimit: 2,
    });
    const [entry, another] = entries;
    return entry === undefined || another !== undefined ? null : personOf(entry, this.settings);
  }

  private async with<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const session = await this.open();
    try {
      return await work(session);
    } catch (error) {
      if (error instanceof DirectorySetupError || error instanceof DirectoryAwayError) throw error;
      throw away(session.url, error);
    } finally {
      await session.connection.close();
    }
  }
}

/** A wrong password, or an account that may not sign in just now (locked, expired): for the person all the same. */
function isRefusal(error: unknown): boolean {
  const refusals = new Set([49, 19, 53, 50]);
  return error instanceof ResultCodeError && refusals.has(error.code);
}

function away(url: string, error: unknown): DirectoryAwayError | DirectorySetupError {
  const message = `${url}: ${wordsOf(error)}.`;
  if (error instanceof ResultCodeError) return new DirectorySetupError(message, { cause: error });
  return new DirectoryAwayError(message, { cause: error });
}

async function search(
  connection: Connection,
  base: string,
  options: Parameters<Connection['search']>[1],
): Promise<Entry[]> {
  try {
    return await connection.search(base, options);
  } catch (error) {
    if (!(error instanceof NoSuchObjectError)) throw error;
    throw new DirectorySetupError(`There is no ${base} in the directory, or the account may not read it.`, {
      cause: error,
    });
  }
}
