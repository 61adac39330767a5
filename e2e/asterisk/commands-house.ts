import { setTimeout as wait } from 'node:timers/promises';
import { type DemoPbx, startDemoPbx } from '../../server/demo/demo';
import { DemoPhoneDriver } from '../../server/demo/phone-driver';
import { scenarioOffice } from '../../server/demo/scenario-office';
import { coreChannels } from './channels';
import type { PhoneDriver } from './driver';
import type { Lab } from './lab';
import type { Panel } from './panel';
import { panelCheck } from './panel-check';
import { RawAmi } from './raw-ami';
import type { Check } from './scenarios/scenario';

/** The PBX and the phones that the command cases run on: a real Asterisk with its phones, or the demo PBX with its own. */
export interface House {
  readonly phones: PhoneDriver;
  /** A connection of the test's own, apart from the panel's. */
  readonly ami: RawAmi;
  check(panel: Panel): Check;
  /** What runs on the legs of a device (`PJSIP/101`), as the PBX itself says. */
  applications(device: string): Promise<string[]>;
  /** How many files are being recorded from this channel (its name). */
  recordings(channel: string): Promise<number>;
  /** The digits the phone of an extension was played in its call. */
  heard(ext: string): string | undefined;
  /** Real Asterisk alone. */
  readonly lab: Lab | null;
}

export function labHouse(lab: Lab): House {
  const { instance, ami } = lab.pbx;
  return {
    lab,
    ami,
    phones: lab.phones,
    check: (panel) => panelCheck({ panels: [panel], real: { pbx: lab.pbx, farm: lab.farm } }),
    async applications(device) {
      const channels = await coreChannels(instance);
      return channels.filter(({ name }) => name.startsWith(`${device}-`)).map(({ application }) => application);
    },
    recordings: async (channel) => (await instance.cli(`mixmonitor list ${channel}`)).match(/^0x/gm)?.length ?? 0,
    heard: (ext) => lab.farm.lines.find(ext, ['up'])?.heard,
  };
}

export interface DemoHouse extends House {
  readonly amiUrl: string;
  readonly demo: DemoPbx;
  stop(): Promise<void>;
}

/** The demo PBX with the office of the scenarios and nobody living in it. */
export async function startDemoHouse(): Promise<DemoHouse> {
  const demo = await startDemoPbx({ life: false, office: scenarioOffice });
  const { port, username, secret, engine } = demo;
  const ami = await RawAmi.connect({ port, username, secret });
  const phones = new DemoPhoneDriver(engine, { inboundTrunk: 'trunk-in', timeoutMs: 10_000 });
  const legs = (device: string) => [...(engine.devices.endpoints.get(device)?.channels ?? [])];
  return {
    lab: null,
    demo,
    ami,
    phones,
    amiUrl: `ami://${username}:${secret}@127.0.0.1:${port}`,
    check: (panel) => panelCheck({ panels: [panel] }),
    applications: async (device) => legs(device).map(({ app }) => app),
    async recordings(name) {
      const channel = engine.channels.find(name);
      return channel ? engine.recordings.files(channel).length : 0;
    },
    heard: (ext) => legs(`PJSIP/${ext}`).find(({ state }) => state === 6)?.heard,
    async stop() {
      ami.close();
      await demo.close();
      // The panel's own connection sees the end before the next test file begins.
      await wait(10);
    },
  };
}
