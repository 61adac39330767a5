import { createHash } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { AmiServer, type AmiServerOptions } from './ami-server';
import { VirtualClock } from './clock';
import { startDemoPbx } from './demo';
import { Engine } from './engine';
import { installOffice } from './office';
import { SeededRandom } from './random';
import { scenarioOffice } from './scenario-office';
import { headersOf } from './testing';

/** A bare AMI client: sends text, hands out blocks in order of arrival. */
class Client {
  readonly closed: Promise<void>;
  private text = '';
  private readonly blocks: string[] = [];
  private readonly waiting: ((block: string) => void)[] = [];

  constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => this.receive(chunk.toString('utf8')));
    socket.on('error', () => {});
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
  }

  next(): Promise<string> {
    const block = this.blocks.shift();
    return block === undefined ? new Promise((resolve) => this.waiting.push(resolve)) : Promise.resolve(block);
  }

  /** Sends an action and returns the first block that is not an event of somebody else. */
  async ask(fields: Record<string, string>): Promise<Map<string, string>> {
    this.socket.write(
      `${Object.entries({ ...fields, ActionID: 'x1' })
        .map(([name, value]) => `${name}: ${value}`)
        .join('\r\n')}\r\n\r\n`,
    );
    for (;;) {
      const block = await this.next();
      if (block.startsWith('Response:'))
        return new Map([['Response', block.slice(10).split('\r\n')[0] ?? ''], ...headersOf(block)]);
    }
  }

  async event(name: string): Promise<Map<string, string>> {
    for (;;) {
      const block = await this.next();
      if (block.startsWith(`Event: ${name}\r\n`)) return new Map(headersOf(block));
    }
  }

  private receive(text: string): void {
    this.text = (this.text + text).replace(/^Asterisk Call Manager\/11\.0\.0\r\n/, '');
    for (let end = this.text.indexOf('\r\n\r\n'); end >= 0; end = this.text.indexOf('\r\n\r\n')) {
      const block = this.text.slice(0, end);
      this.text = this.text.slice(end + 4);
      const taker = this.waiting.shift();
      if (taker) taker(block);
      else this.blocks.push(block);
    }
  }
}

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function open(port: number): Promise<Client> {
  const socket = connect({ port, host: '127.0.0.1' });
  const client = new Client(socket);
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  cleanups.push(() => void socket.destroy());
  return client;
}

async function start(options: Partial<AmiServerOptions> = {}) {
  const clock = new VirtualClock();
  const engine = new Engine(clock, new SeededRandom(1));
  installOffice(engine, scenarioOffice);
  const server = await AmiServer.start({ engine, username: 'panel', secret: 's3cret', ...options });
  cleanups.push(() => server.close());
  const login = async () => {
    const client = await open(server.port);
    await client.ask({ Action: 'Login', Username: 'panel', Secret: 's3cret' });
    return client;
  };
  return { clock, engine, server, login };
}

describe('logging in', () => {
  it('greets as Asterisk 22, accepts the secret and says FullyBooted', async () => {
    const { server } = await start();
    const client = await open(server.port);
    const answer = await client.ask({ Action: 'Login', Username: 'panel', Secret: 's3cret' });
    expect(answer.get('Message')).toBe('Authentication accepted');
    expect((await client.event('FullyBooted')).get('Status')).toBe('Fully Booted');
  });

  it('accepts an MD5 challenge, and refuses one that was not asked for', async () => {
    const { server } = await start();
    const client = await open(server.port);
    const challenge = (await client.ask({ Action: 'Challenge', AuthType: 'MD5' })).get('Challenge') ?? '';
    const key = createHash('md5').update(`${challenge}s3cret`).digest('hex');
    const login = { Action: 'Login', AuthType: 'MD5', Username: 'panel', Key: key };
    expect((await client.ask(login)).get('Response')).toBe('Success');
    const stranger = await open(server.port);
    expect((await stranger.ask(login)).get('Message')).toBe('Authentication failed');
  });

  it('refuses a wrong secret and hangs up', async () => {
    const { server } = await start();
    const client = await open(server.port);
    const answer = await client.ask({ Action: 'Login', Username: 'panel', Secret: 'wrong' });
    expect(answer.get('Message')).toBe('Authentication failed');
    await client.closed;
  });

  it('does nothing for a stranger, who has to be quick', async () => {
    const { server } = await start({ authTimeoutMs: 60 });
    const client = await open(server.port);
    expect((await client.ask({ Action: 'CoreShowChannels' })).get('Message')).toBe('Permission denied');
    await client.closed;
  });
});

