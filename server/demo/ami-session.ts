import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';
import { type AmiInput, AmiInputParser } from './ami-input';
import { commandLines, isAllowed } from './ami-privileges';
import { type AmiActions, AmiReply, AmiRequest } from './ami-reply';
import { header } from './blocks';
import type { EventClass, PbxBlock } from './core';
import type { Engine } from './engine';
import { type EventFilter, parseFilter, passes } from './event-filter';

/** An account of manager.conf. */
export interface AmiAccount {
  readonly username: string;
  readonly secret: string;
  /** Classes of `read=` and `write=`; default: all. */
  readonly read?: readonly EventClass[];
  readonly write?: readonly string[];
}

export interface AmiSessionOptions {
  readonly engine: Engine;
  readonly actions: AmiActions;
  readonly accounts: readonly AmiAccount[];
  /** Milliseconds to log in; Asterisk's `authtimeout`. */
  readonly authTimeoutMs: number;
  /** Bytes a slow reader may owe before it is cut off. */
  readonly maxBacklog: number;
}

const classes: readonly EventClass[] = ['call', 'agent', 'system', 'dialplan', 'user', 'reporting', 'dtmf'];
const writeClasses: readonly string[] = ['system', 'call', 'agent', 'user', 'reporting', 'originate'];

/** One AMI connection: greeting, login, actions, events. */
export class AmiSession {
  private account: AmiAccount | null = null;
  private challenge = '';
  private mask = new Set<EventClass>(classes);
  private readonly filters: EventFilter[] = [];
  private readonly parser: AmiInputParser;
  private readonly timeout: NodeJS.Timeout;
  private closed = false;
  /** Events raised by the action that runs: like Asterisk, answer first. Null between actions. */
  private pending: string[] | null = null;

