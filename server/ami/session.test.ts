import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  AmiAbortedError,
  AmiFieldError,
  AmiLinkError,
  AmiLinkLostError,
  AmiNotConnectedError,
  AmiRefusedError,
  AmiTimeoutError,
} from './errors';
import { AmiSession } from './session';
import { announced, FakeClock, type FakeWire, fakeWires, snapshot } from './testing';
import type { AmiMessage, SessionStatus, TamperIncident } from './types';

interface Rig {
  readonly session: AmiSession;
  readonly clock: FakeClock;
  readonly wires: FakeWire[];
  readonly events: AmiMessage[];
  readonly states: SessionStatus[];
  readonly tampers: TamperIncident[];
  wire(): FakeWire;
}

function rig(
  options: {
    encrypted?: boolean;
    plain?: boolean;
    wants?: (name: string) => boolean;
    onStatus?: (s: SessionStatus) => void;
  } = {},
): Rig {
  const clock = new FakeClock();
  const { wires, factory } = fakeWires(options.encrypted);
  const events: AmiMessage[] = [];
  const states: SessionStatus[] = [];
  const tampers: TamperIncident[] = [];
  const session = new AmiSession({
    connect: {
      host: 'h',
      port: 5038,
      username: 'panel',
      secret: 'hush',
      ...(options.plain ? { allowPlainLogin: true } : {}),
    },
    wants: options.wants ?? ((name) => name !== 'FullyBooted'),
    clock,
    random: () => 0.5,
    transportFactory: factory,
    handlers: {
      event: (message) => events.push(message),
      status: (status) => {
        states.push(status);
        options.onStatus?.(status);
      },
      tamper: (incident) => tampers.push(incident),
    },
  });
  const wire = (): FakeWire => {
    const last = wires.at(-1);
    if (last === undefined) throw new Error('no wire');
    return last;
  };
  return { session, clock, wires, events, states, tampers, wire };
}

const GREETING = 'Asterisk Call Manager/11.0.0\r\n';
const BOOTED = announced('FullyBooted', 'Uptime: 1\r\nLastReload: 1\r\nStatus: Fully Booted\r\n', 'system,all');
/** Promises of the login run on; no time passes. */
const settle = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await Promise.resolve();
};

async function challenge(r: Rig): Promise<void> {
  r.wire().give(GREETING);
  await settle();
  r.wire().answer('Challenge', 'Challenge: 4711\r\n');
  await settle();
}

async function ready(options: Parameters<typeof rig>[0] = {}): Promise<Rig> {
  const r = rig(options);
  r.session.start();
  await challenge(r);
  r.wire().answer('Login', 'Message: Authentication accepted\r\n');
  r.wire().give(BOOTED);
  return r;
}

const names = (r: Rig): string[] => r.states.map((status) => status.state);

