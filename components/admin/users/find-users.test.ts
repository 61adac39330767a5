import { expect, it } from 'vitest';
import type { UserRecord } from '@/server/protocol/admin';
import { findUsers } from './find-users';

function user(username: string, name: string, more: Partial<UserRecord> = {}): UserRecord {
  const rest = {
    role: 'supervisor',
    extension: null,
    disabled: false,
    hasPassword: true,
    lastSeenAt: null,
    version: 1,
  };
  return { id: username, username, name, ...rest, ...more } as UserRecord;
}

const users = [
  user('zoe', 'Zoë Åberg', { extension: '204' }),
  user('admin', 'Administrator', { role: 'admin' }),
  user('anna', 'Anna Berg', { disabled: true }),
];

const roleName = (id: string) => (id === 'admin' ? 'Administrator' : 'Supervisor');

function found(query: string): string[] {
  return findUsers(users, query, roleName).map((one) => one.username);
}

it('lists everybody by name', () => {
  expect(found('')).toEqual(['admin', 'anna', 'zoe']);
});

it('finds by name without accents, user name, extension, role and state', () => {
  expect(found('aberg')).toEqual(['zoe']);
  expect(found('204')).toEqual(['zoe']);
  expect(found('supervisor berg')).toEqual(['anna', 'zoe']);
  expect(found('disabled')).toEqual(['anna']);
  expect(found('nobody')).toEqual([]);
});

it('leaves the list it was given as it is', () => {
  findUsers(users, '', roleName);
  expect(users[0]?.username).toBe('zoe');
});
