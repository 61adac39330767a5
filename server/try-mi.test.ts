import { expect, it } from 'vitest';
import { testMi } from './try-mi';

const url = 'http://10.0.0.5:8888/mi';

it('asks for the version alone, and says where OpenSIPS answers', async () => {
  const asked: unknown[] = [];
  const mi = {
    call: async (...args: unknown[]) => {
      asked.push(args);
      return { kind: 'done' as const };
    },
  };
  expect(await testMi(mi, { url, domain: 'pbx.example' })).toEqual({
    ok: true,
    message: expect.stringMatching(/^OpenSIPS answers at 10\.0\.0\.5:8888\. .*sip:101@pbx\.example/),
  });
  expect((await testMi(mi, { url, domain: '' })).message).toMatch(/SIP domain is still missing/);
  expect(asked).toEqual([
    [url, 'version', {}],
    [url, 'version', {}],
  ]);
});

it.each(['away', 'refused'] as const)('passes on why it does not work: %s', async (kind) => {
  const mi = { call: async () => ({ kind, message: 'OpenSIPS at 10.0.0.5:8888 refuses connections there.' }) };
  expect(await testMi(mi, { url, domain: 'pbx.example' })).toEqual({
    ok: false,
    message: 'OpenSIPS at 10.0.0.5:8888 refuses connections there.',
  });
});
