import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Panel, startPanel } from '../../http/testing';
import { failure } from '../../protocol/errors';
import { DfksBackend } from './backend';
import { features, OpenSips } from './fake-opensips';
import { MiClient } from './mi-client';
import { MemoryPanel } from './testing';

let panel: Panel;
let memory: MemoryPanel;
let opensips: OpenSips;
let backend: DfksBackend;

beforeEach(async () => {
  memory = new MemoryPanel();
  panel = await startPanel({ dfks: memory.port });
  const panelUrl = await panel.app.listen({ port: 0, host: '127.0.0.1' });
  const { token } = await panel.temporary.store.tokens.create({ name: 'opensips', scopes: ['dfks'], expiresAt: null });
  opensips = new OpenSips(panelUrl, `Bearer ${token}`);
  memory.settings = { ...memory.settings, url: await opensips.listen() };
  backend = new DfksBackend({ settings: () => memory.settings, mi: new MiClient() });
});
afterEach(async () => {
  opensips?.close();
  await panel?.close();
});

function write(slot: string) {
  const values = memory.values('101');
  const person = { number: '101', devices: [], presentity: null };
  return backend.write({ person, slot, held: backend.view(slot, values), values, note: null });
}

describe('a phone that subscribes', () => {
  it('is shown everything as it is', async () => {
    const off = { status: 0 };
    expect(await opensips.subscribe('101')).toEqual(Object.fromEntries(features.map((feature) => [feature, off])));
    memory.set('101', { dnd: true, noAnswer: { to: '102', ringCount: 3 }, busy: { to: '102', ringCount: null } });
    expect(await opensips.subscribe('101')).toEqual({
      DoNotDisturb: { status: 1 },
      CallForwardingAlways: off,
      CallForwardingBusy: { status: 1, forwardTo: '102' },
      CallForwardingNoAnswer: { status: 1, forwardTo: '102', ringCount: 3 },
    });
  });

  it('is not shown what is not assigned, nor anything of a stranger', async () => {
    memory.settings = { ...memory.settings, assigned: ['DoNotDisturb'] };
    expect(await opensips.subscribe('101')).toMatchObject({ DoNotDisturb: { status: 0 }, CallForwardingAlways: null });
    expect((await opensips.request('GET', '101', 'CallForwardingBusy')).json).toEqual({ assigned: 0 });
    expect(Object.values(await opensips.subscribe('199'))).toEqual([null, null, null, null]);
  });
});

describe('a key of a phone', () => {
  it('sets do-not-disturb and takes it back', async () => {
    expect(await opensips.press('101', 'DoNotDisturb', { status: 1 })).toEqual({ status: 200, shown: { status: 1 } });
    expect(memory.values('101').dnd).toBe(true);
    await opensips.press('101', 'DoNotDisturb', { status: 0 });
    expect(memory.values('101').dnd).toBe(false);
    expect(memory.reports.map(({ held }) => held)).toEqual(['1', '0']);
  });

  it('forwards to a number, with its rings as text', async () => {
    const change = { status: 1, forwardTo: 'sip:102@pbx.test', ringCount: '4' };
    const shown = { status: 1, forwardTo: '102', ringCount: 4 };
    expect(await opensips.press('101', 'CallForwardingNoAnswer', change)).toEqual({ status: 200, shown });
    expect(memory.values('101').noAnswer).toEqual({ to: '102', ringCount: 4 });
    // No word about the rings: they stay with the same target only.
    await opensips.press('101', 'CallForwardingNoAnswer', { status: 1, forwardTo: '102' });
    expect(memory.values('101').noAnswer).toEqual({ to: '102', ringCount: 4 });
    await opensips.press('102', 'CallForwardingNoAnswer', { status: 1, forwardTo: '101', ringCount: '' });
    expect(memory.values('102').noAnswer).toEqual({ to: '101', ringCount: null });
    const off = await opensips.press('101', 'CallForwardingNoAnswer', { status: 0, forwardTo: '102', ringCount: '4' });
    expect(off).toEqual({ status: 200, shown: { status: 0 } });
  });

  it('is taken back where the rules forbid the target (toll fraud), in words', async () => {
    memory.set('101', { always: { to: '102', ringCount: null } });
    for (const forwardTo of ['0900123456', '+4930123', 'sip:0900123456@pbx.test', 'sip:102@partner.example']) {
      const answer = await opensips.press('101', 'CallForwardingAlways', { status: 1, forwardTo });
      expect(answer).toEqual({ status: 403, shown: { status: 1, forwardTo: '102' } });
    }
    const body = JSON.stringify({ status: 1, forwardTo: 'sip:102@partner.example' });
    const { json } = await opensips.request('POST', '101', 'CallForwardingAlways', body);
    expect(json).toMatchObject({ ok: false, error: 'forbidden', field: 'forwardTo', assigned: 1, forwardTo: '102' });
    expect(failure.parse(json).message).toContain('partner.example');
    expect(memory.reports).toEqual([]);
  });

  it('keeps a target that is there, though the rules have become stricter since', async () => {
    memory.set('101', { noAnswer: { to: '0900', ringCount: 2 } });
    const answer = await opensips.press('101', 'CallForwardingNoAnswer', {
      status: 1,
      forwardTo: '0900',
      ringCount: '6',
    });
    expect(answer).toEqual({ status: 200, shown: { status: 1, forwardTo: '0900', ringCount: 6 } });
  });

  it('of a phone that knows OpenSIPS by its address means our numbers too', async () => {
    await opensips.press('101', 'CallForwardingBusy', { status: 1, forwardTo: 'sip:102@127.0.0.1:5060' });
    expect(memory.values('101').busy.to).toBe('102');
  });

  it('does nothing where the feature is not offered', async () => {
    memory.settings = { ...memory.settings, enabled: false };
    expect(await opensips.press('101', 'DoNotDisturb', { status: 1 })).toEqual({ status: 403, shown: null });
    expect(memory.reports).toEqual([]);
  });
});

