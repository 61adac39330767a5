import { describe, expect, it, vi } from 'vitest';
import { AmiFieldError, AmiLinkLostError, AmiNotConnectedError, AmiRefusedError, AmiTimeoutError } from '../ami/errors';
import type { AmiPort, SessionState } from '../ami/types';
import { nothingSet } from '../features/values';
import type { WishOutcome } from '../features/wish';
import { type CommandName, commands } from '../protocol/commands';
import { defaultNumberRules } from '../protocol/number-rules';
import { type Permission, permission, rolePermissions } from '../protocol/permissions';
import type { ExtensionRecord, LinkState } from '../protocol/records';
import type { Actor } from './actor';
import { type AvailabilityPort, dndHandler, forwardHandler, presenceHandler } from './availability';
import { BulkAvailability } from './availability-bulk';
import { type AuditLine, createCommands } from './executor';
import { KeyedLimiter, TokenBucket } from './limiter';
import type { ModelPort } from './model-port';
import { doorOf, noCalls, untouchedCalls } from './testing';

function fakeAmi(state: SessionState): AmiPort {
  const refuse = () => {
    throw new Error('the executor itself sends nothing');
  };
  return { status: { state, since: 0, failure: null, amiVersion: null }, action: refuse, list: refuse };
}

function actor(permissions: readonly Permission[], kind: Actor['kind'] = 'user'): Actor {
  return { kind, id: 'u1', name: 'anna', permissions, limits: {}, extension: null, session: 's1', address: '10.0.0.9' };
}

function setup(options: { state?: SessionState | null; link?: LinkState; burst?: number } = {}) {
  const lines: AuditLine[] = [];
  const set = vi.fn(async (): Promise<WishOutcome> => ({ kind: 'done', warning: null }));
  const availability: AvailabilityPort = {
    wish: set,
    restore: set,
    remember: () => ({ values: nothingSet, circumstance: undefined, tied: undefined }),
    version: () => ({ own: 1, tied: 1 }),
  };
  const model: ModelPort = {
    extension: (number) => (number === '101' ? ({ number } as ExtensionRecord) : undefined),
    callee: () => undefined,
    isInternal: (number) => number === '102',
    link: () => options.link ?? 'up',
    ...noCalls,
  };
  const bulk = new BulkAvailability(availability);
  const audit = vi.fn((line: AuditLine): void | Promise<void> => void lines.push(line));
  const log = { warn: vi.fn(), error: vi.fn() };
  const clock = { now: 5_000 };
  const state = options.state === undefined ? 'ready' : options.state;
  const run = createCommands({
    model,
    ami: () => (state === null ? null : fakeAmi(state)),
    handlers: {
      'extension.dnd': dndHandler(availability),
      'extension.forward': forwardHandler(availability, () => defaultNumberRules),
      'extension.presence': presenceHandler(availability),
      'extensions.set': bulk.set,
      'extensions.undo': bulk.undo,
      ...untouchedCalls(),
    },
    door: doorOf({ rules: () => defaultNumberRules, isInternal: model.isInternal }),
    audit,
    now: () => clock.now,
    log,
    limiter: new KeyedLimiter({ burst: options.burst ?? 1_000, perSecond: 1, now: () => clock.now }),
  });
  return { run, set, audit, lines, log, clock };
}

/** Commands of one extension: valid parameters and an unknown target of each. */
const samples = {
  'extension.dnd': { valid: { extension: '101', on: true }, unknown: { extension: '999', on: true } },
  'extension.forward': {
    valid: { extension: '101', kind: 'always', to: '102' },
    unknown: { extension: '999', kind: 'always', to: null },
  },
  'extension.presence': {
    valid: { extension: '101', state: 'away', message: 'lunch' },
    unknown: { extension: '999', state: 'away' },
  },
} as const satisfies Partial<Record<CommandName, { valid: object; unknown: object }>>;
const target = '101';

const operator = actor(rolePermissions.supervisor);

