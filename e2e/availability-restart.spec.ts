import type { APIRequestContext } from '@playwright/test';
import { type DemoPbx, startDemoPbx } from '../server/demo/demo';
import { scenarioOffice } from '../server/demo/scenario-office';
import type { DndRecord } from '../server/protocol/records';
import type { PanelProcess } from './fixtures/panel-process';
import { test as base, expect } from './fixtures/test';

/** A quiet office that goes on while the panel is restarted. */
const test = base.extend<{ readonly pbx: DemoPbx }>({
  faults: async ({ faults }, use) => {
    faults.expectLostServer = true;
    await use(faults);
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from the pattern
  pbx: async ({}, use) => {
    const pbx = await startDemoPbx({ life: false, office: scenarioOffice });
    await use(pbx);
    await pbx.close();
  },
});

const amiUrl = ({ port, username, secret }: DemoPbx): string => `ami://${username}:${secret}@127.0.0.1:${port}`;
const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1_000).toISOString();

async function turnOn(request: APIRequestContext, extension: string, until: string): Promise<void> {
  const data = { extension, on: true, note: 'Writing the offer', until };
  const answer = await request.post('/api/v1/commands/extension.dnd', { data });
  expect(answer.ok(), await answer.text()).toBe(true);
}

/** What the panel shows, once it has read the PBX. */
async function dndOf(request: APIRequestContext, number: string): Promise<DndRecord> {
  await expect.poll(async () => (await request.get('/readyz')).status(), { timeout: 20_000 }).toBe(200);
  const state = await (await request.get('/api/v1/state')).json();
  return state.extensions.find((one: { number: string }) => one.number === number).dnd;
}

test('do-not-disturb with an end outlives a crash of the panel, and ends in time', async ({ pbx, startPanel, sit }) => {
  const process = await startPanel({ amiUrl: amiUrl(pbx) });
  const { panel, context } = await sit(process);
  const until = inSeconds(10);
  await turnOn(context.request, '104', until);
  await panel.says('104', /Do not disturb/);

  await process.end('SIGKILL');
  expect(pbx.engine.features.dnd('104')).toBe(true);
  await process.launch();
  const kept = { on: true, note: 'Writing the offer', until, source: 'panel', by: 'admin' };
  expect(await dndOf(context.request, '104')).toMatchObject(kept);
  await panel.live();
  await panel.says('104', /Do not disturb/);

  await expect.poll(() => pbx.engine.features.dnd('104'), { timeout: 20_000 }).toBe(false);
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(until));
  await panel.says('104', 'Free');
  expect(await dndOf(context.request, '104')).toMatchObject({ on: false, until: null, source: 'timer', by: null });
});

test('an end that passed while the panel was down comes at its start', async ({ pbx, startPanel, sit }) => {
  const process = await startPanel({ amiUrl: amiUrl(pbx) });
  const { panel, context } = await sit(process);
  const until = inSeconds(2);
  await turnOn(context.request, '104', until);
  await process.end();
  await expect.poll(() => Date.now(), { timeout: 5_000 }).toBeGreaterThan(Date.parse(until));
  expect(pbx.engine.features.dnd('104')).toBe(true);

  await process.launch();
  await expect.poll(() => pbx.engine.features.dnd('104')).toBe(false);
  expect(await dndOf(context.request, '104')).toMatchObject({ on: false, source: 'timer', by: null });
  await panel.live();
  await panel.says('104', 'Free');
});

test('what was taken off at the phone meanwhile stays off', async ({ pbx, startPanel, sit }) => {
  const process = await startPanel({ amiUrl: amiUrl(pbx) });
  const { panel, context } = await sit(process);
  await turnOn(context.request, '104', inSeconds(3_600));
  await process.end();
  pbx.engine.phones.dial('104', '*79');

  await process.launch();
  expect(await dndOf(context.request, '104')).toMatchObject({ on: false, source: 'pbx', since: null, until: null });
  await panel.live();
  await panel.says('104', 'Free');
  expect(pbx.engine.features.dnd('104')).toBe(false);
});
