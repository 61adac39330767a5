import { expect } from 'vitest';
import { type AvailabilityCase, agrees, astDb, command, shown } from './availability-case';
import { Fop2Script } from './fop2-script';
import type { Lab } from './lab';
import type { Panel } from './panel';

const dnd = 'Do not Disturb';

async function withScript(lab: Lab, story: (script: Fop2Script) => Promise<void>): Promise<void> {
  const script = await Fop2Script.open(lab.pbx.ports.ami);
  try {
    await story(script);
  } finally {
    script.close();
  }
}

/** Where a person's do-not-disturb is kept, and what their presence is; `presence` null: no phone shows it. */
async function everywhere(lab: Lab, panel: Panel, number: string, device: string) {
  const presence = `PRESENCE_STATE(CustomPresence:${number},value)`;
  return {
    panel: shown(panel, number).dnd.on,
    astDb: await astDb(lab, 'DND', number),
    lamp: (await lab.pbx.ami.action('Getvar', { Variable: `DEVICE_STATE(Custom:DND${number})` })).get('Value'),
    fop2: await astDb(lab, 'fop2state', device),
    presence: (await lab.pbx.ami.action('Getvar', { Variable: presence })).get('Value'),
  };
}

async function setAndCleared(lab: Lab, panel: Panel, number: string, device: string, shownBy: string) {
  await withScript(lab, async (script) => {
    const before = (await everywhere(lab, panel, number, device)).presence;
    const presence = shownBy === 'phone' ? 'dnd' : before;
    await script.state(device, dnd);
    await agrees(() => everywhere(lab, panel, number, device)).toEqual({
      ...{ panel: true, astDb: 'YES', lamp: 'BUSY', fop2: dnd, presence },
    });
    await agrees(() => shown(panel, number)).toMatchObject({ dnd: { source: 'fop2', by: null }, unsynced: [] });
    await script.state(device, '');
    await agrees(() => everywhere(lab, panel, number, device)).toEqual({
      ...{ panel: false, astDb: null, lamp: 'NOT_INUSE', fop2: '' },
      presence: shownBy === 'phone' ? expect.stringMatching(/^(?:not_set|available)$/) : before,
    });
    // What the panel wrote is no news that is written again: the script heard itself, and nobody else.
    const own = [`FOP2ASTDB fop2state ${device}=${dnd}`, `FOP2ASTDB fop2state ${device}=`];
    expect(script.heard).toEqual(own);
  });
}

