import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type DemoPbx, startDemoPbx } from '../../server/demo/demo';
import { DemoPhoneDriver } from '../../server/demo/phone-driver';
import { scenarioOffice } from '../../server/demo/scenario-office';
import type { OutsideAmi } from './driver';
import { type Observed, observePanel } from './expected';
import { Panel } from './panel';
import { panelCheck } from './panel-check';
import { recordedStates, sameAs } from './panel-states';
import { RawAmi } from './raw-ami';
import { scenariosFor } from './scenarios/all';
import { type Check, nothingLeft } from './scenarios/scenario';

/** At every checkpoint of every scenario the whole state on the demo PBX is the one recorded on a real Asterisk 22. */
describe('the panel on the demo PBX', () => {
  const wanted = scenariosFor(22).filter(({ realOnly }) => realOnly !== true);
  let demo: DemoPbx;
  let phones: DemoPhoneDriver;
  let ami: RawAmi;
  let panel: Panel;
  let quiet: Observed;
  const real = recordedStates();

  beforeAll(async () => {
    demo = await startDemoPbx({ life: false, office: scenarioOffice });
    phones = new DemoPhoneDriver(demo.engine, { inboundTrunk: 'trunk-in' });
    ami = await RawAmi.connect({ port: demo.port, username: demo.username, secret: demo.secret });
    panel = await Panel.start({ amiUrl: `ami://${demo.username}:${demo.secret}@127.0.0.1:${demo.port}` });
    quiet = observePanel(await panel.state());
  });

  afterEach(() => phones.reset());

  afterAll(async () => {
    await panel?.stop();
    ami?.close();
    await demo?.close();
  });

  const outside: OutsideAmi = {
    action: async (name, fields = {}) => (await ami.action(name, fields)).get('Message'),
    channelOf: async (ext) => {
      const names = (await ami.list('CoreShowChannels')).map((block) => block.get('Channel'));
      return names.find((name) => name.startsWith(`PJSIP/${ext}-`)) ?? expect.fail(`extension ${ext} has no channel`);
    },
  };

  it.for(wanted)('$name: $title', async (scenario) => {
    const settled = panelCheck({ panels: [panel] });
    const check: Check = async (label, expected) => {
      await settled(label, expected);
      const recorded = real.get(`${scenario.name}: ${label}`) ?? expect.fail(`${label} is not recorded`);
      await settled(`${label}, as on a real Asterisk`, sameAs(recorded, quiet));
    };
    await scenario.run({ phones, outside, check, version: 22 });
    await settled('nothing is left', nothingLeft);
  });
});
