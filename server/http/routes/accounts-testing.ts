import { generateSync } from 'otplib';
import { expect } from 'vitest';
import type { Role } from '../../protocol/permissions';
import { goodPassword, type Panel, startPanel } from '../testing';

export const better = 'quite another password';
export const minute = 60_000;
export const day = 24 * 60 * minute;

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers
  readonly json: any;
  readonly cookie: string;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The panel of one test, and its clock. */
export const desk: { panel: Panel; now: number } = { panel: undefined as unknown as Panel, now: 0 };

export async function openDesk(): Promise<void> {
  desk.now = Date.UTC(2026, 2, 1, 12);
  desk.panel = await startPanel({}, () => desk.now);
}

export async function call(
  method: Method,
  path: string,
  cookie = '',
  body?: object,
  address?: string,
): Promise<Answer> {
  const answer = await desk.panel.app.inject({
    method,
    url: `/api/v1/${path}`,
    headers: { ...(cookie && { cookie }), ...(body && { 'content-type': 'application/json' }) },
    ...(body && { payload: JSON.stringify(body) }),
    ...(address && { remoteAddress: address }),
  });
  const set = [answer.headers['set-cookie'] ?? []].flat();
  return {
    status: answer.statusCode,
    json: answer.json(),
    cookie: set.map((one) => one.split(';')[0]).join('; '),
  };
}

export function codeOf(secret: string, at = desk.now): string {
  return generateSync({ secret, epoch: Math.floor(at / 1000) });
}

export const signIn = (username: string, password = goodPassword) => call('POST', 'login', '', { username, password });

export async function enrol(cookie: string, password?: string): Promise<{ secret: string; recovery: string[] }> {
  const begun = await call('POST', 'me/second-factor', cookie, password === undefined ? {} : { password });
  expect(begun.status).toBe(200);
  const { secret } = begun.json;
  const on = await call('POST', 'me/second-factor/enable', cookie, { code: codeOf(secret) });
  expect(on.status).toBe(200);
  desk.now += minute;
  return { secret, recovery: on.json.codes };
}

export async function requireSecondFactor(role: Role, twoFactor = true): Promise<void> {
  const { version, settings } = desk.panel.auth.access.get();
  const roles = settings.roles.map((one) => (one.id === role ? { ...one, twoFactor } : one));
  await desk.panel.auth.access.save({ version, settings: { ...settings, roles } });
}

export async function addInvited(boss: string, username = 'anna', role: Role = 'receptionist') {
  const body = { username, name: 'Anna Berg', role, extension: '201', email: 'anna@example.com' };
  const added = await call('POST', 'admin/users', boss, body);
  expect(added).toMatchObject({
    status: 201,
    json: { hasPassword: false, email: 'anna@example.com', origin: 'local' },
  });
  const issued = await call('POST', `admin/users/${added.json.id}/invitation`, boss, {});
  expect(issued.status).toBe(201);
  return { id: String(added.json.id), token: String(issued.json.token), expiresAt: String(issued.json.expiresAt) };
}

export async function audit(): Promise<string[]> {
  await desk.panel.temporary.store.audit.flush();
  const { entries } = await desk.panel.temporary.store.audit.page(100);
  return entries.map(({ actor, action, target, result }) => `${actor} ${action} ${target} ${result}`);
}