describe('hostile input', () => {
  it('is answered in Asterisk’s words, and the session lives on', async () => {
    const { login } = await start();
    const client = await login();
    const unknown = await client.ask({ Action: 'SIPpeers' });
    expect(unknown.get('Message')).toBe(
      'Invalid/unknown command: SIPpeers. Use Action: ListCommands to show available commands.',
    );
    const long = await client.ask({ Action: 'Ping', Note: 'x'.repeat(70_000) });
    expect(long.get('Message')).toBe('Failed to parse message: line too long');
    const many = Object.fromEntries(Array.from({ length: 130 }, (_, index) => [`Key${index}`, 'v']));
    const crowded = await client.ask({ Action: 'Ping', ...many });
    expect(crowded.get('Message')).toBe('Too many lines in message or allocation failure');
    expect((await client.ask({ Foo: 'bar' })).get('Message')).toBe('Missing action in request');
    client.socket.write(Buffer.from([0, 255, 13, 10, 13, 10, 254]));
    client.socket.write('\r\n\r\n');
    for (let answers = 0; answers < 2; answers += 1) expect(await client.next()).toContain('Missing action');
    expect((await client.ask({ Action: 'Ping' })).get('Ping')).toBe('Pong');
  });

  it('reads an action in single bytes', async () => {
    const { login } = await start();
    const client = await login();
    for (const byte of Buffer.from('Action: Ping\r\nActionID: é1\r\n\r\n')) client.socket.write(Buffer.from([byte]));
    await client.event('FullyBooted');
    expect(await client.next()).toContain('ActionID: é1');
  });

  it('cuts off a reader who does not read', async () => {
    const { engine, login } = await start({ maxBacklog: 200_000 });
    const client = await login();
    client.socket.pause();
    for (let count = 0; count < 20_000; count += 1) engine.features.userEvent('Flood', [['Text', 'x'.repeat(500)]]);
    client.socket.resume();
    await client.closed;
  });
});