describe('login', () => {
  it('goes through every state; MD5, no secret on the wire, unwanted classes left out', async () => {
    const r = await ready();
    expect(names(r)).toEqual(['connecting', 'loggingIn', 'booting', 'ready']);
    expect(r.session.status).toMatchObject({ state: 'ready', amiVersion: '11.0.0', failure: null });
    const login = r.wire().last('Login');
    expect(login.get('Key')).toBe(createHash('md5').update('4711hush').digest('hex'));
    expect(login.get('Events')?.split(',')).not.toContain('dialplan');
    expect(JSON.stringify(r.wire().sent.map((fields) => [...fields]))).not.toContain('hush');
  });

  it('takes FullyBooted in the same bytes as the answer', async () => {
    const r = rig();
    r.session.start();
    await challenge(r);
    r.wire().give(`Response: Success\r\nActionID: ${r.wire().last('Login').get('ActionID')}\r\n\r\n${BOOTED}`);
    expect(r.session.status.state).toBe('ready');
  });

  it('goes on by a Ping where FullyBooted is not to be seen; one that comes later says ready once more', async () => {
    const r = rig();
    r.session.start();
    await challenge(r);
    r.wire().answer('Login', '');
    expect(r.session.status.state).toBe('booting');
    r.clock.advance(2_000);
    r.wire().answer('Ping', 'Ping: Pong\r\n');
    expect(r.session.status.state).toBe('ready');
    r.wire().give(BOOTED);
    r.wire().give(BOOTED);
    expect(names(r).slice(-4)).toEqual(['booting', 'ready', 'booting', 'ready']);
  });

  it('waits 30 s and more after a bad secret', async () => {
    const r = rig();
    r.session.start();
    await challenge(r);
    r.wire().answer('Login', 'Message: Authentication failed\r\n', 'Error');
    await settle();
    expect(r.session.status).toMatchObject({ state: 'waiting', failure: { kind: 'badSecret' } });
    expect(r.session.status.failure?.message).not.toContain('hush');
    r.clock.advance(29_999);
    expect(r.wires).toHaveLength(1);
    r.clock.advance(10_000);
    expect(r.wires).toHaveLength(2);
  });

  it('sends the secret only over TLS or where allowed, when MD5 is refused', async () => {
    for (const [options, plain] of [
      [{}, false],
      [{ encrypted: true }, true],
      [{ plain: true }, true],
    ] as const) {
      const r = rig(options);
      r.session.start();
      r.wire().give(GREETING);
      await settle();
      r.wire().answer('Challenge', 'Message: Must specify AuthType\r\n', 'Error');
      await settle();
      expect(r.wire().count('Login')).toBe(plain ? 1 : 0);
      if (plain) expect(r.wire().last('Login').get('Secret')).toBe('hush');
      else expect(r.session.status.failure?.kind).toBe('badSecret');
    }
  });

  it('knows what is no Asterisk, what never greets, and what never answers', async () => {
    const other = rig();
    other.session.start();
    other.wire().give('SSH-2.0-OpenSSH_9.2\r\n');
    expect(other.session.status.failure?.kind).toBe('notAsterisk');
    const mute = rig();
    mute.session.start();
    mute.clock.advance(5_000);
    expect(mute.session.status.failure?.kind).toBe('timeout');
    const stuck = rig();
    stuck.session.start();
    stuck.wire().give(GREETING);
    await settle();
    stuck.clock.advance(10_000);
    expect(stuck.session.status.failure?.kind).toBe('timeout');
  });

  it('an account in use is tried again soon', async () => {
    const r = rig();
    r.session.start();
    r.wire().give(GREETING);
    await settle();
    r.wire().answer('Challenge', 'Message: Login Already In Use\r\n', 'Error');
    await settle();
    expect(r.session.status.failure?.kind).toBe('refused');
  });
});

