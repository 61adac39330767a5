import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Panel, startPanel } from './http/testing';
import { defaultRecording } from './protocol/recording-default';
import { RecordingSettingsKeeper } from './recording-settings';

let panel: Panel;
let cookie: string;
let keeper: RecordingSettingsKeeper;
const lines: object[] = [];

const made = () =>
  new RecordingSettingsKeeper({ store: panel.temporary.store, log: { warn: (fields) => lines.push(fields) } });

beforeEach(async () => {
  lines.length = 0;
  panel = await startPanel({
    recordingSettings: { get: () => keeper.get(), save: (body) => keeper.save(body) },
  });
  keeper = made();
  await keeper.load();
  ({ cookie } = await panel.signIn('anna', 'admin'));
});
afterEach(() => panel?.close());

async function send(method: 'GET' | 'PUT', payload?: object) {
  const headers = { cookie, host: 'panel.test', origin: 'http://panel.test' };
  const answer = await panel.app.inject({
    method,
    url: '/api/v1/admin/recording',
    headers,
    ...(payload && { payload }),
  });
  return { status: answer.statusCode, body: answer.json() };
}

const monthly = { template: '{date}/{from}-{time}-{uniqueid}', format: 'gsm' } as const;

it('names recordings by the default until the administrator says otherwise, then at once and after a restart', async () => {
  expect(await send('GET')).toEqual({ status: 200, body: { version: 0, settings: defaultRecording } });
  const put = await send('PUT', { version: 0, settings: monthly });
  expect(put).toEqual({ status: 200, body: { version: 1, settings: monthly } });
  expect(keeper.current()).toEqual(monthly);
  const next = made();
  await next.load();
  expect(await next.get()).toEqual(put.body);
  expect((await send('PUT', { version: 0, settings: defaultRecording })).status).toBe(409);
  expect(keeper.current()).toEqual(monthly);
});

it('refuses a template that would leave its folder, in words', async () => {
  const answer = await send('PUT', { version: 0, settings: { ...monthly, template: '../{time}{uniqueid}' } });
  expect(answer).toMatchObject({ status: 400, body: { ok: false, error: 'invalid', field: 'settings.template' } });
  expect(answer.body.message).toMatch(/begin with/);
  expect((await send('PUT', { version: 0, settings: { ...monthly, format: 'wav,W(3)' } })).status).toBe(400);
  expect(keeper.current()).toEqual(defaultRecording);
});

it('names recordings by the default where what is saved cannot be read any more', async () => {
  await panel.temporary.store.settings.put('recording', { template: '/etc/{x}', format: 'exe' }, 0);
  const next = made();
  await next.load();
  expect(next.current()).toEqual(defaultRecording);
  expect(lines.length).toBe(1);
  expect(await next.save({ version: 1, settings: monthly })).toMatchObject({ version: 2 });
});
