import { describe, expect, it } from 'vitest';
import { defaultSignIn } from '@/server/protocol/sign-in-default';
import { bodyOf, formBody, problemWithin, signInValues } from './sign-in-values';

const settings = {
  ...defaultSignIn,
  oidc: {
    ...defaultSignIn.oidc,
    emailDomains: ['example.com', 'example.org'],
    mapping: { rules: [{ value: 'desk', role: 'receptionist' }], otherwise: null },
  },
  ldap: { ...defaultSignIn.ldap, urls: ['ldaps://a.example.com', 'ldap://10.0.0.5:389'] },
};

describe('the form of signing in', () => {
  it('sends what it was given, and secrets only when they were typed', () => {
    const values = signInValues({ settings });
    expect(formBody.parse(bodyOf(values, 3))).toEqual({ version: 3, settings });
    expect(bodyOf({ ...values, clientSecret: 'new' }, 3)).toMatchObject({ clientSecret: 'new' });
  });

  it('says what is wrong beside the field it is in', () => {
    const values = signInValues({ settings });
    const wrong = {
      ...values,
      oidc: { ...values.oidc, enabled: true, issuer: 'http://sso.example.com', name: 'X', clientId: 'y' },
      ldap: { ...values.ldap, urls: 'ldaps://a\nhttp://b', recheckMinutes: 'often', userFilter: '(uid={name})' },
    };
    const { error } = formBody.safeParse(bodyOf(wrong, 0));
    const errors = Object.fromEntries((error?.issues ?? []).map(({ path, message }) => [path.join('.'), message]));
    expect(errors).toEqual({
      'oidc.issuer': 'must begin with https://',
      'ldap.urls.1': 'must look like ldaps://dc1.example.com or ldap://10.0.0.5:389',
      'ldap.recheckMinutes': 'enter a number',
      'ldap.userFilter': 'there is no {name} here',
    });
    expect(problemWithin(errors, 'ldap.urls')).toContain('must look like');
    expect(problemWithin(errors, 'ldap.url')).toBeUndefined();
  });
});
