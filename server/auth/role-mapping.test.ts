import { describe, expect, it } from 'vitest';
import { isGroup, mappedRole } from './role-mapping';

describe('a role by groups', () => {
  const mapping = {
    rules: [
      { value: 'chiefs', role: 'supervisor' },
      { value: 'desk', role: 'receptionist' },
    ],
    otherwise: 'member',
  };

  it('is that of the first rule that fits, else that of everybody else, else none', () => {
    const of = (groups: string[], otherwise: string | null = 'member') =>
      mappedRole({ ...mapping, otherwise }, (group) => groups.includes(group));
    expect(of(['desk', 'chiefs'])).toBe('supervisor');
    expect(of(['desk'])).toBe('receptionist');
    expect(of([])).toBe('member');
    expect(of(['others'], null)).toBeNull();
  });
});

describe('a group of a directory', () => {
  it.each([
    ['cn=desk,ou=groups,dc=example,dc=com', 'CN=Desk, OU=Groups, DC=example, DC=com'],
    ['cn=desk\\2C all,ou=groups', 'CN=Desk\\, all,OU=Groups'],
    ['cn=caf\\C3\\A9,ou=groups', 'cn=Café,ou=groups'],
    ['cn=a \\+ b,ou=groups', 'CN=A \\2b B,OU=groups'],
    ['CN=Desk,OU=Groups', 'desk'],
    ['CN=Desk\\, all,OU=Groups', 'Desk, all'],
    ['CN=a\\=b,OU=Groups', 'CN=a=b,OU=Groups'],
  ])('%s is named by %s', (dn, named) => {
    expect(isGroup(dn, named)).toBe(true);
  });

  it.each([
    ['cn=desk,ou=groups,dc=example,dc=com', 'cn=desk,ou=groups'],
    ['cn=desk,ou=people,dc=example', 'cn=desk,ou=groups,dc=example'],
    ['cn=desk\\,ou=groups,dc=example', 'cn=desk,ou=groups,dc=example'],
    ['cn=desk\\, all', 'desk'],
    ['cn=other,ou=desk', 'desk'],
    ['ou=groups,cn=desk', 'cn=desk,ou=groups'],
  ])('%s is not named by %s', (dn, named) => {
    expect(isGroup(dn, named)).toBe(false);
  });
});
