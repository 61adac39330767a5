import { expect, it } from 'vitest';
import { createUserBody, pbxSettingsBody } from '@/server/protocol/admin';
import { problemInWords, problemsByField, sentence } from './words';

function problems(schema: typeof createUserBody | typeof pbxSettingsBody, value: unknown): Record<string, string> {
  const result = schema.safeParse(value, { error: problemInWords });
  return result.success ? {} : problemsByField(result.error);
}

it('says in words what is wrong with every field of a user', () => {
  const user = { username: 'Åsa!', name: ' ', role: 'supervisor', extension: 'x'.repeat(41), password: 'short' };
  expect(problems(createUserBody, user)).toEqual({
    username: 'Use letters, digits, dot, dash or @.',
    name: 'Enter a name.',
    extension: 'Use at most 40 characters.',
    password: 'Use at least 10 characters.',
  });
});

it('says in words what is wrong with every field of a PBX connection', () => {
  const pbx = { host: '', port: 'abc', tls: false, ca: '', fingerprint: 'zz', username: '', secret: '', version: 0 };
  expect(problems(pbxSettingsBody, pbx)).toEqual({
    host: 'Enter a host name or address.',
    port: 'Enter a number.',
    fingerprint: 'Paste the SHA-256 fingerprint: 64 hexadecimal digits.',
    username: 'Enter the manager.conf user.',
    secret: 'Fill this in.',
  });
  expect(problems(pbxSettingsBody, { ...pbx, port: '0' }).port).toBe('Use a number from 1.');
  expect(problems(pbxSettingsBody, { ...pbx, port: '70000' }).port).toBe('Use a number up to 65535.');
});

it('makes a sentence once', () => {
  expect(sentence('use this')).toBe('Use this.');
  expect(sentence('Really?')).toBe('Really?');
});
