import { AmiRefusedError } from '../ami/errors';
import type { AmiFields, AmiMessage, AmiPort } from '../ami/types';

function message(headers: Readonly<Record<string, string>>): AmiMessage {
  return {
    name: 'x',
    kind: 'event',
    get: (header) => headers[header],
    all: (header) => (headers[header] === undefined ? [] : [headers[header]]),
    entries: () => Object.entries(headers)[Symbol.iterator](),
  };
}

/** An Asterisk with an AstDB and custom device states, that writes down what it is told. Its words are Asterisk's. */
export class FakeAstDb implements AmiPort {
  status = { state: 'ready', since: 0, failure: null, amiVersion: '11.0.0' } as const as AmiPort['status'];
  readonly heard: string[] = [];
  readonly rows = new Map<string, string>();
  readonly lamps = new Map<string, string>();
  /** Thrown instead of doing the action of that name. */
  readonly failures = new Map<string, Error>();
  /** What DBDel of an absent key answers: the words differ by version. */
  absent = 'Database entry not found';
  /** `live_dangerously` of asterisk.conf. */
  dangerous = false;
  /** What the context of docs/astdb.md does with a row; undefined: there is no such context. */
  dialplan: ((path: string, value: string) => void) | undefined;

  /** An account without that class of manager.conf. */
  without(...classes: readonly ('system' | 'call' | 'originate' | 'reporting')[]): this {
    const actions = { system: ['DBPut', 'DBDel'], call: ['Setvar'], originate: ['Originate'], reporting: ['DBGet'] };
    for (const name of classes.flatMap((one) => actions[one])) {
      this.failures.set(name, new AmiRefusedError(name, 'Permission denied'));
    }
    return this;
  }

  set(path: string, value: string): void {
    if (value === '') this.rows.delete(path);
    else this.rows.set(path, value);
  }

  async action(name: string, fields: AmiFields = {}): Promise<AmiMessage> {
    this.#write(name, fields);
    const path = `${fields.Family}/${fields.Key}`;
    if (name === 'DBPut') this.rows.set(path, String(fields.Val));
    if (name === 'DBDel' && !this.rows.delete(path)) throw new AmiRefusedError(name, this.absent);
    if (name === 'Setvar') this.#setvar(String(fields.Variable), String(fields.Value));
    if (name === 'Originate') this.#originate(fields.Variable as readonly string[]);
    return message({ Response: 'Success' });
  }

  async *list(name: string, fields: AmiFields = {}): AsyncIterable<AmiMessage> {
    this.#write(name, fields);
    const value = this.rows.get(`${fields.Family}/${fields.Key}`);
    if (value === undefined) throw new AmiRefusedError(name, 'Database entry not found');
    yield message({ Val: value });
  }

  #setvar(variable: string, value: string): void {
    const [, name, path = ''] = /^(\w+)\((.*)\)$/.exec(variable) ?? [];
    if (name === 'DEVICE_STATE') this.lamps.set(path, value);
    if (name === 'DB_DELETE') this.rows.delete(path);
    if (name !== 'DB') return;
    if (!this.dangerous) throw new AmiRefusedError('Setvar', 'Variable not set');
    this.rows.set(path, value);
  }

  #originate(variables: readonly string[]): void {
    if (this.dialplan === undefined) throw new AmiRefusedError('Originate', 'Extension does not exist.');
    const [family, key, value] = variables.map((one) => one.slice(one.indexOf('=') + 1));
    this.dialplan(`${family}/${key}`, value ?? '');
  }

  #write(name: string, fields: AmiFields): void {
    this.heard.push([name, ...Object.entries(fields).map(([key, value]) => `${key}: ${value}`)].join(' | '));
    const failure = this.failures.get(name);
    if (failure !== undefined) throw failure;
  }
}
