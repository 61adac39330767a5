import { expect, it } from 'vitest';
import { adviceFor } from './advice';

it('says what to do about what went wrong', () => {
  expect(adviceFor('connect ECONNREFUSED 127.0.0.1:5038')).toMatch(/manager\.conf/);
  expect(adviceFor('getaddrinfo ENOTFOUND pbx.example')).toMatch(/host name/);
  expect(adviceFor('connect ETIMEDOUT 192.0.2.1:5038')).toMatch(/firewall/);
  expect(adviceFor('The PBX did not answer within 15 seconds')).toMatch(/firewall/);
  expect(adviceFor('Authentication failed')).toMatch(/permit/);
  expect(adviceFor('self-signed certificate')).toMatch(/fingerprint/);
  expect(adviceFor('write EPROTO 1408F10B:SSL routines:wrong version number')).toMatch(/5039/);
});

it('adds nothing to what it does not know', () => {
  expect(adviceFor('Something odd')).toBeNull();
});
