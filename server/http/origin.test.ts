import { describe, expect, it } from 'vitest';
import { createOriginCheck } from './origin';

describe('the origin check', () => {
  const allowed = createOriginCheck({ publicUrl: 'https://panel.example.com' });

  it('lets the panel’s own pages and programs in', () => {
    expect(allowed(undefined, 'x')).toBe(true);
    expect(allowed('https://panel.example.com', 'internal:3000')).toBe(true);
    expect(allowed('http://internal:3000', 'internal:3000')).toBe(true);
    expect(allowed('http://internal', 'Internal:80')).toBe(true);
    expect(allowed('http://[::1]:3000', '[::1]:3000')).toBe(true);
  });

  it('keeps everybody else out', () => {
    for (const origin of [
      'null',
      '',
      'https://panel.example.com.evil.example',
      'http://panel.example.com',
      'https://evil.example',
      'file://',
      'chrome-extension://internal:3000',
    ]) {
      expect(allowed(origin, 'internal:3000'), origin).toBe(false);
    }
    expect(allowed('http://internal:3000', undefined)).toBe(false);
    expect(allowed('http://a b', 'a b')).toBe(false);
  });
});
