import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AvailabilitySettingsKeeper } from '../../availability-settings';
import type { AvailabilitySettings } from '../../protocol/availability';
import { defaultAvailability } from '../../protocol/availability-default';
import { silentLog } from '../../store/temporary';
import { type Panel, startPanel } from '../testing';

let panel: Panel;
let cookie: string;
let saved: AvailabilitySettings[];
const asked: unknown[] = [];

beforeEach(async () => {
  saved = [];
  asked.length = 0;
  let keeper: AvailabilitySettingsKeeper | null = null;
  // The keeper needs the database that the panel of the test brings.
  const kept = () => {
    keeper ??= new AvailabilitySettingsKeeper({
      store: panel.temporary.store,
      changed: (settings) => saved.push(settings),
      log: silentLog,
    });
    return keeper;
  };
  panel = await startPanel({
    availabilitySettings: {
      get: () => kept().get(),
      save: (body) => kept().save(body),
      testDfks: async (body) => {
        asked.push(body);
        return { ok: false, message: 'OpenSIPS at 10.0.0.5:8888 refuses connections there.' };
      },
      isInternal: (number) => number === '101',
    },
  });
  ({ cookie } = await panel.signIn('anna', 'admin'));
});
afterEach(() => panel?.close());

async function send(method: 'GET' | 'PUT' | 'POST', path: string, payload?: object, as = cookie) {
  const url = `/api/v1/admin/availability${path}`;
  const headers = { cookie: as, host: 'panel.test', origin: 'http://panel.test' };
  const answer = await panel.app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  return { status: answer.statusCode, body: answer.json() };
}

async function audit() {
  await panel.temporary.store.audit.flush();
  const { entries } = await panel.temporary.store.audit.page(100);
  return entries.filter(({ action }) => action.startsWith('admin.'));
}

const silent: AvailabilitySettings = { ...defaultAvailability, presenceRule: 'none' };

describe('the settings of availability', () => {
  it('are read and saved, in force at once, with a line in the audit log', async () => {
    expect(await send('GET', '')).toEqual({ status: 200, body: { version: 0, settings: defaultAvailability } });
    expect(await send('PUT', '', { version: 0, settings: silent })).toEqual({
      status: 200,
      body: { version: 1, settings: silent },
    });
    expect(saved).toEqual([silent]);
    expect((await send('GET', '')).body).toEqual({ version: 1, settings: silent });
    expect(await audit()).toMatchObject([{ action: 'admin.availability.save', result: 'ok', actor: 'anna' }]);
  });

  it('are refused over a version that somebody else has changed', async () => {
    await send('PUT', '', { version: 0, settings: silent });
    const late = await send('PUT', '', { version: 0, settings: defaultAvailability });
    expect(late).toMatchObject({
      status: 409,
      body: { error: 'conflict', message: expect.stringMatching(/^Somebody else/) },
    });
    expect(saved).toEqual([silent]);
    expect((await audit()).map(({ result }) => result).sort()).toEqual(['conflict', 'ok']);
  });

  it.each([
    ['states', { states: [] }],
    ['states.0.name', { states: [{ ...defaultAvailability.states[0], name: ' ' }] }],
    ['states.1.name', { states: [defaultAvailability.states[0], defaultAvailability.states[0]] }],
    ['order', { order: ['astdb', 'astdb', 'fop2', 'dfks'] }],
    ['dfks.url', { dfks: { ...defaultAvailability.dfks, url: 'file:///etc/passwd' } }],
    ['dfks.domain', { dfks: { ...defaultAvailability.dfks, enabled: true, url: 'http://10.0.0.5/mi' } }],
    ['numbers.patterns.0.pattern', { numbers: { patterns: [{ pattern: '_X!X!', class: 'local' }], forwardTo: [] } }],
  ])('name the field at fault: %s', async (field, part) => {
    const answer = await send('PUT', '', { version: 0, settings: { ...defaultAvailability, ...part } });
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid' } });
    expect(answer.body.field).toBe(`settings.${field}`);
    expect(saved).toEqual([]);
  });

  it('are for administrators', async () => {
    const { cookie: operator } = await panel.signIn('otto', 'supervisor');
    expect((await send('GET', '', undefined, operator)).status).toBe(403);
    expect((await send('PUT', '', { version: 0, settings: silent }, operator)).status).toBe(403);
    expect((await send('POST', '/test-dfks', { url: 'http://10.0.0.5/mi', domain: '' }, operator)).status).toBe(403);
    expect((await send('POST', '/classify', { number: '1', numbers: silent.numbers }, operator)).status).toBe(403);
    expect((await send('GET', '', undefined, '')).status).toBe(401);
    expect(asked).toEqual([]);
  });
});

it('OpenSIPS is tried with what is given, and the outcome is told and noted', async () => {
  const body = { url: 'http://10.0.0.5:8888/mi', domain: 'pbx.example' };
  expect(await send('POST', '/test-dfks', body)).toEqual({
    status: 200,
    body: { ok: false, message: 'OpenSIPS at 10.0.0.5:8888 refuses connections there.' },
  });
  expect(asked).toEqual([body]);
  expect(await audit()).toMatchObject([
    { action: 'admin.availability.test', target: body.url, result: expect.stringMatching(/^failed: OpenSIPS/) },
  ]);
  for (const url of ['', 'ftp://10.0.0.5/mi', 'http://user:word@10.0.0.5/mi'])
    expect(await send('POST', '/test-dfks', { ...body, url })).toMatchObject({ status: 400, body: { field: 'url' } });
  expect(asked).toHaveLength(1);
});

it.each([
  ['101', { class: 'internal', forwardAllowed: true, message: null }],
  [
    '0044123',
    { class: 'international', forwardAllowed: false, message: expect.stringMatching(/^0044123 is an inter/) },
  ],
  ['112', { class: 'emergency', forwardAllowed: false, message: expect.stringMatching(/never/) }],
])('rules that are not saved yet are tried on %s', async (number, expected) => {
  expect(await send('POST', '/classify', { number, numbers: silent.numbers })).toEqual({ status: 200, body: expected });
  expect(await audit()).toEqual([]);
});
