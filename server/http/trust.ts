import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Answers whether what this address says about others is believed. */
export type Trusts = (address: string) => boolean;

const named: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

/** TRUST_PROXY names no address that could be a proxy's. */
export class TrustError extends Error {
  override readonly name = 'TrustError';
}

/**
 * TRUST_PROXY: nobody (false), everybody (true), or a list of addresses, networks (`10.0.0.0/8`) and the words loopback,
 * linklocal, uniquelocal, with commas between. Throws TrustError.
 */
export function createTrust(setting: boolean | string): Trusts {
  if (typeof setting === 'boolean') return () => setting;
  const list = new BlockList();
  for (const word of setting.split(',')) {
    const name = word.trim();
    for (const network of named[name] ?? [name]) add(list, network);
  }
  return (address) => {
    const plain = withoutMapping(address);
    const family = isIP(plain);
    return family !== 0 && list.check(plain, family === 6 ? 'ipv6' : 'ipv4');
  };
}

function add(list: BlockList, network: string): void {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(network) ?? [];
  const family = isIP(address);
  const widest = family === 6 ? 128 : 32;
  const prefix = bits === undefined ? widest : Number(bits);
  if (family === 0 || prefix > widest) {
    throw new TrustError(`must be true, false, or addresses of proxies like 127.0.0.1 or 10.0.0.0/8, not "${network}"`);
  }
  list.addSubnet(address, prefix, family === 6 ? 'ipv6' : 'ipv4');
}

function withoutMapping(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}

/** Who made a request, as Fastify's `request.ip` says it: the nearest address that is not a trusted proxy's. */
export function createAddressOf(trusts: Trusts): (request: IncomingMessage) => string {
  return ({ socket, headers }) => {
    const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
    const behind = forwarded.map((part) => part.trim()).filter((part) => part !== '');
    let address = socket.remoteAddress ?? '';
    for (const next of behind.reverse()) {
      if (!trusts(address)) break;
      address = next;
    }
    return address;
  };
}
