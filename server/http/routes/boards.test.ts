import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultBoard } from '../../protocol/boards';
import { type Panel, startPanel } from '../testing';

let panel: Panel;
let admin: { id: string; cookie: string };
beforeEach(async () => {
  panel = await startPanel();
  admin = await panel.signIn('boss', 'admin');
});
afterEach(() => panel?.close());

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE' | 'PATCH';
async function call(method: Method, url: string, body?: object, headers: Record<string, string> = admin) {
  const { cookie, authorization } = headers;
  const answer = await panel.app.inject({
    method,
    url,
    // Numbers for Prometheus are there for everybody on the machine itself.
    remoteAddress: '203.0.113.9',
    headers: { ...(cookie && { cookie }), ...(authorization && { authorization }) },
    ...(body && { body }),
  });
  return { status: answer.statusCode, json: answer.body.startsWith('{') ? answer.json() : null };
}

const settings = { ...defaultBoard, name: 'Reception' };
const boards = '/api/v1/admin/boards';

async function newBoard(): Promise<{ id: string; bearer: { authorization: string } }> {
  const { status, json } = await call('POST', boards, { settings, expiresAt: null });
  expect(status).toBe(201);
  return { id: json.board.id, bearer: { authorization: `Bearer ${json.token}` } };
}

describe('a wallboard over HTTP', () => {
  it('may ask for nothing but what it shows', async () => {
    const { bearer } = await newBoard();
    const { json } = await call('GET', '/api/v1/openapi.json');
    const routes = Object.entries(json.paths as Record<string, Record<string, { security: object[] }>>).flatMap(
      ([path, methods]) =>
        Object.entries(methods).map(([method, { security }]) => ({
          ...{ method: method.toUpperCase() as Method, open: security.length === 0 },
          path: path.replace(/\{\w+\}/g, 'x'),
        })),
    );
    expect(routes.length).toBeGreaterThan(60);
    for (const { method, path, open } of routes) {
      const { status } = await call(method, path, method === 'GET' ? undefined : {}, bearer);
      if (path === '/api/v1/board') expect(status).toBe(200);
      else if (open) expect([path, status]).not.toEqual([path, 500]);
      else expect([method, path, status]).toEqual([method, path, 401]);
    }
    expect(panel.commands).toEqual([]);
  });

  it('is not told what it is made of', async () => {
    const { bearer } = await newBoard();
    const { json } = await call('GET', '/api/v1/board', undefined, bearer);
    const { sees: _, ...shown } = settings;
    expect(json).toEqual({ settings: shown });
  });

  it('is of no use after it was revoked', async () => {
    const { id, bearer } = await newBoard();
    expect((await call('POST', `${boards}/${id}/revoke`)).json).toMatchObject({ id, revokedAt: expect.any(String) });
    expect(panel.ended).toEqual([`board:${id} revoked`]);
    expect((await call('GET', '/api/v1/board', undefined, bearer)).status).toBe(401);
    const renewed = await call('POST', `${boards}/${id}/renew`);
    expect((await call('GET', '/api/v1/board', undefined, bearer)).status).toBe(401);
    const authorization = `Bearer ${renewed.json.token}`;
    expect((await call('GET', '/api/v1/board', undefined, { authorization })).status).toBe(200);
  });
});

describe('the wallboards of the administration', () => {
  it('are made, changed over the version that was edited, listed and removed', async () => {
    const { id } = await newBoard();
    const edit = { version: 0, settings: { ...settings, columns: 5 }, expiresAt: '2030-01-01T00:00:00.000Z' };
    expect((await call('PUT', `${boards}/${id}`, edit)).json).toMatchObject({ version: 1, settings: { columns: 5 } });
    expect((await call('PUT', `${boards}/${id}`, edit)).status).toBe(409);
    const { json } = await call('GET', boards);
    expect(json.boards).toMatchObject([{ id, by: 'boss', expiresAt: edit.expiresAt, open: 0 }]);
    expect(JSON.stringify(json)).not.toContain('hash');
    expect((await call('DELETE', `${boards}/${id}`)).status).toBe(200);
    expect((await call('DELETE', `${boards}/${id}`)).status).toBe(404);
    const lines = await panel.temporary.store.audit.page(10);
    const actions = lines.entries.map(({ action, result }) => `${action} ${result}`);
    expect(actions).toEqual(
      expect.arrayContaining(['admin.boards.create ok', 'admin.boards.save conflict', 'admin.boards.remove notFound']),
    );
  });

  it('are made of groups that there are, and by administrators', async () => {
    const wrong = await call('POST', boards, { settings: { ...settings, sees: ['Nowhere'] }, expiresAt: null });
    expect(wrong).toMatchObject({ status: 400, json: { field: 'settings.sees.0' } });
    const otto = await panel.signIn('otto', 'supervisor');
    for (const [method, url] of [
      ['GET', boards],
      ['POST', boards],
      ['PUT', `${boards}/x`],
      ['DELETE', `${boards}/x`],
      ['POST', `${boards}/x/revoke`],
      ['POST', `${boards}/x/renew`],
    ] as const) {
      const body = method === 'GET' ? undefined : { version: 0, settings, expiresAt: null };
      expect((await call(method, url, body, otto)).status, `${method} ${url}`).toBe(403);
    }
  });
});
