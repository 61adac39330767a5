import { expect, it } from 'vitest';
import { type PbxSettings, pbxSettingsBody } from '@/server/protocol/admin';
import { bodyOf, portFor, secretProblem, valuesOf } from './pbx-values';

const saved: PbxSettings = {
  source: 'saved',
  host: 'pbx.example',
  port: 5039,
  tls: true,
  ca: '',
  fingerprint: '',
  username: 'cordboard',
  hasSecret: true,
  version: 4,
};

it('keeps the saved secret by leaving it out', () => {
  const body = pbxSettingsBody.parse(bodyOf(valuesOf(saved), 4));
  expect(body).toEqual({
    host: 'pbx.example',
    port: 5039,
    tls: true,
    ca: '',
    fingerprint: '',
    username: 'cordboard',
    version: 4,
  });
  expect(pbxSettingsBody.parse(bodyOf({ ...valuesOf(saved), secret: 's' }, 4)).secret).toBe('s');
});

it('does not send the saved secret to another machine or for another user', () => {
  const values = valuesOf(saved);
  expect(secretProblem(values, saved)).toBeNull();
  expect(secretProblem({ ...values, port: '1', tls: false }, saved)).toBeNull();
  expect(secretProblem({ ...values, host: 'other.example' }, saved)).toMatch(/again/);
  expect(secretProblem({ ...values, username: 'root' }, saved)).toMatch(/again/);
  expect(secretProblem({ ...values, host: 'other.example', secret: 's' }, saved)).toBeNull();
  expect(secretProblem(values, { ...saved, hasSecret: false })).toMatch(/Enter the secret/);
  expect(secretProblem(valuesOf({ ...saved, source: 'demo' }), { ...saved, source: 'demo' })).toMatch(/Enter/);
});

it('shows nothing of the demo PBX in the form', () => {
  const values = valuesOf({ ...saved, source: 'demo', host: '127.0.0.1', port: 41000 });
  expect(values).toMatchObject({ host: '', port: '5038', secret: '' });
});

it('takes an empty port for a mistake, not for zero', () => {
  expect(pbxSettingsBody.safeParse(bodyOf({ ...valuesOf(saved), port: ' ' }, 4)).success).toBe(false);
});

it('follows TLS with the usual port, and leaves one’s own alone', () => {
  expect(portFor(true, '5038')).toBe('5039');
  expect(portFor(false, '5039')).toBe('5038');
  expect(portFor(true, '15038')).toBe('15038');
});
