import type { OutsideAmi } from './driver';
import { Farm } from './farm';
import { FarmDriver, PbxOutside } from './farm-driver';
import { ensureAsterisk } from './install.mjs';
import type { AsteriskVersion } from './instance';
import { type PbxOptions, TestPbx } from './pbx';
import { freePort } from './ports';

/** A running PBX with its phones registered. */
export interface Lab {
  readonly pbx: TestPbx;
  readonly farm: Farm;
  readonly phones: FarmDriver;
  readonly outside: OutsideAmi;
  stop(): Promise<void>;
}

export class AsteriskSkipped extends Error {
  override readonly name = 'AsteriskSkipped';
}

export type LabOptions = Pick<PbxOptions, 'parkingSeconds' | 'timestampEvents' | 'tls'>;

/** Boots both instances and waits for every phone; throws AsteriskSkipped where this machine cannot run Asterisk. */
export async function startLab(version: AsteriskVersion, options: LabOptions = {}): Promise<Lab> {
  const installed = await ensureAsterisk(version);
  if ('skipped' in installed) throw new AsteriskSkipped(installed.skipped);
  const sipPort = await freePort();
  const pbx = await TestPbx.start({ ...options, version, root: installed.root, carrierPort: sipPort });
  try {
    const farm = await Farm.start({
      root: installed.root,
      sipPort,
      pbxSip: pbx.ports.sip,
      chanSip: version === 16 ? pbx.ports.chanSip : undefined,
    });
    const stop = async () => {
      await farm.stop();
      await pbx.remove();
    };
    try {
      await Promise.all([farm.waitRegistered(), carrierReachable(pbx)]);
    } catch (error) {
      await stop();
      throw error;
    }
    return { pbx, farm, phones: new FarmDriver(farm, pbx), outside: new PbxOutside(pbx), stop };
  } catch (error) {
    await pbx.remove();
    throw error;
  }
}

/** The PBX looked for its carrier before the farm was there, and would look again in half a minute only. */
async function carrierReachable({ ami }: TestPbx, limitMs = 15_000): Promise<void> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    await ami.action('PJSIPQualify', { Endpoint: 'carrier' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const devices = await ami.list('DeviceStateList');
    const state = devices.find((row) => row.get('Device') === 'PJSIP/carrier')?.get('State');
    if (state === 'NOT_INUSE') return;
    if (Date.now() > deadline) throw new Error(`the carrier is ${state ?? 'unknown'}`);
  }
}