describe('actions', () => {
  it('20 at once, answered in any order, each get their own answer', async () => {
    const r = await ready();
    const calls = Array.from({ length: 20 }, (_, i) => r.session.action('Getvar', { Variable: `V${i}` }));
    const sent = r.wire().sent.filter((fields) => fields.get('Action') === 'Getvar');
    expect(new Set(sent.map((fields) => fields.get('ActionID'))).size).toBe(20);
    for (const fields of [...sent].reverse()) {
      r.wire().give(
        `Response: Success\r\nActionID: ${fields.get('ActionID')}\r\nValue: ${fields.get('Variable')}\r\n\r\n`,
      );
    }
    expect((await Promise.all(calls)).map((answer) => answer.get('Value'))).toEqual(calls.map((_, i) => `V${i}`));
  });

  it('reject with Asterisk’s own words', async () => {
    const r = await ready();
    const call = r.session.action('Hangup', { Channel: 'x' });
    r.wire().answer('Hangup', 'Message: No such channel\r\n', 'Error');
    await expect(call).rejects.toThrow(new AmiRefusedError('Hangup', 'No such channel'));
  });

  it('time out each by themselves; a late answer is nobody’s', async () => {
    const r = await ready();
    const call = r.session.action('Status', {}, { timeoutMs: 50 });
    const failed = expect(call).rejects.toBeInstanceOf(AmiTimeoutError);
    r.clock.advance(50);
    await failed;
    r.wire().answer('Status', '');
    expect(r.events).toEqual([]);
  });

  it('are refused at once while there is no link, and never sent later', async () => {
    const r = rig();
    await expect(r.session.action('Ping')).rejects.toBeInstanceOf(AmiNotConnectedError);
    await expect(r.session.list('QueueStatus')[Symbol.asyncIterator]().next()).rejects.toBeInstanceOf(
      AmiNotConnectedError,
    );
    r.session.start();
    await expect(r.session.action('DBPut')).rejects.toBeInstanceOf(AmiNotConnectedError);
    await challenge(r);
    r.wire().answer('Login', '');
    r.wire().give(BOOTED);
    expect(r.wire().count('DBPut')).toBe(0);
  });

  it('pending ones are rejected when the link goes, and not replayed on the next', async () => {
    const r = await ready();
    const call = r.session.action('Originate', { Channel: 'x' });
    const list = r.session.list('QueueStatus')[Symbol.asyncIterator]().next();
    r.wire().hangUp(new AmiLinkError('lost', 'cut'));
    await expect(call).rejects.toBeInstanceOf(AmiLinkLostError);
    await expect(list).rejects.toBeInstanceOf(AmiLinkLostError);
    r.clock.advance(5_000);
    expect(r.wires.length).toBeGreaterThan(1);
    await challenge(r);
    r.wire().answer('Login', '');
    r.wire().give(BOOTED);
    expect(r.wire().count('Originate')).toBe(0);
  });

  it('a refused field sends nothing and leaves nothing behind', async () => {
    const r = await ready();
    const timers = r.clock.timers;
    await expect(r.session.action('DBPut', { Val: 'a\nAction: Logoff' })).rejects.toBeInstanceOf(AmiFieldError);
    expect(r.wire().count('DBPut')).toBe(0);
    expect(r.clock.timers).toBe(timers);
  });

  it('can be abandoned', async () => {
    const r = await ready();
    const stop = new AbortController();
    const call = r.session.action('Ping', {}, { signal: stop.signal });
    stop.abort();
    await expect(call).rejects.toBeInstanceOf(AmiAbortedError);
  });
});