describe('createCommands', () => {
  for (const name of Object.keys(samples) as (keyof typeof samples)[]) {
    const { valid, unknown } = samples[name];

    for (const allowed of permission.options) {
      const mine = allowed === commands[name].permission;
      it(`${name} with the permission ${allowed} alone is ${mine ? 'done' : 'forbidden'}`, async () => {
        const { run, set, lines } = setup();
        const result = await run(name, valid, actor([allowed], 'token'));
        expect(result).toMatchObject(mine ? { ok: true } : { ok: false, error: 'forbidden' });
        expect(set).toHaveBeenCalledTimes(mine ? 1 : 0);
        expect(lines).toHaveLength(1);
        expect(lines[0]).toMatchObject({ actor: 'anna', address: '10.0.0.9', action: name, target });
        expect(lines[0]?.result).toMatch(mine ? /^ok/ : /^forbidden/);
      });
    }

    it(`${name} with the permission for oneself is done for one's own extension alone`, async () => {
      const { run } = setup();
      const member = actor(rolePermissions.member);
      expect(await run(name, valid, { ...member, extension: '101' })).toMatchObject({ ok: true });
      const others = await run(name, valid, { ...member, extension: '102' });
      expect(others).toMatchObject({ error: 'forbidden', message: 'You may do this for your own extension only.' });
      expect(await run(name, valid, member)).toMatchObject({ error: 'forbidden' });
    });

    it(`${name} is forbidden to a viewer`, async () => {
      const { run } = setup();
      expect(await run(name, valid, actor(rolePermissions.viewer))).toMatchObject({ error: 'forbidden' });
    });

    it(`${name} answers an unknown target with notFound`, async () => {
      const { run, set } = setup();
      expect(await run(name, unknown, operator)).toMatchObject({ ok: false, error: 'notFound' });
      expect(set).not.toHaveBeenCalled();
    });

    it(`${name} says that the PBX is away while its first read is under way, not that the target is unknown`, async () => {
      const { run } = setup({ link: 'syncing' });
      expect(await run(name, unknown, operator)).toMatchObject({ error: 'pbxAway' });
    });

    for (const state of [null, 'waiting', 'connecting', 'booting', 'closed'] as const) {
      it(`${name} fails at once with pbxAway when the link is ${state ?? 'not configured'}`, async () => {
        const { run, set, lines } = setup({ state });
        expect(await run(name, valid, operator)).toMatchObject({ ok: false, error: 'pbxAway' });
        expect(set).not.toHaveBeenCalled();
        expect(lines[0]?.result).toMatch(/^pbxAway/);
      });
    }
  }

  it('checks validity before permission, and permission before the link', async () => {
    const { run } = setup({ state: null });
    expect(await run('extension.dnd', { extension: '101' }, actor([]))).toMatchObject({
      error: 'invalid',
      field: 'on',
    });
    expect(await run('extension.dnd', samples['extension.dnd'].valid, actor([]))).toMatchObject({ error: 'forbidden' });
    expect(await run('extension.dnd', samples['extension.dnd'].unknown, operator)).toMatchObject({ error: 'notFound' });
  });

  const bad: [string, unknown, string | undefined][] = [
    ['no parameters', undefined, undefined],
    ['null', null, undefined],
    ['a list', [], undefined],
    ['a line break', { extension: '101\r\nAction: Originate', on: true }, 'extension'],
    ['a trailing line break', { extension: '101\n', on: true }, 'extension'],
    ['a closing parenthesis', { extension: '101)', on: true }, 'extension'],
    ['a comma', { extension: '101,1', on: true }, 'extension'],
    ['a slash', { extension: '../CF/101', on: true }, 'extension'],
    ['a NUL', { extension: '101\u0000', on: true }, 'extension'],
    ['a variable', { extension: '$' + '{SHELL(id)}', on: true }, 'extension'],
    ['a number', { extension: 101, on: true }, 'extension'],
    ['an unknown field', { extension: '101', on: true, Channel: 'x' }, 'Channel'],
    ['a word for a truth', { extension: '101', on: 'yes' }, 'on'],
    ['a long note', { extension: '101', on: true, note: 'x'.repeat(121) }, 'note'],
    ['a forged prototype', JSON.parse('{"__proto__":{"extension":"101","on":true}}'), undefined],
  ];
  for (const [what, params, field] of bad) {
    it(`refuses ${what} as invalid, naming the field`, async () => {
      const { run, set } = setup();
      const result = await run('extension.dnd', params, operator);
      expect(result).toMatchObject({ ok: false, error: 'invalid' });
      if (field !== undefined) expect(result).toHaveProperty('field', field);
      expect(set).not.toHaveBeenCalled();
    });
  }

  for (const name of ['nope', 'toString', '__proto__', 'constructor', '', 'x'.repeat(10_000)]) {
    it(`answers the unknown command "${name.slice(0, 20)}" with notFound`, async () => {
      const { run, lines } = setup();
      expect(await run(name, {}, operator)).toMatchObject({ ok: false, error: 'notFound' });
      expect(lines[0]?.action.length).toBeLessThanOrEqual(64);
    });
  }

  const thrown: [Error, object][] = [
    [
      new AmiRefusedError('DBPut', 'Permission denied'),
      { error: 'conflict', message: 'The PBX refused: Permission denied' },
    ],
    [new AmiNotConnectedError('DBPut'), { error: 'pbxAway' }],
    [new AmiTimeoutError('DBPut', 10_000), { error: 'pbxAway' }],
    [new AmiLinkLostError('DBPut', 'lost'), { error: 'pbxAway' }],
    [new AmiFieldError('Key', 'must not hold CR'), { error: 'invalid' }],
  ];
  for (const [error, answer] of thrown) {
    it(`answers ${error.constructor.name} with ${JSON.stringify(answer)}`, async () => {
      const { run, set, log } = setup();
      set.mockRejectedValueOnce(error);
      expect(await run('extension.dnd', samples['extension.dnd'].valid, operator)).toMatchObject({
        ok: false,
        ...answer,
      });
      expect(log.error).not.toHaveBeenCalled();
    });
  }

  it('answers the backend’s refusal in its words', async () => {
    const { run, set, lines } = setup();
    set.mockResolvedValueOnce({ kind: 'refused', message: 'needs class system' });
    const result = await run('extension.dnd', samples['extension.dnd'].valid, operator);
    expect(result).toEqual({ ok: false, error: 'conflict', message: 'needs class system' });
    expect(lines[0]?.result).toBe('conflict: needs class system');
  });

  it('answers a fault of its own as internal, logs it and tells nothing of it', async () => {
    const { run, set, log } = setup();
    set.mockRejectedValueOnce(new TypeError('secret detail'));
    const result = await run('extension.dnd', samples['extension.dnd'].valid, operator);
    expect(result).toMatchObject({ ok: false, error: 'internal' });
    expect(JSON.stringify(result)).not.toContain('secret detail');
    expect(log.error).toHaveBeenCalledOnce();
  });

  it('is not held up or failed by the audit log', async () => {
    const { run, audit, log } = setup();
    audit.mockImplementationOnce(() => new Promise(() => undefined));
    expect(await run('extension.dnd', samples['extension.dnd'].valid, operator)).toEqual({ ok: true });
    audit.mockImplementationOnce(() => {
      throw new Error('disk full');
    });
    expect(await run('extension.dnd', samples['extension.dnd'].valid, operator)).toEqual({ ok: true });
    audit.mockRejectedValueOnce(new Error('disk full'));
    expect(await run('extension.dnd', samples['extension.dnd'].valid, operator)).toEqual({ ok: true });
    await vi.waitFor(() => expect(log.error).toHaveBeenCalledTimes(2));
  });

  it('limits the rate per actor before anything else, auditing the first refusal of a burst', async () => {
    const { run, set, lines, clock } = setup({ burst: 3 });
    const results = [];
    for (let i = 0; i < 10; i += 1) results.push(await run('extension.dnd', samples['extension.dnd'].valid, operator));
    expect(results.filter(({ ok }) => ok)).toHaveLength(3);
    expect(results.at(-1)).toMatchObject({ error: 'rateLimited' });
    expect(lines.map(({ result }) => result.split(':')[0])).toEqual(['ok', 'ok', 'ok', 'rateLimited']);
    expect(await run('extension.dnd', {}, { ...operator, id: 'u2' })).toMatchObject({ error: 'invalid' });
    clock.now += 1_000;
    expect(await run('extension.dnd', samples['extension.dnd'].valid, operator)).toEqual({ ok: true });
    expect(set).toHaveBeenCalledTimes(4);
  });
});

describe('TokenBucket', () => {
  it('does not give more when the clock jumps back, nor stops for good', () => {
    const bucket = new TokenBucket({ burst: 1, perSecond: 1 });
    expect(bucket.take(100_000)).toBe(true);
    expect(bucket.take(10_000)).toBe(false);
    expect(bucket.take(11_000)).toBe(true);
  });
});

describe('KeyedLimiter', () => {
  it('remembers a bounded number of keys', () => {
    const limiter = new KeyedLimiter({ burst: 1, perSecond: 0, now: () => 0, maxKeys: 2 });
    for (const key of ['a', 'b', 'c']) expect(limiter.take(key).allowed).toBe(true);
    expect(limiter.take('c').allowed).toBe(false);
    expect(limiter.take('a').allowed).toBe(true);
  });
});
