import { describe, expect, it } from 'vitest';
import { oidcProblem } from '@/server/protocol/sign-in';
import { ssoProblem } from './sso-words';

describe('why single sign-on did not work', () => {
  it('is a sentence for every reason, and nothing that stands in the address itself', () => {
    for (const problem of oidcProblem.options) {
      expect(ssoProblem(`?sso=${problem}`, 'Example')).toMatch(/^[A-Z].*\.$/);
    }
    expect(ssoProblem('?sso=<b>Call 0900 1234</b>', 'Example')).toBeNull();
    expect(ssoProblem('?next=/', 'Example')).toBeNull();
    expect(ssoProblem('?sso=away', null)).toContain('The provider does not answer');
  });
});
