import path from 'node:path';
import { expect, it } from 'vitest';
import type { Line } from '../../pbx/exchange';
import { errorStatus } from '../../protocol/errors';
import { TestOffice } from './testing';

/** A leg in each state of SPEC C30, and one that is gone. */
const legs: readonly (readonly [state: string, (office: TestOffice) => Line])[] = [
  ['dialing', (office) => office.dialling],
  ['ringing', (office) => office.ringing],
  ['talking', (office) => office.called],
  ['held', (office) => onHold(office, office.called)],
  ['onHold', (office) => onHold(office, office.caller)],
  ['queued', (office) => office.waiting],
  ['parked', (office) => office.parked],
  ['conference', (office) => office.guest],
  ['service', (office) => office.exchange.channel('PJSIP/102', 'up', '*97')],
  ['gone', gone],
];

const commands: readonly (readonly [name: string, params: object])[] = [
  ['call.hangup', {}],
  ['call.transfer', { to: '105', mode: 'blind' }],
  ['call.pickup', { extension: '105' }],
  ['queue.take', { extension: '105' }],
  ['call.park', {}],
  ['call.dtmf', { digits: '1' }],
  ['call.listen', { extension: '105', mode: 'listen' }],
  ['call.record', { on: true }],
  ['conference.mute', { conference: '800', on: true }],
  ['conference.kick', { conference: '800' }],
];

function onHold(office: TestOffice, holder: Line): Line {
  office.exchange.hold(holder);
  return office.called;
}

function gone(office: TestOffice): Line {
  office.exchange.hangUp(office.called);
  return office.called;
}

const head = `# What may be done to a leg in which state

The answers of the commands to a leg in each state, as its extension shows it (\`state\` of an extension's call; \`gone\`: hung
up). *done*, or the status and the words. Written by \`server/commands/calls/states.test.ts\`.
`;

it('every command answers each state as docs/command-states.md says', async () => {
  const sections: string[] = [];
  for (const [name, rest] of commands) {
    const rows: string[] = [];
    for (const [state, legOf] of legs) {
      const office = new TestOffice();
      const line = legOf(office);
      office.tell();
      expect(office.model.leg(line.id)?.state ?? 'gone').toBe(state);
      const result = await office.run(name, { uniqueid: line.id, ...rest });
      expect(office.ami.changes.length).toBe(result.ok ? 1 : 0);
      rows.push(`| ${state} | ${result.ok ? 'done' : `${errorStatus[result.error]} ${result.message}`} |`);
    }
    sections.push(`## ${name}\n\n| state | answer |\n|---|---|\n${rows.join('\n')}\n`);
  }
  const page = path.join(import.meta.dirname, '../../../docs/command-states.md');
  await expect(`${head}\n${sections.join('\n')}`).toMatchFileSnapshot(page);
});