describe('a click in the panel', () => {
  it('reaches the phone, and what comes back is no change (SPEC E5)', async () => {
    memory.set('101', { noAnswer: { to: '102', ringCount: 4 } });
    expect(await write('noAnswer')).toEqual({ kind: 'done' });
    await opensips.allNotified();
    expect(opensips.asked[0]).toMatchObject({
      method: 'dfks_set_feature',
      params: {
        presentity: 'sip:101@pbx.test',
        feature: 'CallForwardingNoAnswer',
        status: 1,
        route_param: 'panel',
        values: ['ringCount/4', 'forwardTo/102'],
      },
    });
    const shown = { status: 1, forwardTo: '102', ringCount: 4 };
    expect(opensips.notified).toEqual([{ feature: 'CallForwardingNoAnswer', shown }]);
    expect(memory.reports).toEqual([]);
  });

  it('that was overtaken on its way shows the phone what is true by then', async () => {
    memory.set('101', { dnd: true });
    const writing = write('dnd');
    memory.set('101', { dnd: false });
    await writing;
    await opensips.allNotified();
    expect(opensips.asked[0]?.params.status).toBe(1);
    expect(opensips.notified).toEqual([{ feature: 'DoNotDisturb', shown: { status: 0 } }]);
    expect(memory.reports).toEqual([]);
  });

  it('is a change when an MI command of somebody else did it', async () => {
    await opensips.press('101', 'DoNotDisturb', { status: 1, param: 'night-script' });
    expect(memory.values('101').dnd).toBe(true);
  });
});

