import { expect, it } from 'vitest';
import { codeIn, codeInHash, inviteInHash } from './setup-code';

it('finds the code in what people paste', () => {
  expect(codeIn(' 7KQM-22AB-CDEF-9XYZ \n')).toBe('7KQM-22AB-CDEF-9XYZ');
  expect(codeIn('http://localhost:3000/setup/#code=7KQM-22AB')).toBe('7KQM-22AB');
  expect(codeIn('Open http://localhost:3000/setup/#code=7KQM-22AB and sign in')).toBe('7KQM-22AB');
  expect(codeIn('#code=7KQM%2D22AB')).toBe('7KQM-22AB');
  expect(codeIn('50%')).toBe('50%');
  expect(codeIn('x'.repeat(500))).toHaveLength(64);
});

it('reads the code of the address, and knows when there is none', () => {
  expect(codeInHash('#code=7KQM-22AB')).toBe('7KQM-22AB');
  expect(codeInHash('#a=1&code=7KQM')).toBe('7KQM');
  for (const hash of ['', '#', '#code=', '#barcode=1', '#password']) expect(codeInHash(hash), hash).toBeNull();
});

it('reads the token of an invitation', () => {
  const token = 'aB3-_'.repeat(8);
  expect(inviteInHash(`#invite=${token}`)).toBe(token);
  for (const hash of ['', '#invite=', '#code=7KQM-22AB', `#uninvite=${token}`, '#invite=short'])
    expect(inviteInHash(hash), hash).toBeNull();
});