/** FOP2 and its scripts, by npm's `nami` as it is. */
export const fop2Cases: readonly AvailabilityCase[] = [
  {
    title: 'a FOP2 script sets do-not-disturb and clears it: panel, AstDB, lamp, presence',
    run: (lab, panel) => setAndCleared(lab, panel, '101', 'PJSIP/101', 'phone'),
  },
  {
    title: 'a FOP2 script sets do-not-disturb of a phone of chan_sip',
    version: 16,
    run: (lab, panel) => setAndCleared(lab, panel, '1000', 'SIP/1000', 'nobody'),
  },
  {
    title: 'a phone that a FOP2 script silenced does not ring',
    async run(lab, panel) {
      const { phones, farm } = lab;
      await withScript(lab, async (script) => {
        await script.state('pjsip/104', 'dnd');
        await agrees(() => astDb(lab, 'DND', '104')).toBe('YES');
        const rang = farm.lines.rang('104');
        await phones.dial('111', '104');
        await phones.quiet('111');
        expect(farm.lines.rang('104'), 'the phone must not ring').toBe(rang);
        await script.state('PJSIP/104', '');
        await agrees(() => astDb(lab, 'DND', '104')).toBeNull();
        await agrees(() => shown(panel, '104').dnd.on).toBe(false);
        await phones.dial('111', '104');
        await phones.ringing('104');
        await phones.hangup('111');
        await phones.quiet('111');
      });
    },
  },
  {
    title: 'a FOP2 script hears each click in the panel once',
    async run(lab, panel) {
      await withScript(lab, async (script) => {
        await command(panel, 'extension.dnd', { extension: '105', on: true });
        await command(panel, 'extension.dnd', { extension: '105', on: false });
        await command(panel, 'extension.presence', { extension: '105', state: 'away', subtype: 'lunch' });
        await command(panel, 'extension.presence', { extension: '105', state: 'available' });
        await command(panel, 'extension.forward', { extension: '105', kind: 'always', to: '106' });
        await command(panel, 'extension.forward', { extension: '105', kind: 'always', to: null });
        const state = 'FOP2ASTDB fop2state PJSIP/105=';
        const forwarding = 'FOP2CUST astdbcust PJSIP/105=';
        await agrees(() => script.heard).toEqual([
          ...[`${state}${dnd}`, state, `${state}Out to lunch`, state],
          ...[`${forwarding}106`, forwarding],
        ]);
        await agrees(() => astDb(lab, 'fop2state', 'PJSIP/105')).toBe('');
      });
    },
  },
  {
    title: 'texts of FOP2 are the states of the administrator, or free words',
    async run(lab, panel) {
      const presence = () => {
        const { state, subtype, message, source } = shown(panel, '101').presence;
        return { state, subtype, message, source };
      };
      const source = 'fop2';
      await withScript(lab, async (script) => {
        await script.state('PJSIP/101', 'Out to lunch');
        await agrees(presence).toEqual({ state: 'away', subtype: 'lunch', message: '', source });
        await script.state('PJSIP/101', 'at the dentist');
        await agrees(presence).toEqual({ state: 'away', subtype: '', message: 'at the dentist', source });
        await agrees(() =>
          lab.pbx.ami
            .action('Getvar', { Variable: 'PRESENCE_STATE(CustomPresence:101,message)' })
            .then((answer) => answer.get('Value')),
        ).toBe('at the dentist');
        await script.state('PJSIP/101', '');
        await agrees(presence).toEqual({ state: 'available', subtype: '', message: '', source });
      });
    },
  },
  {
    title: 'a FOP2 script forwards calls',
    async run(lab, panel) {
      await withScript(lab, async (script) => {
        await script.forwarding('PJSIP/107', '108');
        await agrees(() => shown(panel, '107').forward.always).toBe('108');
        await agrees(() => astDb(lab, 'CF', '107')).toBe('108');
        expect(shown(panel, '107').forward.origins.always).toMatchObject({ source: 'fop2' });
        await script.forwarding('PJSIP/107', '');
        await agrees(() => astDb(lab, 'CF', '107')).toBeNull();
        await agrees(() => shown(panel, '107').forward.always).toBeNull();
      });
    },
  },
  {
    title: 'the dialplan tells a state as FOP2 does',
    async run(lab, panel) {
      const say = (value: string) =>
        lab.outside.action('Originate', {
          ...{ Channel: 'Local/610@from-internal', Application: 'UserEvent', Async: 'true' },
          Data: `FOP2ASTDB,Family: fop2state,Channel: PJSIP/108,Value: ${value}`,
        });
      await say('Break');
      await agrees(() => shown(panel, '108').presence, 3_000).toMatchObject({ subtype: 'break', source: 'fop2' });
      await say('');
      await agrees(() => shown(panel, '108').presence.state, 3_000).toBe('available');
    },
  },
  {
    title: 'what a FOP2 script said outlives the panel, though nobody but the panel kept it',
    async run(lab, panel) {
      await withScript(lab, async (script) => {
        await script.state('PJSIP/109', dnd);
        await agrees(() => astDb(lab, 'fop2state', 'PJSIP/109')).toBe(dnd);
        await panel.end();
        await panel.launch();
        await agrees(() => shown(panel, '109').dnd).toMatchObject({ on: true, source: 'fop2' });
        expect(await astDb(lab, 'DND', '109')).toBe('YES');
        await script.state('PJSIP/109', '');
        await agrees(() => shown(panel, '109').dnd.on).toBe(false);
      });
    },
  },
];
