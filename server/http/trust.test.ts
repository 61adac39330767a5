import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createAddressOf, createTrust } from './trust';

function from(remoteAddress: string, forwarded?: string): IncomingMessage {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return { socket: { remoteAddress }, headers } as unknown as IncomingMessage;
}

describe('who a request comes from', () => {
  it('is the peer, whatever it says, when no proxy is trusted', () => {
    const addressOf = createAddressOf(createTrust(false));
    expect(addressOf(from('203.0.113.9', '192.0.2.1'))).toBe('203.0.113.9');
  });

  it('is the nearest one that is no trusted proxy: what a client claims before it counts for nothing', () => {
    const addressOf = createAddressOf(createTrust('loopback,10.0.0.0/8'));
    expect(addressOf(from('::ffff:127.0.0.1', '198.51.100.1, 203.0.113.9, 10.1.2.3'))).toBe('203.0.113.9');
    expect(addressOf(from('203.0.113.9', '192.0.2.1'))).toBe('203.0.113.9');
    expect(addressOf(from('127.0.0.1'))).toBe('127.0.0.1');
    expect(addressOf(from('127.0.0.1', 'nonsense, 10.0.0.1'))).toBe('nonsense');
  });

  it('knows the words for common networks, IPv6 too', () => {
    const trusts = createTrust('uniquelocal, linklocal, 2001:db8::1');
    expect(['fd00::1', '192.168.4.4', 'fe80::1', '2001:db8::1'].map(trusts)).toEqual([true, true, true, true]);
    expect(['2001:db8::2', '8.8.8.8', 'unix:', ''].map(trusts)).toEqual([false, false, false, false]);
  });
});
