import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { whyNot } from './why-not';

function listening(port: number, host: string): Promise<unknown> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', resolve);
    server.listen(port, host, () => server.close(resolve));
  });
}

describe('why the panel cannot start', () => {
  it('is said in words for what a person can mend', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const bound = taken.address();
    const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
    expect(whyNot(await listening(port, '127.0.0.1'))).toBe(
      `port ${port} is taken by another program; choose one with PORT=3001 npm start`,
    );
    taken.close();
    expect(whyNot(await listening(0, '192.0.2.1'))).toContain('HOST is not an address of this machine');
    const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    expect(whyNot(full)).toBe('the database cannot be used: database or disk is full');
  });

  it('keeps the stack of a fault of ours', () => {
    expect(whyNot(new TypeError('x is undefined'))).toContain('why-not.test.ts');
    expect(whyNot('text')).toBe('text');
  });
});
