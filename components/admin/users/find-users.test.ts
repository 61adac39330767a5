import { expect, it } from 'vitest';
import { type UserRecord, userRecord } from '@/server/protocol/admin';
import { findUsers, type Show, sortUsers } from './find-users';

function user(username: string, name: string, more: Partial<UserRecord> = {}): UserRecord {
  const rest = {
    role: 'supervisor',
    extension: null,
    grants: null,
    sees: null,
    disabled: false,
    hasPassword: true,
    lastSeenAt: null,
    version: 1,
  };
  return userRecord.parse({ id: username, username, name, ...rest, ...more });
}

const users = [
  user('zoe', 'Zoë Åberg', { extension: '204', email: 'z@example.com', lastSeenAt: '2026-03-01T12:00:00Z' }),
  user('admin', 'Administrator', { role: 'admin', secondFactor: true, lastSeenAt: '2026-03-02T12:00:00Z' }),
  user('anna', 'Anna Berg', { disabled: true, extension: '1001' }),
  user('ivo', 'Ivo', { hasPassword: false, invitedUntil: '2026-03-08T12:00:00Z' }),
  user('lee', 'Lee', { hasPassword: false, origin: 'ldap' }),
  user('nil', 'Nil', { hasPassword: false }),
];

const roleName = (id: string) => (id === 'admin' ? 'Administrator' : 'Supervisor');

function found(query: string, show?: Show): string[] {
  return findUsers(users, query, roleName, show).map((one) => one.username);
}

it('lists everybody by name', () => {
  expect(found('')).toEqual(['admin', 'anna', 'ivo', 'lee', 'nil', 'zoe']);
});

it('finds by name without accents, user name, extension, e-mail, role, way in and state', () => {
  expect(found('aberg')).toEqual(['zoe']);
  expect(found('204')).toEqual(['zoe']);
  expect(found('z@example')).toEqual(['zoe']);
  expect(found('supervisor berg')).toEqual(['anna', 'zoe']);
  expect(found('disabled')).toEqual(['anna']);
  expect(found('directory')).toEqual(['lee']);
  expect(found('nobody')).toEqual([]);
});

it('shows those in a state, of a role, or without a second factor', () => {
  expect(found('', 'invited')).toEqual(['ivo']);
  expect(found('', 'waiting')).toEqual(['nil']);
  expect(found('', 'disabled')).toEqual(['anna']);
  expect(found('', 'active')).toEqual(['admin', 'lee', 'zoe']);
  expect(found('', 'oneFactor')).toEqual(['zoe']);
  expect(found('z', 'role:admin')).toEqual([]);
  expect(found('', 'role:admin')).toEqual(['admin']);
});

it('sorts by any column, numbers as numbers, and those with nothing in it last', () => {
  const by = (column: Parameters<typeof sortUsers>[1]['by'], down: boolean) =>
    sortUsers(users, { by: column, down }, roleName).map((one) => one.username);
  expect(by('extension', false).slice(0, 3)).toEqual(['zoe', 'anna', 'admin']);
  expect(by('extension', true).slice(0, 3)).toEqual(['anna', 'zoe', 'admin']);
  expect(by('lastSeen', true).slice(0, 2)).toEqual(['admin', 'zoe']);
  expect(by('secondFactor', false)[0]).toBe('admin');
});

it('leaves the list it was given as it is', () => {
  findUsers(users, '', roleName);
  expect(users[0]?.username).toBe('zoe');
});
