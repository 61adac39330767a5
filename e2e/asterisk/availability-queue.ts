import { expect } from 'vitest';
import { historyPage, savedAvailability } from '../../server/protocol/availability';
import { setDnd } from './dnd';
import type { Lab } from './lab';
import type { Panel } from './panel';

const reason = 'In a meeting';

/** `paused: reason` of one membership as Asterisk itself has it; `free` when it is not paused. */
async function membership({ pbx }: Lab, queue: string, member: string): Promise<string> {
  const rows = await pbx.ami.list('QueueStatus', { Queue: queue, Member: member });
  const row = rows.find((one) => one.event === 'QueueMember') ?? expect.fail(`${member} is not in ${queue}`);
  return row.get('Paused') === '1' ? `paused: ${row.get('PausedReason')}` : 'free';
}

function pause({ pbx }: Lab, queue: string, member: string, paused: boolean, why = '') {
  const fields = { Queue: queue, Interface: member, Paused: String(paused) };
  return pbx.ami.action('QueuePause', why === '' ? fields : { ...fields, Reason: why });
}

async function switchRule(panel: Panel, enabled: boolean): Promise<void> {
  const path = '/api/v1/admin/availability';
  const { version, settings } = savedAvailability.parse((await panel.request('GET', path)).body);
  const body = { version, settings: { ...settings, queuePause: { enabled, reason } } };
  expect(await panel.request('PUT', path, body)).toMatchObject({ status: 200 });
}

async function dnd(panel: Panel, extension: string, on: boolean): Promise<void> {
  expect(await setDnd(panel, extension, on)).toMatchObject({ status: 200, body: { ok: true } });
}

/** Do-not-disturb from the panel pauses the person's memberships with the rule's reason, and takes back only those. */
export async function dndPausesQueues(lab: Lab, panel: Panel): Promise<void> {
  const { ami } = lab.pbx;
  const hiro = 'PJSIP/108';
  const becomes = (queue: string, state: string) =>
    expect.poll(() => membership(lab, queue, hiro), { timeout: 5_000, message: queue }).toBe(state);
  const shown = (queue: string) =>
    panel.mirror
      .lists()
      .queues.find(({ name }) => name === queue)
      ?.members.find((one) => one.interface === hiro);
  await switchRule(panel, true);
  await ami.action('QueueAdd', { Queue: 'support', Interface: hiro });
  await pause(lab, 'support', hiro, true, 'Lunch');
  await expect.poll(() => shown('support')?.pausedReason, { timeout: 5_000 }).toBe('Lunch');
  try {
    await dnd(panel, '108', true);
    await becomes('sales', `paused: ${reason}`);
    await expect.poll(() => shown('sales'), { timeout: 5_000 }).toMatchObject({ paused: true, pausedReason: reason });
    await ami.action('QueueAdd', { Queue: 'billing', Interface: hiro });
    await becomes('billing', `paused: ${reason}`);
    expect(await membership(lab, 'support', hiro)).toBe('paused: Lunch');

    await pause(lab, 'billing', hiro, false);
    await expect.poll(() => shown('billing')?.paused, { timeout: 5_000 }).toBe(false);
    await panel.kill();
    await panel.launch();
    await dnd(panel, '108', false);
    await becomes('sales', 'free');
    await becomes('billing', 'free');
    expect(await membership(lab, 'support', hiro)).toBe('paused: Lunch');
    const history = await panel.request('GET', '/api/v1/history?extension=108&feature=dnd&limit=2');
    const words = historyPage.parse(history.body).rows.map(({ from, to, source, by }) => [from, to, source, by]);
    expect(words).toEqual([
      ['on', 'off', 'panel', 'admin'],
      ['off', 'on', 'panel', 'admin'],
    ]);
  } finally {
    await dnd(panel, '108', false);
    await switchRule(panel, false);
    for (const queue of ['support', 'billing']) {
      await ami.action('QueueRemove', { Queue: queue, Interface: hiro }).catch(() => undefined);
    }
  }
}
