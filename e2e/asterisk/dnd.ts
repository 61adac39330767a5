import { expect } from 'vitest';
import type { Lab } from './lab';
import type { Panel } from './panel';
import { panelCheck } from './panel-check';
import { free } from './scenarios/scenario';

/** What the PBX itself has of an extension's do-not-disturb. */
export async function dndOnPbx({ pbx }: Lab, ext: string) {
  const rows = await pbx.ami.list('DBGet', { Family: 'DND', Key: ext }).catch(() => []);
  const lamp = async (name: string) =>
    (await pbx.ami.action('Getvar', { Variable: `DEVICE_STATE(Custom:${name}${ext})` })).get('Value');
  return { astDb: rows[0]?.get('Val') ?? null, lamp: await lamp('DND'), deviceLamp: await lamp('DEVDND') };
}

export function setDnd(panel: Panel, extension: string, on: boolean, note?: string) {
  return panel.request('POST', '/api/v1/commands/extension.dnd', { extension, on, ...(note ? { note } : {}) });
}

function shown(panel: Panel, ext: string) {
  return panel.mirror.lists().extensions.find(({ number }) => number === ext)?.dnd;
}

/** On and off from the panel: AstDB, lamps, what the panel shows, and whether the phone rings. */
export async function dndFromPanel(lab: Lab, panel: Panel): Promise<void> {
  const { phones, farm, pbx } = lab;
  const check = panelCheck({ panels: [panel], real: { pbx, farm } });
  const asked = Date.now();
  expect(await setDnd(panel, '104', true, 'Lunch')).toMatchObject({ status: 200, body: { ok: true } });
  expect(await dndOnPbx(lab, '104')).toEqual({ astDb: 'YES', lamp: 'BUSY', deviceLamp: 'BUSY' });
  await check('on', { extensions: { '104': { dnd: true, state: 'idle' } } });
  expect(shown(panel, '104')).toMatchObject({ source: 'panel', by: 'admin', note: 'Lunch' });
  expect(Math.abs(Date.parse(shown(panel, '104')?.since ?? '') - asked)).toBeLessThan(1_500);

  const rang = farm.lines.rang('104');
  await phones.dial('111', '104');
  await phones.quiet('111');
  expect(farm.lines.rang('104'), 'the phone must not ring').toBe(rang);

  expect(await setDnd(panel, '104', false)).toMatchObject({ status: 200 });
  expect(await dndOnPbx(lab, '104')).toEqual({ astDb: null, lamp: 'NOT_INUSE', deviceLamp: 'NOT_INUSE' });
  await check('off', { extensions: { '104': { dnd: false } } });
  await phones.dial('111', '104');
  await phones.ringing('104');
  await phones.hangup('111');
  await check('over', free('104', '111'));
}

/** *78 at the phone: the panel shows it as the PBX's own; the panel can take it off. */
export async function dndAtPhone(lab: Lab, panel: Panel): Promise<void> {
  const { phones, farm, pbx } = lab;
  const check = panelCheck({ panels: [panel], real: { pbx, farm } });
  await phones.dial('106', '*78');
  await phones.quiet('106');
  await check('set at the phone', { extensions: { '106': { dnd: true } } });
  expect(shown(panel, '106')).toMatchObject({ source: 'pbx', by: null });
  expect(await setDnd(panel, '106', false)).toMatchObject({ status: 200 });
  expect(await dndOnPbx(lab, '106')).toMatchObject({ astDb: null, lamp: 'NOT_INUSE' });
  await check('taken off', { extensions: { '106': { dnd: false } } });
}

/** An account without `system`: refused with the class that is wanting, and nothing changed anywhere. */
export async function dndRefused(lab: Lab, panel: Panel): Promise<void> {
  const before = await dndOnPbx(lab, '105');
  const answer = await setDnd(panel, '105', true);
  expect(answer).toMatchObject({ status: 409, body: { ok: false, error: 'conflict' } });
  expect(JSON.stringify(answer.body)).toMatch(/\bsystem\b.*manager\.conf/);
  expect(await dndOnPbx(lab, '105')).toEqual(before);
  await panelCheck({ panels: [panel] })('unchanged', { extensions: { '105': { dnd: false } } });
}
