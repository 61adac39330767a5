import { expect } from 'vitest';
import { type AvailabilityCase, agrees, astDb, command, shown } from './availability-case';
import type { Lab } from './lab';
import { Panel } from './panel';

const families = { always: 'CF', busy: 'CFB', noAnswer: 'CFU' } as const;
type Kind = keyof typeof families;

async function lamp({ pbx }: Lab, name: string): Promise<string> {
  return (await pbx.ami.action('Getvar', { Variable: `DEVICE_STATE(Custom:${name})` })).get('Value');
}

/** What phones that watch the extension are told. */
async function hint({ pbx }: Lab, number: string): Promise<string> {
  const answer = await pbx.ami.action('ExtensionState', { Exten: number, Context: 'from-internal' });
  return answer.get('StatusText');
}

const forward = (panel: Panel, extension: string, kind: Kind, to: string | null) =>
  command(panel, 'extension.forward', { extension, kind, to });

/** A call of `from` to `to` rings at `at`, and nowhere else. */
async function arrives({ phones, farm }: Lab, from: string, to: string, at: string): Promise<void> {
  const rang = farm.lines.rang(to);
  await phones.dial(from, to);
  await phones.answer(at);
  await phones.connected(from);
  expect(farm.lines.rang(to), `${to} must not ring`).toBe(rang);
  await phones.hangup(from);
  await phones.quiet(at);
}

/** A feature code at the phone. */
async function code({ phones }: Lab, phone: string, digits: string): Promise<void> {
  await phones.dial(phone, digits);
  await phones.quiet(phone);
}

/** Everything that is to say the same of a person's do-not-disturb. */
async function dndEverywhere(lab: Lab, panel: Panel, number: string) {
  return {
    panel: shown(panel, number).dnd.on,
    astDb: await astDb(lab, 'DND', number),
    lamps: [await lamp(lab, `DND${number}`), await lamp(lab, `DEVDND${number}`)],
    hint: await hint(lab, number),
  };
}
const dndOn = { panel: true, astDb: 'YES', lamps: ['BUSY', 'BUSY'], hint: 'Busy' };
const dndOff = { panel: false, astDb: null, lamps: ['NOT_INUSE', 'NOT_INUSE'], hint: 'Idle' };

