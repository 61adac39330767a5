import { beforeEach, describe, expect, it } from 'vitest';
import { LoginLimiter, networkOf } from './login-limiter';

let clock = 0;
let limiter: LoginLimiter;
beforeEach(() => {
  clock = 1_000_000;
  limiter = new LoginLimiter(() => clock);
});

const from = (address: string, username = 'admin', device: string | null = null) => ({ address, username, device });
const attacker = from('198.51.100.9');

/** Wrong guesses, each as soon as it is allowed; answers how long they took. */
function guess(attempt: ReturnType<typeof from>, times: number): number {
  const begun = clock;
  for (let n = 0; n < times; n += 1) {
    for (let verdict = limiter.begin(attempt); !verdict.ok; verdict = limiter.begin(attempt)) {
      clock += verdict.retryAfterSeconds * 1000;
    }
  }
  return clock - begun;
}

describe('the sign-in limiter', () => {
  it('slows an attacker down more and more, up to five minutes a guess', () => {
    expect(guess(attacker, 5)).toBe(0);
    expect(guess(attacker, 10)).toBeGreaterThan(10 * 60_000);
    expect(limiter.begin(attacker)).toEqual({ ok: false, retryAfterSeconds: 300, repeated: false });
    expect(limiter.begin(attacker)).toMatchObject({ ok: false, repeated: true });
  });

  it('never keeps the administrator out from elsewhere', () => {
    guess(attacker, 20);
    expect(limiter.begin(from('192.0.2.1')).ok).toBe(true);
  });

  it('never keeps out a browser that has signed in before, even behind the same address', () => {
    guess(attacker, 20);
    expect(limiter.begin({ ...attacker, device: 'desk' }).ok).toBe(true);
  });

  it('lets known browsers in while strangers from everywhere are throttled', () => {
    let refused = 0;
    for (let n = 0; n < 200; n += 1) if (!limiter.begin(from(`10.0.${n}.1`, `user${n}`)).ok) refused += 1;
    expect(refused).toBe(170);
    expect(limiter.begin(from('10.9.9.9', 'admin', 'desk')).ok).toBe(true);
  });

  it('counts attempts under way, so that parallel guesses do not slip through', () => {
    const verdicts = Array.from({ length: 8 }, () => limiter.begin(attacker).ok);
    expect(verdicts).toEqual([true, true, true, true, true, false, false, false]);
  });

  it('forgets typing errors after a right password', () => {
    for (let round = 0; round < 20; round += 1) {
      clock += 1000;
      for (let n = 0; n < 4; n += 1) expect(limiter.begin(attacker).ok).toBe(true);
      clock += 1000;
      limiter.succeeded(attacker);
      if (round === 6) break;
    }
    expect(limiter.begin(attacker).ok).toBe(true);
  });

  it('also slows one address that tries many names', () => {
    let refused = 0;
    for (let n = 0; n < 40; n += 1) {
      clock += 500;
      if (!limiter.begin(from('198.51.100.9', `user${n}`)).ok) refused += 1;
    }
    expect(refused).toBeGreaterThan(3);
  });

  it('takes an IPv6 /64, and a mapped IPv4 address, as one', () => {
    expect(networkOf('2001:db8::1')).toBe(networkOf('2001:db8:0:0:ffff::2'));
    expect(networkOf('2001:db8::1')).not.toBe(networkOf('2001:db8:0:1::1'));
    expect(networkOf('::ffff:192.0.2.1')).toBe('192.0.2.1');
  });
});
