import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Target } from './link';
import { PbxConnection } from './pbx-settings';
import { createSecretBox } from './store/secrets';
import { type TemporaryStore, temporaryStore } from './store/temporary';

let temporary: TemporaryStore;
let connected: Target[];
beforeEach(async () => {
  temporary = await temporaryStore();
  connected = [];
});
afterEach(() => temporary.dispose());

function connection(store: Pick<TemporaryStore['store'], 'settings' | 'secrets'> = temporary.store): PbxConnection {
  return new PbxConnection({
    store,
    fromEnvironment: null,
    connect: async (target) => {
      await Promise.resolve();
      connected.push(target);
    },
    demo: async () => ({ host: '127.0.0.1', port: 1, username: 'demo', secret: 'demo secret' }),
    test: async () => ({
      ...{ ok: true, message: '', advice: null, cause: null, asteriskVersion: null, missing: [] },
      ...{ found: null, certificate: null, ownAddress: null },
    }),
  });
}

const body = { host: 'pbx.example.com', port: 5038, tls: false, ca: '', fingerprint: '', username: 'panel' };

describe('the saved connection', () => {
  it('saved twice at once ends up at what was saved last', async () => {
    const settings = connection();
    await settings.save({ ...body, secret: 'first secret', version: 0 });
    const [second, late] = await Promise.allSettled([
      settings.save({ ...body, host: 'two.example.com', secret: 'second secret', version: 1 }),
      settings.save({ ...body, host: 'three.example.com', secret: 'third secret', version: 1 }),
    ]);
    expect(second.status).toBe('fulfilled');
    expect(late).toMatchObject({ status: 'rejected', reason: { name: 'ConflictError' } });
    await Promise.all([
      settings.save({ ...body, host: 'four.example.com', secret: 'fourth secret', version: 2 }),
      settings.save({ ...body, host: 'five.example.com', secret: 'fifth secret', version: 3 }),
    ]);
    expect(connected.at(-1)).toMatchObject({ name: 'five.example.com', connect: { secret: 'fifth secret' } });
  });

  it('asks for the secret again when its key is lost, and then goes on', async () => {
    await connection().save({ ...body, secret: 'first secret', version: 0 });
    const settings = connection({ ...temporary.store, secrets: createSecretBox(Buffer.alloc(32, 7)) });
    await expect(settings.target()).rejects.toMatchObject({ name: 'SecretKeyError' });
    await expect(settings.save({ ...body, version: 1 })).rejects.toMatchObject({ code: 'invalid', field: 'secret' });
    await settings.save({ ...body, secret: 'entered again', version: 1 });
    expect(connected.at(-1)?.connect.secret).toBe('entered again');
  });

  it('keeps the secret out of every answer, and takes an IPv6 address in brackets', async () => {
    const settings = connection();
    const saved = await settings.save({ ...body, host: '[2001:db8::1]', secret: 'first secret', version: 0 });
    expect(JSON.stringify([saved, await settings.get()])).not.toContain('first secret');
    expect(connected.at(-1)?.connect.host).toBe('2001:db8::1');
  });
});
