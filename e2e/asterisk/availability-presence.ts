import { expect } from 'vitest';
import { presenceState } from '../../server/protocol/records';
import { type AvailabilityCase, agrees, astDb, command, shown } from './availability-case';
import type { Lab } from './lab';
import type { Panel } from './panel';

const states = presenceState.options;
const base64 = (text: string) => Buffer.from(text).toString('base64');
const presentity = (number: string) => `CustomPresence:${number}`;

/** Everything a phone may be told, and Asterisk prints in its own ways. */
const texts = [
  'back, at two, or so',
  'line one\nline, two\r\nExten: 911',
  `O'Brien says "no" \\ 100%`,
  'à bientôt ☕ 你好',
  'a'.repeat(255),
  `${'a'.repeat(299)}Z`,
  'é'.repeat(128),
  '☕'.repeat(150),
];

/** As a phone or script sets it. */
function outsideSets({ outside }: Lab, number: string, value: string): Promise<string> {
  return outside.action('Setvar', { Variable: `PRESENCE_STATE(${presentity(number)})`, Value: value });
}

/** What Asterisk keeps. */
async function kept({ pbx }: Lab, number: string) {
  const ask = async (part: string) =>
    (await pbx.ami.action('Getvar', { Variable: `PRESENCE_STATE(${presentity(number)},${part})` })).get('Value');
  const decoded = async (part: string) => Buffer.from(await ask(part), 'base64').toString('utf8');
  return { state: await ask('value'), subtype: await decoded('subtype,e'), message: await decoded('message,e') };
}

function inPanel(panel: Panel, number: string) {
  const { state, subtype, message } = shown(panel, number).presence;
  return { state, subtype, message };
}

async function free(lab: Lab, panel: Panel, number: string): Promise<void> {
  await command(panel, 'extension.presence', { extension: number, state: 'available' });
  await agrees(() => kept(lab, number)).toEqual({ state: 'available', subtype: '', message: '' });
  await agrees(() => shown(panel, number).dnd.on).toBe(false);
}

export const presenceCases: readonly AvailabilityCase[] = [
  {
    title: 'every state of a phone reaches the panel',
    async run(lab, panel) {
      for (const state of [...states, 'available']) {
        await outsideSets(lab, '101', state);
        await agrees(() => inPanel(panel, '101')).toEqual({ state, subtype: '', message: '' });
      }
      expect(shown(panel, '101').presence.source).toBe('presence');
      await free(lab, panel, '101');
    },
  },
  {
    title: 'every state of the panel reaches the phone, its hint and other listeners',
    async run(lab, panel) {
      const heard: string[] = [];
      const stop = lab.pbx.ami.onEvent((event) => {
        if (event.event === 'PresenceStateChange') heard.push(`${event.get('Presentity')} ${event.get('Status')}`);
        if (event.event === 'PresenceStatus') heard.push(`hint ${event.get('Exten')} ${event.get('Status')}`);
      });
      for (const state of states) {
        heard.length = 0;
        await command(panel, 'extension.presence', { extension: '103', state, subtype: 'x', message: 'one, two' });
        await agrees(() => kept(lab, '103')).toEqual({ state, subtype: 'x', message: 'one, two' });
        await agrees(() => [...heard].sort()).toEqual([`${presentity('103')} ${state}`, `hint 103 ${state}`]);
        const presence = { state, source: 'panel', by: 'admin' };
        await agrees(() => shown(panel, '103')).toMatchObject({ presence, unsynced: [] });
      }
      stop();
      await free(lab, panel, '103');
    },
  },
  {
    title: 'words of a phone arrive whole, whatever they are',
    async run(lab, panel) {
      for (const message of texts) {
        await outsideSets(lab, '101', `away,${base64('sub, type')},${base64(message)},e`);
        await agrees(() => inPanel(panel, '101')).toEqual({ state: 'away', subtype: 'sub, type', message });
      }
      await outsideSets(lab, '101', `xa,meeting,${'r'.repeat(400)}`);
      await agrees(() => inPanel(panel, '101')).toEqual({ state: 'xa', subtype: 'meeting', message: 'r'.repeat(400) });
      await free(lab, panel, '101');
    },
  },
  {
    title: 'words of the panel arrive whole, and come back as no news',
    async run(lab, panel) {
      for (const message of ['back, at "two" \\ ☕', '☕'.repeat(160), 'z'.repeat(160)]) {
        await command(panel, 'extension.presence', { extension: '103', state: 'away', subtype: 'lunch', message });
        await agrees(() => kept(lab, '103')).toEqual({ state: 'away', subtype: 'lunch', message });
      }
      // The panel hears its last write before this one: nothing came between.
      await outsideSets(lab, '101', 'chat');
      await agrees(() => shown(panel, '101').presence.state).toBe('chat');
      expect(shown(panel, '103').presence).toMatchObject({ message: 'z'.repeat(160), source: 'panel', by: 'admin' });
      await free(lab, panel, '103');
      await free(lab, panel, '101');
    },
  },
  {
    title: 'presence and do-not-disturb follow each other',
    async run(lab, panel) {
      await outsideSets(lab, '101', 'dnd,,do not ring');
      await agrees(() => shown(panel, '101').dnd).toMatchObject({ on: true, note: 'do not ring', source: 'presence' });
      await agrees(() => astDb(lab, 'DND', '101')).toBe('YES');
      await outsideSets(lab, '101', 'available');
      await agrees(() => astDb(lab, 'DND', '101')).toBeNull();
      await outsideSets(lab, '103', 'away,lunch,back soon');
      await agrees(() => shown(panel, '103').presence.subtype).toBe('lunch');
      await command(panel, 'extension.dnd', { extension: '103', on: true, note: 'in a talk' });
      await agrees(() => kept(lab, '103')).toEqual({ state: 'dnd', subtype: '', message: 'in a talk' });
      await command(panel, 'extension.dnd', { extension: '103', on: false });
      await agrees(() => kept(lab, '103')).toEqual({ state: 'away', subtype: 'lunch', message: 'back soon' });
      await free(lab, panel, '103');
    },
  },
];