describe('actions', () => {
  it('do not ring a phone in do-not-disturb', async () => {
    const { clock, engine, login } = await start();
    const client = await login();
    await client.ask({ Action: 'DBPut', Family: 'DND', Key: '105', Val: 'YES' });
    engine.phones.dial('101', '105');
    clock.advance(1_000);
    expect(engine.devices.state('PJSIP/105')).toBe('NOT_INUSE');
    await client.ask({ Action: 'DBDel', Family: 'DND', Key: '105' });
    engine.phones.dial('102', '105');
    clock.advance(1_000);
    expect(engine.devices.state('PJSIP/105')).toBe('RINGING');
  });

  it('call, transfer and hang up for real', async () => {
    const { clock, engine, login } = await start();
    const client = await login();
    const originate = {
      Action: 'Originate',
      Channel: 'PJSIP/101',
      Context: 'from-internal',
      Exten: '102',
      Priority: '1',
    };
    expect((await client.ask({ ...originate, Async: 'true' })).get('Message')).toBe('Originate successfully queued');
    clock.advance(1_000);
    const leg = [...engine.channels.byId.values()][0];
    expect(leg?.state).toBe(5);
    if (leg) engine.phones.answer(leg);
    expect((await client.event('OriginateResponse')).get('Response')).toBe('Success');
    clock.advance(1_000);
    expect(engine.devices.state('PJSIP/102')).toBe('RINGING');
    const redirect = {
      Action: 'Redirect',
      Channel: leg?.uniqueid ?? '',
      Context: 'from-internal',
      Exten: '103',
      Priority: '1',
    };
    expect((await client.ask(redirect)).get('Message')).toBe('Redirect successful');
    clock.advance(1_000);
    expect(engine.devices.state('PJSIP/102')).toBe('NOT_INUSE');
    expect(engine.devices.state('PJSIP/103')).toBe('RINGING');
    expect((await client.ask({ Action: 'Hangup', Channel: leg?.uniqueid ?? '' })).get('Message')).toBe(
      'Channel Hungup',
    );
    clock.advance(1_000);
    expect(engine.channels.byId.size).toBe(0);
    expect((await client.ask({ Action: 'Hangup', Channel: 'PJSIP/101-00000000' })).get('Message')).toBe(
      'No such channel',
    );
  });

  it('pause queue members and say what is wrong', async () => {
    const { engine, login } = await start();
    const client = await login();
    const pause = { Action: 'QueuePause', Interface: 'PJSIP/106', Paused: 'true', Reason: 'Lunch' };
    expect((await client.ask(pause)).get('Message')).toBe('Interface paused successfully');
    expect((await client.event('QueueMemberPause')).get('PausedReason')).toBe('Lunch');
    expect(engine.queues.byName.get('support')?.members[0]?.paused).toBe(true);
    expect((await client.ask({ ...pause, Interface: 'PJSIP/999' })).get('Message')).toBe('Interface not found');
  });

  it('set presence with commas and newlines, which cannot forge an event', async () => {
    const { login } = await start();
    const client = await login();
    const message = Buffer.from('One, two\r\nEvent: Forged').toString('base64');
    const variable = 'PRESENCE_STATE(CustomPresence:101)';
    await client.ask({ Action: 'Setvar', Variable: variable, Value: `away,,${message},e` });
    expect((await client.event('PresenceStateChange')).get('Message')).toBe('One, two\\r\\nEvent: Forged');
    expect((await client.event('PresenceStatus')).get('Message')).toBe('One, two  Event: Forged');
    const read = await client.ask({ Action: 'Getvar', Variable: 'PRESENCE_STATE(CustomPresence:101,message,e)' });
    expect(Buffer.from(read.get('Value') ?? '', 'base64').toString()).toBe('One, two\r\nEvent: Forged');
  });

  it('send only the events asked for', async () => {
    const { engine, login } = await start();
    const client = await login();
    expect((await client.ask({ Action: 'Events', EventMask: 'user' })).get('Events')).toBe('On');
    const filter = {
      Action: 'Filter',
      Operation: 'Add',
      MatchCriteria: 'action(exclude),name(UserEvent)',
      Filter: 'Quiet',
    };
    expect((await client.ask(filter)).get('Message')).toBe('Success');
    await client.ask({ Action: 'Filter', Operation: 'Add', Filter: '!^Event: (VarSet|DeviceStateChange)' });
    await client.ask({ Action: 'Events', EventMask: 'user,call' });
    engine.devices.set('Custom:x', 'BUSY');
    engine.features.userEvent('Quiet', []);
    engine.features.userEvent('Loud', []);
    expect(await client.next()).toContain('UserEvent: Loud');
  });
});

it('starts on a port and with a secret of its own, and frees the port', async () => {
  const pbx = await startDemoPbx({ seed: 1, life: false });
  const client = await open(pbx.port);
  expect(pbx.secret.length).toBeGreaterThan(20);
  const answer = await client.ask({ Action: 'Login', Username: pbx.username, Secret: pbx.secret });
  expect(answer.get('Response')).toBe('Success');
  const shutdown = client.event('Shutdown');
  await pbx.close();
  expect((await shutdown).get('Shutdown')).toBe('Cleanly');
  await client.closed;
});