export const astDbCases: readonly AvailabilityCase[] = [
  {
    title: 'do-not-disturb of the panel is in AstDB, on the lamps and in the hint at once',
    async run(lab, panel) {
      await command(panel, 'extension.dnd', { extension: '108', on: true, note: 'Lunch' });
      await agrees(() => dndEverywhere(lab, panel, '108')).toEqual(dndOn);
      expect(shown(panel, '108').dnd).toMatchObject({ source: 'panel', by: 'admin', note: 'Lunch' });
      await command(panel, 'extension.dnd', { extension: '108', on: false });
      await agrees(() => dndEverywhere(lab, panel, '108')).toEqual(dndOff);
    },
  },
  {
    title: '*78 and *79 at the phone reach the panel, which can take them back',
    async run(lab, panel) {
      await code(lab, '108', '*78');
      await agrees(() => dndEverywhere(lab, panel, '108')).toEqual(dndOn);
      expect(shown(panel, '108').dnd).toMatchObject({ source: 'pbx', by: null });
      await code(lab, '108', '*79');
      await agrees(() => dndEverywhere(lab, panel, '108')).toEqual(dndOff);
      await code(lab, '108', '*78');
      await agrees(() => dndEverywhere(lab, panel, '108')).toEqual(dndOn);
      await command(panel, 'extension.dnd', { extension: '108', on: false });
      await agrees(() => dndEverywhere(lab, panel, '108')).toEqual(dndOff);
    },
  },
  {
    title: 'calls forwarded in the panel arrive: always, when busy, when in do-not-disturb',
    async run(lab, panel) {
      await forward(panel, '112', 'always', '113');
      const always = async () => [await astDb(lab, 'CF', '112'), await lamp(lab, 'CF112'), await lamp(lab, 'DEVCF112')];
      expect(await always()).toEqual(['113', 'BUSY', 'BUSY']);
      await arrives(lab, '111', '112', '113');
      await forward(panel, '112', 'always', null);
      expect(await always()).toEqual([null, 'NOT_INUSE', 'NOT_INUSE']);
      await forward(panel, '112', 'busy', '114');
      await command(panel, 'extension.dnd', { extension: '112', on: true });
      await arrives(lab, '111', '112', '114');
      await command(panel, 'extension.dnd', { extension: '112', on: false });
      lab.phones.behave('112', 'busy');
      await lab.phones.dial('111', '112');
      await lab.phones.answer('114');
      await lab.phones.hangup('111');
      await lab.phones.quiet('114');
      await forward(panel, '112', 'busy', null);
      expect(await astDb(lab, 'CFB', '112')).toBeNull();
    },
  },
  {
    title: 'a call that nobody answers, or whose phone is away, arrives where the panel says',
    async run(lab, panel) {
      await forward(panel, '119', 'noAnswer', '115');
      expect(await astDb(lab, 'CFU', '119')).toBe('115');
      await lab.phones.dial('111', '119');
      await lab.phones.ringing('119');
      await lab.phones.answer('115');
      await lab.phones.hangup('111');
      await lab.phones.quiet('115');
      await lab.phones.online('119', false);
      await arrives(lab, '111', '119', '115');
      await lab.phones.online('119', true);
      await forward(panel, '119', 'noAnswer', null);
      expect(await astDb(lab, 'CFU', '119')).toBeNull();
    },
  },
  {
    title: 'forwardings set at the phone by its codes reach the panel',
    async run(lab, panel) {
      const kept = () => {
        const { always, busy, noAnswer, origins } = shown(panel, '117').forward;
        return { always, busy, noAnswer, sources: Object.values(origins).map((origin) => origin?.source) };
      };
      const none = { always: null, busy: null, noAnswer: null };
      for (const [kind, on, off] of [
        ['always', '*72', '*73'],
        ['busy', '*90', '*91'],
        ['noAnswer', '*52', '*53'],
      ] as const) {
        await code(lab, '117', `${on}118`);
        await agrees(kept).toMatchObject({ ...none, [kind]: '118' });
        expect(shown(panel, '117').forward.origins[kind]).toMatchObject({ source: 'pbx', by: null });
        await code(lab, '117', off);
        await agrees(kept).toMatchObject(none);
      }
    },
  },
  {
    title: 'a script that writes AstDB and then its lamp is heard; a lamp that is wrong is set right',
    async run(lab, panel) {
      const { outside } = lab;
      const setLamp = (name: string, Value: string) =>
        outside.action('Setvar', { Variable: `DEVICE_STATE(Custom:${name})`, Value });
      await outside.action('DBPut', { Family: 'DND', Key: '116', Val: '1' });
      await setLamp('DND116', 'BUSY');
      await agrees(() => shown(panel, '116').dnd).toMatchObject({ on: true, source: 'pbx' });
      await setLamp('DND116', 'NOT_INUSE');
      // A second look after half a second tells a lamp that is wrong from one that is early.
      await agrees(() => lamp(lab, 'DND116'), 3_000).toBe('BUSY');
      await agrees(() => lamp(lab, 'DEVDND116')).toBe('BUSY');
      expect(shown(panel, '116').dnd.on).toBe(true);
      await outside.action('DBDel', { Family: 'DND', Key: '116' });
      await setLamp('DEVDND116', 'NOT_INUSE');
      await agrees(() => shown(panel, '116').dnd.on).toBe(false);
    },
  },
  {
    title: 'without the class system the dialplan of docs/astdb.md writes AstDB, and the panel says so',
    async run(lab) {
      const panel = await Panel.start({ amiUrl: lab.pbx.amiUrl('nosystem') });
      try {
        expect(panel.link?.missing.map(({ needs }) => needs)).toContain('system');
        await command(panel, 'extension.dnd', { extension: '120', on: true });
        await agrees(() => dndEverywhere(lab, panel, '120')).toEqual(dndOn);
        await forward(panel, '120', 'busy', '118');
        expect(await astDb(lab, 'CFB', '120')).toBe('118');
        await forward(panel, '120', 'busy', null);
        await command(panel, 'extension.dnd', { extension: '120', on: false });
        await agrees(() => dndEverywhere(lab, panel, '120')).toEqual(dndOff);
        expect(await astDb(lab, 'CFB', '120')).toBeNull();
        const { problem } = panel.link?.features.backends.find(({ id }) => id === 'astdb') ?? expect.fail('no AstDB');
        expect(problem).toMatch(/"system".*docs\/astdb\.md/);
        // The writing shows nowhere as a call.
        expect((await panel.state()).calls).toEqual([]);
      } finally {
        await panel.stop();
      }
    },
  },
  {
    title: 'without class and dialplan nothing can be set, which is said, but taken off',
    async run(lab) {
      await lab.pbx.instance.cli('dialplan remove context cordboard-features');
      const panel = await Panel.start({ amiUrl: lab.pbx.amiUrl('nosystem') });
      try {
        const params = { extension: '120', on: true };
        const refused = await panel.request('POST', '/api/v1/commands/extension.dnd', params);
        expect(refused).toMatchObject({ status: 409, body: { ok: false, error: 'conflict' } });
        expect(JSON.stringify(refused.body)).toMatch(/system.*manager\.conf.*docs\/astdb\.md/);
        expect(await astDb(lab, 'DND', '120')).toBeNull();
        await code(lab, '120', '*78');
        await agrees(() => dndEverywhere(lab, panel, '120')).toEqual(dndOn);
        await command(panel, 'extension.dnd', { ...params, on: false });
        await agrees(() => dndEverywhere(lab, panel, '120')).toEqual(dndOff);
      } finally {
        await panel.stop();
        await lab.pbx.instance.cli('dialplan reload');
      }
      expect(await lab.pbx.instance.cli('dialplan show cordboard-features')).toContain('CORDBOARD_FAMILY');
    },
  },
];
