/** `npx tsx e2e/asterisk/smoke.ts 22`: boots PBX and phones, makes one call, prints `ok`. */
import { Farm } from './farm';
import { ensureAsterisk } from './install.mjs';
import { TestPbx } from './pbx';
import { freePort } from './ports';

const version = process.argv[2] === '16' ? 16 : 22;
const installed = await ensureAsterisk(version);
if ('skipped' in installed) {
  console.error(`skipped: ${installed.skipped}`);
  process.exit(3);
}
const began = performance.now();
const since = () => `${((performance.now() - began) / 1000).toFixed(2)} s`;
const sipPort = await freePort();
const pbx = await TestPbx.start({ version, root: installed.root, carrierPort: sipPort });
console.log('pbx', since());
const farm = await Farm.start({
  root: installed.root,
  sipPort,
  pbxSip: pbx.ports.sip,
  chanSip: version === 16 ? pbx.ports.chanSip : undefined,
});
console.log('farm', since());
try {
  await farm.waitRegistered();
  console.log('registered', since());
  const line = await farm.dial('101', '102');
  const ringing = await farm.lines.waitFind('102', ['ringing'], '101');
  await farm.answer(ringing);
  await farm.lines.waitFind('101', ['up']);
  console.log((await pbx.instance.cli('core show channels concise')).trim());
  await farm.hangup(line);
  await farm.gone(ringing);
  console.log('ok', since());
} finally {
  await farm.stop();
  await pbx.remove();
}
