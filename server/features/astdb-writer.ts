import { AmiRefusedError } from '../ami/errors';
import type { AmiPort } from '../ami/types';
import type { WriteOutcome } from './backend';
import { attempt, isDenied, isMissing } from './pbx-answers';

/** A row of AstDB. Family, key and value are free of everything that dialplan functions or variable lists are cut at. */
export interface AstDbRow {
  readonly family: string;
  readonly key: string;
  /** Empty: there is to be no such row. */
  readonly value: string;
}

/**
 * `actions`: DBPut and DBDel, class `system`. `function`: Setvar of DB() and DB_DELETE(), class `call`; Asterisk from 12 on
 * allows the former only with `live_dangerously`. `dialplan`: Originate into docs/astdb.md's context, class `originate`.
 */
type Way = 'actions' | 'function' | 'dialplan';
const ladder: readonly Way[] = ['actions', 'function', 'dialplan'];

const context = 'cordboard-features';

/** Old PBXs end the answer to DBGet without telling so: do not hold the write up for that, ms. */
const readTimeoutMs = 3_000;

/** How often, and how long apart, AstDB is looked at until the dialplan has written it. */
const looks = { most: 40, everyMs: 50 } as const;

export interface AstDbWriterOptions {
  readonly ami: () => AmiPort | null;
  readonly pause: (ms: number) => Promise<void>;
}

/**
 * Writes AstDB in the first way that the account is allowed. What a connection was refused is not tried on it again:
 * Asterisk fixes an account's classes at login, and writes an error to its log for each blocked function.
 */
export class AstDbWriter {
  readonly #shut = new Set<string>();
  #session: { readonly ami: AmiPort; readonly since: number } | null = null;
  /** How the last row came in; null: none was tried yet. */
  #puts: Way | 'none' | null = null;

  constructor(private readonly options: AstDbWriterOptions) {}

  /** Never rejects. */
  async write(row: AstDbRow): Promise<WriteOutcome> {
    const outcome = await attempt(this.options.ami(), (ami) => this.#climb(ami, row));
    if (outcome.kind !== 'refused' || !this.#shut.has('actions')) return outcome;
    const instead = 'Instead, the dialplan of docs/astdb.md can write it (class "originate").';
    return { ...outcome, message: `${outcome.message} ${instead}` };
  }

  /** Where rows are not put by DBPut: how, in words; null: as they should be, or not known yet. */
  problem(): string | null {
    const lacking = 'The AMI account lacks the class "system" in write= of manager.conf';
    if (!this.#isSession(this.options.ami()) || this.#puts === null || this.#puts === 'actions') return null;
    if (this.#puts === 'function') return `${lacking}: AstDB is written by Setvar, as live_dangerously is on.`;
    if (this.#puts === 'dialplan') return `${lacking}: AstDB is written by the dialplan of docs/astdb.md.`;
    return `${lacking}: do-not-disturb and forwarding can only be set with it, or as docs/astdb.md says.`;
  }

  /** Goes down the ways until one is open; throws the refusal of the first when none is. */
  async #climb(ami: AmiPort, row: AstDbRow): Promise<null> {
    this.#renew(ami);
    const verb = row.value === '' ? 'remove' : 'put';
    for (const way of ladder) {
      const name = way === 'function' ? `${way} ${verb}` : way;
      if (this.#shut.has(name)) continue;
      if (await this.#try(ami, way, row)) {
        if (verb === 'put') this.#puts = way;
        return null;
      }
      // The dialplan can be loaded at any time.
      if (way !== 'dialplan') this.#shut.add(name);
    }
    if (verb === 'put') this.#puts = 'none';
    throw new AmiRefusedError(verb === 'put' ? 'DBPut' : 'DBDel', 'Permission denied');
  }

  /** False: this way is not open. */
  async #try(ami: AmiPort, way: Way, row: AstDbRow): Promise<boolean> {
    try {
      if (way === 'actions') await (row.value === '' ? remove(ami, row) : put(ami, row));
      else if (way === 'function') return await setByFunction(ami, row);
      else await this.#setByDialplan(ami, row);
      return true;
    } catch (error) {
      if (isDenied(error) || (way !== 'actions' && error instanceof AmiRefusedError)) return false;
      throw error;
    }
  }

  /** Refused at once where the context is not there: Asterisk looks up Exten before it calls Channel. */
  async #setByDialplan(ami: AmiPort, row: AstDbRow): Promise<void> {
    const verb = row.value === '' ? 'del' : 'put';
    const { family, key, value } = row;
    await ami.action('Originate', {
      Channel: `Local/${verb}@${context}/n`,
      Context: context,
      Exten: verb,
      Priority: 1,
      // Asterisk runs nothing else on this connection until an Originate that is not has ended.
      Async: true,
      Variable: [`CORDBOARD_FAMILY=${family}`, `CORDBOARD_KEY=${key}`, `CORDBOARD_VALUE=${value}`],
    });
    for (let look = 0; look < looks.most; look++) {
      if ((await holds(ami, row)) !== false) return;
      await this.options.pause(looks.everyMs);
    }
    throw new Error(`The dialplan context ${context} has not written AstDB ${family}/${key}.`);
  }

  #isSession(ami: AmiPort | null): boolean {
    return ami !== null && this.#session?.ami === ami && this.#session.since === ami.status.since;
  }

  #renew(ami: AmiPort): void {
    if (this.#isSession(ami)) return;
    this.#session = { ami, since: ami.status.since };
    this.#shut.clear();
    this.#puts = null;
  }
}

async function put(ami: AmiPort, { family, key, value }: AstDbRow): Promise<void> {
  await ami.action('DBPut', { Family: family, Key: key, Val: value });
}

async function remove(ami: AmiPort, row: AstDbRow): Promise<void> {
  try {
    await ami.action('DBDel', { Family: row.family, Key: row.key });
  } catch (error) {
    if (isMissing(error)) return;
    // Newer versions say "could not be deleted" for a key that was never there.
    if (!(error instanceof AmiRefusedError) || isDenied(error) || (await holds(ami, row)) !== true) throw error;
  }
}

async function setByFunction(ami: AmiPort, row: AstDbRow): Promise<boolean> {
  const name = row.value === '' ? 'DB_DELETE' : 'DB';
  await ami.action('Setvar', { Variable: `${name}(${row.family}/${row.key})`, Value: row.value });
  return (await holds(ami, row)) !== false;
}

/** Whether AstDB is as it is to be; null: it may not be read. */
async function holds(ami: AmiPort, { family, key, value }: AstDbRow): Promise<boolean | null> {
  try {
    return (await readAstDb(ami, family, key)) === value;
  } catch (error) {
    if (error instanceof AmiRefusedError) return null;
    throw error;
  }
}

/** Value of a row, '' when there is none. Throws AmiRefusedError when AstDB may not be read. */
export async function readAstDb(ami: AmiPort, family: string, key: string): Promise<string> {
  try {
    const items = ami.list('DBGet', { Family: family, Key: key }, { timeoutMs: readTimeoutMs });
    for await (const item of items) return item.get('Val') ?? '';
    return '';
  } catch (error) {
    if (isMissing(error)) return '';
    throw error;
  }
}