describe('lists', () => {
  const item = (r: Rig, n: number): string =>
    `Event: QueueParams\r\nQueue: q${n}\r\nActionID: ${r.wire().last('QueueStatus').get('ActionID')}\r\n\r\n`;
  const complete = (r: Rig): string =>
    `Event: QueueStatusComplete\r\nActionID: ${r.wire().last('QueueStatus').get('ActionID')}\r\nEventList: Complete\r\nListItems: 1\r\n\r\n`;
  const collect = async (items: AsyncIterable<AmiMessage>): Promise<(string | undefined)[]> => {
    const out: (string | undefined)[] = [];
    for await (const message of items) out.push(message.get('Queue'));
    return out;
  };

  it('end by ActionID and EventList, not by a name with Complete in it; items are no events', async () => {
    const r = await ready({ wants: (name) => name !== 'QueueParams' && name !== 'FullyBooted' });
    const all = collect(r.session.list('QueueStatus'));
    await settle();
    r.wire().answer('QueueStatus', 'EventList: start\r\n');
    r.wire().give(
      item(r, 1) +
        announced('AgentComplete', `${snapshot()}Queue: q\r\n`, 'agent,all') +
        announced('ThingComplete', 'EventList: Complete\r\nActionID: guess\r\n') +
        item(r, 2) +
        complete(r),
    );
    expect(await all).toEqual(['q1', 'q2']);
    expect(r.events.map((event) => event.name)).toEqual(['AgentComplete', 'ThingComplete']);
  });

  it('two at once do not mix', async () => {
    const r = await ready();
    const first = collect(r.session.list('QueueStatus'));
    await settle();
    const id = r.wire().last('QueueStatus').get('ActionID');
    const second = collect(r.session.list('QueueStatus'));
    await settle();
    r.wire().give(
      item(r, 2) +
        `Event: QueueParams\r\nQueue: q1\r\nActionID: ${id}\r\n\r\n` +
        complete(r) +
        `Event: QueueStatusComplete\r\nActionID: ${id}\r\nEventList: Complete\r\n\r\n`,
    );
    expect([await first, await second]).toEqual([['q1'], ['q2']]);
  });

  it('are empty when Asterisk only acknowledges them', async () => {
    const r = await ready();
    const none = collect(r.session.list('VoicemailUsersList'));
    await settle();
    r.wire().answer('VoicemailUsersList', 'Message: There are no voicemail users currently defined.\r\n');
    expect(await none).toEqual([]);
  });

  it('20,000 items', async () => {
    const r = await ready();
    const all = collect(r.session.list('QueueStatus'));
    await settle();
    r.wire().give(Array.from({ length: 20_000 }, (_, i) => item(r, i)).join('') + complete(r));
    expect(await all).toHaveLength(20_000);
  });

  it('a refusal, silence, and an abort end them', async () => {
    const r = await ready();
    const refused = expect(collect(r.session.list('QueueStatus'))).rejects.toBeInstanceOf(AmiRefusedError);
    await settle();
    r.wire().answer('QueueStatus', 'Message: Permission denied\r\n', 'Error');
    await refused;
    const silent = expect(collect(r.session.list('QueueStatus', {}, { timeoutMs: 3_000 }))).rejects.toBeInstanceOf(
      AmiTimeoutError,
    );
    await settle();
    r.clock.advance(2_000);
    r.wire().give(item(r, 1));
    r.clock.advance(2_000);
    r.clock.advance(1_000);
    await silent;
    const stop = new AbortController();
    const aborted = expect(collect(r.session.list('QueueStatus', {}, { signal: stop.signal }))).rejects.toBeInstanceOf(
      AmiAbortedError,
    );
    await settle();
    stop.abort();
    await aborted;
  });

  it('left early, the rest is dropped and never taken for events', async () => {
    const r = await ready();
    const reader = (async () => {
      for await (const message of r.session.list('QueueStatus')) return message.get('Queue');
    })();
    await settle();
    r.wire().give(item(r, 1));
    expect(await reader).toBe('q1');
    r.wire().give(item(r, 2) + complete(r));
    expect(r.events).toEqual([]);
  });
});

describe('a link that dies', () => {
  it('frozen PBX: the link is down in less than 10 s after the last answer, whatever else arrives', async () => {
    const r = await ready();
    r.clock.advance(4_000);
    r.wire().answer('Ping', 'Ping: Pong\r\n');
    const frozenAt = r.clock.now();
    for (let i = 0; i < 9; i++) {
      r.clock.advance(999);
      if (r.session.status.state === 'ready') r.wire().give(announced('Newstate', snapshot()));
    }
    r.clock.advance(1_000);
    const down = r.states.find((status) => status.state === 'waiting');
    expect(down?.failure?.kind).toBe('pingOverdue');
    expect((down?.since ?? Infinity) - frozenAt).toBeLessThan(10_000);
    expect(r.wires[0]?.destroyed).toBe(true);
  });

  it('answered pings keep it; a long answer in progress counts as life', async () => {
    const r = await ready();
    for (let i = 0; i < 50; i++) {
      r.clock.advance(4_000);
      r.wire().answer('Ping', 'Ping: Pong\r\n');
    }
    const reading = r.session.list('QueueStatus')[Symbol.asyncIterator]().next();
    await settle();
    for (let i = 0; i < 20; i++) {
      r.clock.advance(1_000);
      r.wire().give(
        `Event: QueueParams\r\nQueue: q\r\nActionID: ${r.wire().last('QueueStatus').get('ActionID')}\r\n\r\n`,
      );
    }
    expect((await reading).done).toBe(false);
    expect(r.session.status.state).toBe('ready');
  });

  it('Shutdown is believed at once; a forged one is not', async () => {
    const r = await ready();
    const forged = announced(
      'Newchannel',
      snapshot('', { num: `1\r\n\r\nEvent: Shutdown\r\nPrivilege: system,all\r\nShutdown: x` }),
    );
    r.wire().give(forged);
    expect(r.session.status.state).toBe('ready');
    r.wire().answer('Ping', 'Ping: Pong\r\n');
    r.wire().give(announced('Shutdown', 'Shutdown: Cleanly\r\nRestart: False\r\n', 'system,all'));
    expect(r.session.status).toMatchObject({ state: 'waiting', failure: { kind: 'shutdown' } });
  });

  it('half a block of the old connection is forgotten on the new one', async () => {
    const r = await ready();
    r.wire().give('Event: Newstate\r\nPrivilege: call,all\r\nChannel: PJS');
    r.wire().hangUp(new AmiLinkError('lost', 'cut'));
    r.clock.advance(1_000);
    await challenge(r);
    r.wire().answer('Login', '');
    r.wire().give(BOOTED + announced('Newstate', snapshot()));
    expect(r.tampers).toEqual([]);
    expect(r.events.map((event) => event.name)).toEqual(['Newstate']);
    expect(r.session.stats().reconnects).toBe(1);
  });

  it('a PBX that refuses for a minute is asked every 2.4 s at least', async () => {
    const r = rig();
    r.session.start();
    for (let i = 0; i < 20; i++) {
      r.wire().hangUp(new AmiLinkError('refused', 'ECONNREFUSED'));
      r.clock.advance(2_400);
      expect(r.session.status.state).toBe('connecting');
    }
  });
});