  constructor(
    private readonly socket: Socket,
    private readonly options: AmiSessionOptions,
    private readonly onClose: (session: AmiSession) => void,
  ) {
    this.parser = new AmiInputParser((input) => this.receive(input));
    this.timeout = setTimeout(() => this.close(), options.authTimeoutMs);
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.parser.push(chunk));
    socket.on('error', () => this.close());
    socket.on('close', () => this.close());
    this.write('Asterisk Call Manager/11.0.0\r\n');
  }

  get loggedIn(): boolean {
    return this.account !== null;
  }

  event(block: PbxBlock): void {
    if (!this.hears(block.class) || !passes(this.filters, block)) return;
    if (this.pending) this.pending.push(block.text);
    else this.write(block.text);
  }

  /** Asterisk's last words before a clean stop, then the end. */
  shutdown(): void {
    if (this.hears('system')) {
      this.write('Event: Shutdown\r\nPrivilege: system,all\r\nShutdown: Cleanly\r\nRestart: False\r\n\r\n');
    }
    this.socket.end();
    this.close();
  }

  /** Cuts the connection without a word. */
  destroy(): void {
    this.close();
  }

  private hears(one: EventClass): boolean {
    return this.account !== null && this.mask.has(one) && (this.account.read ?? classes).includes(one);
  }

  private receive(input: AmiInput): void {
    if (this.closed) return;
    const request = new AmiRequest(input.headers);
    const reply = new AmiReply(request);
    this.pending = [];
    try {
      this.answer(input, request, reply);
    } catch (error) {
      // A fault of the demo must not take the panel with it, nor stay unseen.
      process.emitWarning(error instanceof Error ? error : String(error));
      reply.clear();
      reply.error('Internal error');
    }
    const raised = this.pending.join('');
    this.pending = null;
    this.write(reply.text + raised);
  }

  private answer(input: AmiInput, request: AmiRequest, reply: AmiReply): void {
    if (input.kind === 'lineTooLong') reply.error('Failed to parse message: line too long');
    else if (input.kind === 'tooManyLines') reply.error('Too many lines in message or allocation failure');
    else if (!request.get('Action')) reply.error('Missing action in request');
    else this.act(request, reply);
  }

  private act(request: AmiRequest, reply: AmiReply): void {
    const name = request.get('Action').toLowerCase();
    if (name === 'login') {
      this.login(request, reply);
      return;
    }
    if (name === 'challenge') {
      this.giveChallenge(request, reply);
      return;
    }
    if (name === 'logoff') {
      this.logoff(reply);
      return;
    }
    if (this.account === null) {
      reply.error('Permission denied');
      return;
    }
    const write = new Set(this.account.write ?? writeClasses);
    if (name === 'events') {
      this.events(request, reply);
      return;
    }
    if (name === 'listcommands') {
      reply.ok(undefined, commandLines(write));
      return;
    }
    if (name === 'filter' && isAllowed(name, write)) {
      this.filter(request, reply);
      return;
    }
    const action = this.options.actions.get(name);
    if (action && !isAllowed(name, write)) reply.error('Permission denied');
    else if (action) action(this.options.engine, request, reply);
    else {
      const shown = request.get('Action').slice(0, 400);
      reply.error(`Invalid/unknown command: ${shown}. Use Action: ListCommands to show available commands.`);
    }
  }

  private login(request: AmiRequest, reply: AmiReply): void {
    if (this.account !== null) {
      reply.ok('Already authenticated');
      return;
    }
    const account = this.options.accounts.find((one) => this.credentialsHold(request, one));
    if (!account) {
      reply.error('Authentication failed');
      this.write(reply.text);
      reply.clear();
      this.socket.end();
      this.close();
      return;
    }
    this.account = account;
    clearTimeout(this.timeout);
    const events = request.get('Events');
    if (events) this.setMask(events);
    reply.ok('Authentication accepted');
    this.write(reply.text);
    reply.clear();
    if (!this.hears('system')) return;
    const { core } = this.options.engine;
    const uptime = Math.floor((core.clock.now() - core.startedAt) / 1000);
    this.write(
      `Event: FullyBooted\r\nPrivilege: system,all\r\n${header('Uptime', uptime)}${header('LastReload', uptime)}` +
        'Status: Fully Booted\r\n\r\n',
    );
  }

  private credentialsHold(request: AmiRequest, { username, secret }: AmiAccount): boolean {
    const named = equal(request.get('Username'), username);
    if (request.get('AuthType').toUpperCase() !== 'MD5') return equal(request.get('Secret'), secret) && named;
    if (!this.challenge) return false;
    const key = createHash('md5').update(`${this.challenge}${secret}`).digest('hex');
    return equal(request.get('Key').toLowerCase(), key) && named;
  }

  private giveChallenge(request: AmiRequest, reply: AmiReply): void {
    if (request.get('AuthType').toUpperCase() !== 'MD5') {
      reply.error('Must specify AuthType');
      return;
    }
    this.challenge ||= String(randomInt(100_000_000, 999_999_999));
    reply.ok(undefined, header('Challenge', this.challenge));
  }

  private logoff(reply: AmiReply): void {
    reply.goodbye('Thanks for all the fish.');
    this.write(reply.text);
    reply.clear();
    this.socket.end();
    this.close();
  }

  private events(request: AmiRequest, reply: AmiReply): void {
    const on = this.setMask(request.get('EventMask'));
    if (on === null) reply.error('Invalid event mask');
    else reply.ok(undefined, `Events: ${on ? 'On' : 'Off'}\r\n`);
  }

  /** Null when the mask is not one. */
  private setMask(text: string): boolean | null {
    const mask = text.trim().toLowerCase();
    if (/^(off|no|false|0)$/.test(mask)) this.mask = new Set();
    else if (/^(on|yes|true|all|-1)$/.test(mask)) this.mask = new Set(classes);
    else {
      const named = classes.filter((one) => mask.split(',').some((word) => word.trim() === one));
      if (named.length === 0) return null;
      this.mask = new Set(named);
    }
    return this.mask.size > 0;
  }

  private filter(request: AmiRequest, reply: AmiReply): void {
    if (request.get('Operation').toLowerCase() !== 'add') {
      reply.error('Unknown operation');
      return;
    }
    const filter = parseFilter(request.get('MatchCriteria'), request.get('Filter'));
    if (!filter) {
      reply.error('Filter was formatted incorrectly.  Check the syntax of the filter given.');
      return;
    }
    if (this.filters.length < 200) this.filters.push(filter);
    reply.ok('Success');
  }

  private write(text: string): void {
    if (this.closed || text === '') return;
    this.socket.write(text);
    // Asterisk, too, hangs up on those who do not read (`writetimeout`).
    if (this.socket.writableLength > this.options.maxBacklog) this.close();
  }

  private close(): void {
    if (this.closed) return;
    this.closed = true;
    clearTimeout(this.timeout);
    // `end` above lets the last words out first; a reader that hangs is cut a second later.
    if (this.socket.writableEnded) setTimeout(() => this.socket.destroy(), 1_000).unref();
    else this.socket.destroy();
    this.onClose(this);
  }
}

function equal(given: string, wanted: string): boolean {
  const one = createHash('sha256').update(given).digest();
  return timingSafeEqual(one, createHash('sha256').update(wanted).digest());
}