describe('a call that makes no sense', () => {
  const post = (body: string, feature = 'CallForwardingNoAnswer', user = '101') =>
    opensips.request('POST', user, feature, body);

  it.each([
    ['{}', 'status'],
    ['[]', undefined],
    ['"1"', undefined],
    ['{"status":2}', 'status'],
    ['{"status":"yes"}', 'status'],
    ['{"status":true}', 'status'],
    ['{"status":1}', 'forwardTo'],
    ['{"status":1,"forwardTo":""}', 'forwardTo'],
    ['{"status":1,"forwardTo":102}', 'forwardTo'],
    ['{"status":1,"forwardTo":"102&SIP/900"}', 'forwardTo'],
    ['{"status":1,"forwardTo":"102\\r\\nAction: Command"}', 'forwardTo'],
    [`{"status":1,"forwardTo":"${'1'.repeat(300)}"}`, 'forwardTo'],
    ['{"status":1,"forwardTo":"102","ringCount":"many"}', 'ringCount'],
    ['{"status":1,"forwardTo":"102","ringCount":"0"}', 'ringCount'],
    ['{"status":1,"forwardTo":"102","ringCount":61}', 'ringCount'],
    ['{"status":1,"forwardTo":"102","ringCount":1.5}', 'ringCount'],
    ['{"status":1,"forwardTo":"102","param":{}}', 'param'],
  ])('is refused with what is true: %s', async (body, field) => {
    const { status, json } = await post(body);
    expect(status).toBe(400);
    expect(failure.parse(json)).toMatchObject({ error: 'invalid', ...(field && { field }) });
    expect(json).toMatchObject({ assigned: 1, status: 0 });
    expect(memory.reports).toEqual([]);
  });

  it.each(['', '{"status":', '{"status":1,"__proto__":{"status":1}}'])('is refused: %j', async (body) => {
    const { status, json } = await post(body, 'DoNotDisturb');
    expect(status).toBe(400);
    expect(failure.parse(json).error).toBe('invalid');
    expect(memory.reports).toEqual([]);
  });

  it('about an unknown extension or feature is not found', async () => {
    const on = '{"status":1}';
    const answers = await Promise.all([
      post(on, 'DoNotDisturb', '199'),
      post(on, 'DoNotDisturb', '..%2F..%2Fstate'),
      post(on, 'DoNotDisturb', '101%0d%0a'),
      post(on, 'Presence'),
      post(on, 'donotdisturb'),
      post(on, '__proto__'),
      opensips.request('GET', '199', 'DoNotDisturb'),
      opensips.request('GET', '101', 'constructor'),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
    expect(answers.every(({ json }) => failure.safeParse(json).success)).toBe(true);
    expect(memory.reports).toEqual([]);
  });
});

describe('a call without the right token', () => {
  it('is turned away before anything is read', async () => {
    const { tokens } = panel.temporary.store;
    const { token: other } = await tokens.create({ name: 'x', scopes: ['state:read', 'commands'], expiresAt: null });
    const on = '{"status":1}';
    for (const [authorization, status] of [
      ['', 401],
      ['Bearer', 401],
      ['Bearer cbt_wrong', 401],
      [`Bearer ${other}`, 403],
    ] as const) {
      expect((await opensips.request('GET', '101', 'DoNotDisturb', undefined, authorization)).status).toBe(status);
      expect((await opensips.request('POST', '101', 'DoNotDisturb', on, authorization)).status).toBe(status);
      const unknown = await opensips.request('GET', '199', 'Nonsense', undefined, authorization);
      expect(unknown.status).toBe(status);
      expect(unknown.json).not.toHaveProperty('assigned');
    }
    expect(memory.reports).toEqual([]);
  });

  it('is refused to signed-in people, whatever their role: they have commands, with permissions', async () => {
    for (const role of ['viewer', 'admin'] as const) {
      const { cookie } = await panel.signIn(role, role);
      for (const method of ['GET', 'POST'] as const) {
        const payload = method === 'POST' ? { payload: { status: 1 } } : {};
        const url = '/api/dfks/102/DoNotDisturb';
        const answer = await panel.app.inject({ method, url, headers: { cookie }, ...payload });
        expect(answer.statusCode).toBe(403);
      }
    }
    expect(memory.reports).toEqual([]);
  });

  it('is refused from the day it is revoked', async () => {
    await panel.temporary.store.tokens.revoke('opensips', new Date());
    expect((await opensips.request('GET', '101', 'DoNotDisturb')).status).toBe(401);
  });
});

describe('the API description', () => {
  it('says how OpenSIPS is to call', async () => {
    const answer = await panel.app.inject({ url: '/api/v1/openapi.json' });
    const path = answer.json().paths['/api/dfks/{user}/{feature}'];
    expect(Object.keys(path)).toEqual(['get', 'post']);
    expect(path.post.security[0]).toEqual({ token: ['dfks'] });
    expect(Object.keys(path.post.responses)).toEqual(['200', '400', '401', '403', '404', '429']);
    expect(Object.keys(path.post.requestBody.content['application/json'].schema.properties)).toEqual([
      'status',
      'forwardTo',
      'ringCount',
      'param',
    ]);
  });
});
