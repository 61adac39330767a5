import { describe, expect, it } from 'vitest';
import { nextPage } from '@/server/protocol/next-page';
import { signInPage } from './next-page';

const origin = 'https://panel.example:3000';

describe('the page after signing in', () => {
  it('is the one asked for, with its query and fragment', () => {
    expect(nextPage('/admin/users/?filter=a#b', origin)).toBe('/admin/users/?filter=a#b');
    expect(nextPage('account/', origin)).toBe('/account/');
    expect(nextPage(`${origin}/account/`, origin)).toBe('/account/');
  });

  it('is never another site', () => {
    const hostile = [
      'https://evil.example/',
      '//evil.example',
      '///evil.example',
      '/\\evil.example',
      '\\\\evil.example',
      'https:evil.example',
      'javascript:alert(1)',
      'data:text/html,x',
      '\t//evil.example',
      'https://panel.example:3000@evil.example/',
      'http://panel.example:3000/',
      'http://[',
    ];
    for (const wanted of hostile) {
      const next = nextPage(wanted, origin);
      expect(new URL(next, origin).origin, wanted).toBe(origin);
      expect(next, wanted).toMatch(/^\/(?!\/)/);
    }
    expect(nextPage('/.//evil.example/', origin)).toBe('/evil.example/');
  });

  it('is the panel when nothing sensible was asked for', () => {
    for (const wanted of [null, '', '/login/', '/login/?next=/login/', '/setup/', '/api/v1/logout'])
      expect(nextPage(wanted, origin), String(wanted)).toBe('/');
    expect(nextPage('/loginetta/', origin)).toBe('/loginetta/');
  });
});

describe('the way to sign in', () => {
  it('comes back to the page it was asked from', () => {
    const page = signInPage({ pathname: '/account/', search: '?a=1&b=2', hash: '#password' });
    const wanted = new URL(page, origin).searchParams.get('next');
    expect(nextPage(wanted, origin)).toBe('/account/?a=1&b=2#password');
    expect(signInPage({ pathname: '/', search: '', hash: '' })).toBe('/login/');
  });
});