describe('tampering', () => {
  it('is told, nothing is believed until Asterisk answers a Ping of ours, then all goes on', async () => {
    const r = await ready({ wants: (name) => name !== 'VarSet' });
    r.wire().give(announced('Newchannel', snapshot('', { num: '10\r\nEvent: Forged\r\nFoo: bar\r\n\r\n' })));
    r.wire().give(announced('Newstate', snapshot()));
    expect(r.events).toHaveLength(1);
    expect(r.tampers).toMatchObject([{ at: r.clock.now(), reason: 'missingChannelTail' }]);
    r.wire().give('Response: Success\r\nActionID: guess\r\n\r\n');
    r.wire().give(announced('Newstate', snapshot()));
    expect(r.events).toHaveLength(1);
    r.wire().answer('Ping', 'Ping: Pong\r\n');
    r.wire().give(announced('Newstate', snapshot()));
    expect(r.events.map((event) => event.name)).toEqual(['FullyBooted', 'Newstate']);
    expect(r.session.stats().tamperIncidents).toBe(1);
  });
});

describe('the owner', () => {
  it('may close from any handler; nothing runs on', async () => {
    for (const at of ['connecting', 'loggingIn', 'booting', 'ready'] as const) {
      const holder: { session?: AmiSession } = {};
      const r = rig({ onStatus: (status) => status.state === at && void holder.session?.close() });
      holder.session = r.session;
      r.session.start();
      if (at !== 'connecting') {
        r.wire().give(GREETING);
        await settle();
        if (at !== 'loggingIn') {
          r.wire().answer('Challenge', 'Challenge: 1\r\n');
          await settle();
          r.wire().give(`Response: Success\r\nActionID: ${r.wire().last('Login').get('ActionID')}\r\n\r\n${BOOTED}`);
        }
      }
      await settle();
      expect(r.session.status.state).toBe('closed');
      expect(r.clock.timers).toBe(0);
    }
  });

  it('is told of the Filter only by less noise; its refusal is silent', async () => {
    const r = await ready({ wants: (name) => name === 'Hangup' });
    expect(r.wire().last('Filter').get('Filter')).toBe(
      '!^Event: (RTCPSent|RTCPReceived|PresenceStatus|Newexten|VarSet)',
    );
    r.wire().answer('Filter', 'Message: Permission denied\r\n', 'Error');
    await settle();
    expect(r.session.status.state).toBe('ready');
  });
});
