/**
 * `npx tsx e2e/asterisk/capture.ts 22`: records what Asterisk sends while every scenario runs, into `fixtures/`:
 * `ami-22.txt.gz` the raw bytes of one connection from greeting to shutdown, `lists-22.txt.gz` the answers of every
 * first-read action while calls are up (the ActionID begins with the action's name), `checkpoints-22.json` what each
 * `UserEvent: Checkpoint` in the stream stands for.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { eventually } from './check';
import type { Expected } from './expected';
import { type Lab, startLab } from './lab';
import type { RawAmi } from './raw-ami';
import { scenariosFor } from './scenarios/all';
import { connect } from './scenarios/scenario';
import { observeAsterisk } from './truth';

interface Checkpoint {
  readonly scenario: string;
  readonly label: string;
  readonly expected: Expected;
}

const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), 'fixtures');
const version = process.argv[2] === '16' ? 16 : 22;
const lab = await startLab(version);
await mkdir(folder, { recursive: true });
try {
  const recorder = await lab.pbx.connect('full', true);
  const checkpoints = await recordScenarios(lab);
  await save(`lists-${version}.txt`, await recordLists(lab));
  await lab.phones.reset();
  await lab.pbx.down('clean');
  await save(`ami-${version}.txt`, Buffer.concat(recorder.captured));
  await writeFile(path.join(folder, `checkpoints-${version}.json`), `${JSON.stringify(checkpoints, null, 1)}\n`);
} finally {
  await lab.stop();
}

async function recordScenarios({ phones, outside, pbx }: Lab): Promise<Checkpoint[]> {
  const checkpoints: Checkpoint[] = [];
  const settled = eventually(() => observeAsterisk(pbx.ami));
  for (const scenario of scenariosFor(version).filter(({ name }) => !name.startsWith('restart'))) {
    const check = async (label: string, expected: Expected) => {
      await settled(label, expected);
      // Asterisk's lists run ahead of its events: let those that are under way come before the mark.
      await new Promise((resolve) => setTimeout(resolve, 100));
      await outside.action('UserEvent', { UserEvent: 'Checkpoint', Scenario: scenario.name, Label: label });
      checkpoints.push({ scenario: scenario.name, label, expected });
    };
    await scenario.run({ phones, outside, check, version });
    await phones.reset();
  }
  return checkpoints;
}

/** One call of each kind, then every first-read action on a connection of its own. */
async function recordLists({ phones, outside, pbx }: Lab): Promise<Buffer> {
  await connect(phones, '101', '102');
  await phones.hold('102');
  await phones.dial('103', '500');
  await phones.ringing('106');
  await connect(phones, '110', '111');
  await phones.park('111');
  await phones.dial('112', '800');
  await phones.connected('112');
  await phones.dial('113', '801');
  await phones.connected('113');
  await phones.callIn('0301234567', 'Müller, "Jo"', '5550101');
  await phones.ringing('101', '0301234567');
  await phones.dial('114', '651');
  await phones.ringing('111');
  await outside.action('DBPut', { Family: 'DND', Key: '104', Val: 'YES' });
  await outside.action('DBPut', { Family: 'CF', Key: '119', Val: '120' });
  await outside.action('DBPut', { Family: 'fop2state', Key: 'PJSIP/105', Val: 'Do not Disturb' });
  await outside.action('Setvar', { Variable: 'DEVICE_STATE(Custom:DND104)', Value: 'BUSY' });
  await outside.action('Setvar', { Variable: 'PRESENCE_STATE(CustomPresence:101)', Value: 'away,lunch,Back at one' });
  await outside.action('QueuePause', { Interface: 'PJSIP/108', Paused: 'true', Reason: 'Lunch' });
  // No events on this one: answers alone.
  const asker = await pbx.connect('full', true);
  await asker.action('Events', { EventMask: 'off' });
  await askAll(asker);
  asker.close();
  return Buffer.concat(asker.captured);
}

async function askAll(asker: RawAmi): Promise<void> {
  for (const name of ['CoreSettings', 'CoreStatus', 'ListCommands', 'Ping']) await asker.action(name);
  const plain = [
    'CoreShowChannels',
    'BridgeList',
    'ExtensionStateList',
    'DeviceStateList',
    'PresenceStateList',
    'QueueStatus',
  ];
  const more = [
    'QueueSummary',
    'ParkedCalls',
    'Parkinglots',
    'ConfbridgeListRooms',
    'PJSIPShowEndpoints',
    'PJSIPShowContacts',
  ];
  const rest = ['PJSIPShowRegistrationsOutbound', 'VoicemailUsersList', 'SIPpeers', 'IAXpeerlist', 'MeetmeListRooms'];
  for (const name of [...plain, ...more, ...rest]) await ask(asker, name);
  await ask(asker, 'ConfbridgeList', { Conference: '800' });
  for (const bridge of await asker.list('BridgeList')) {
    await ask(asker, 'BridgeInfo', { BridgeUniqueid: bridge.get('BridgeUniqueid') });
  }
  for (const Family of ['AMPUSER', 'DND', 'CF', 'CFB', 'CFU', 'fop2state']) await ask(asker, 'DBGetTree', { Family });
  await asker.action('MailboxCount', { Mailbox: '118@default' });
}

/** A refusal (an unknown action on this version, an empty family) is worth recording too. */
async function ask(asker: RawAmi, name: string, fields: Record<string, string> = {}): Promise<void> {
  await asker.list(name, fields).catch(() => {});
}

async function save(name: string, bytes: Buffer): Promise<void> {
  const packed = gzipSync(bytes, { level: 9 });
  await writeFile(path.join(folder, `${name}.gz`), packed);
  if (process.env.CAPTURE_PLAIN) await writeFile(path.join(process.env.CAPTURE_PLAIN, name), bytes);
  console.log(`${name}: ${bytes.length} bytes, ${packed.length} packed`);
}
