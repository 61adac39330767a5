import type { SnapshotLists } from '../server/protocol/state';
import { Office } from './fixtures/office';
import { expect, type Seat, test } from './fixtures/test';

type ExtensionCalls = SnapshotLists['extensions'][number]['calls'];

async function callsOf({ context }: Seat, number: string): Promise<ExtensionCalls> {
  const state = await (await context.request.get('/api/v1/state')).json();
  return (state as SnapshotLists).extensions.find((one) => one.number === number)?.calls ?? [];
}

async function command({ context }: Seat, name: string, params: object): Promise<unknown> {
  return (await context.request.post(`/api/v1/commands/${name}`, { data: params })).json();
}

test('who sits down at the demo is called, and the phone on the desk does what the panel says', async ({
  startPanel,
  sit,
}) => {
  test.slow();
  const seat = await sit(await startPanel());
  const extension = '101';
  await new Office(seat.context.request).setOwnExtension(extension);
  const ringing = async () => (await callsOf(seat, extension)).find(({ state }) => state === 'ringing')?.uniqueid;
  await expect.poll(ringing, { timeout: 60_000, intervals: [250] }).toBeDefined();

  const uniqueid = await ringing();
  expect(await command(seat, 'call.answer', { uniqueid, extension })).toEqual({ ok: true });
  const state = async () => (await callsOf(seat, extension)).find((call) => call.uniqueid === uniqueid)?.state;
  await expect.poll(state).toBe('talking');
  expect(await command(seat, 'call.hold', { uniqueid, extension, on: true })).toEqual({ ok: true });
  await expect.poll(state).toBe('held');
  expect(await command(seat, 'call.hold', { uniqueid, extension, on: false })).toEqual({ ok: true });

  // Nobody takes it from the desk by themselves: a colleague is asked, and answers as colleagues do.
  const peer = (await callsOf(seat, extension)).find((call) => call.uniqueid === uniqueid)?.peer;
  expect(await command(seat, 'call.transfer', { uniqueid: peer, to: '102', mode: 'blind' })).toMatchObject({
    ok: true,
  });
  await expect.poll(async () => (await callsOf(seat, extension)).length).toBe(0);

  expect(await command(seat, 'call.dial', { extension, to: '141' })).toMatchObject({ ok: true });
  // It has answered by itself, and calls on.
  await expect.poll(async () => (await callsOf(seat, extension))[0]?.state).toMatch(/^(?:dialing|talking)$/);
});
