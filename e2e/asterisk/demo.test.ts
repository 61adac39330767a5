import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type DemoPbx, startDemoPbx } from '../../server/demo/demo';
import { DemoPhoneDriver } from '../../server/demo/phone-driver';
import { scenarioOffice } from '../../server/demo/scenario-office';
import type { OutsideAmi } from './driver';
import { Panel } from './panel';
import { panelCheck } from './panel-check';
import { RawAmi } from './raw-ami';
import { scenariosFor } from './scenarios/all';
import { nothingLeft } from './scenarios/scenario';

/** What conformance proves of a real Asterisk 22, scenario by scenario, the embedded demo PBX must give as well. */
describe('the panel on the demo PBX', () => {
  const wanted = scenariosFor(22).filter(({ realOnly }) => realOnly !== true);
  let demo: DemoPbx;
  let phones: DemoPhoneDriver;
  let ami: RawAmi;
  let panel: Panel;

  beforeAll(async () => {
    demo = await startDemoPbx({ life: false, office: scenarioOffice });
    phones = new DemoPhoneDriver(demo.engine, { inboundTrunk: 'trunk-in' });
    ami = await RawAmi.connect({ port: demo.port, username: demo.username, secret: demo.secret });
    panel = await Panel.start({ amiUrl: `ami://${demo.username}:${demo.secret}@127.0.0.1:${demo.port}` });
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
    const check = panelCheck({ panels: [panel] });
    await scenario.run({ phones, outside, check, version: 22 });
    await check('nothing is left', nothingLeft);
  });
});
