import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { callCommands } from '../../protocol/call-commands';
import { errorStatus } from '../../protocol/errors';
import { legs, tables } from './situations';
import { TestOffice } from './testing';

const head = `# What may be done, and when

The answers of every command on calls, queues and rooms in each situation: *done*, or the status and the words. A leg's
state is the one its extension shows (\`state\` of an extension's call; \`gone\`: hung up), a transfer's that of its record.
Rights, number rules and the panic switch come on top ([permissions.md](permissions.md)); while the PBX is away everything
but a note is answered with 503. Written by \`server/commands/calls/states.test.ts\`.
`;

/** In the tables the ids of this test would say nothing. */
function words(text: string): string {
  return text.replace(/\(1800000000\.\d+\)/g, '(its uniqueid)');
}

describe('states', () => {
  it.each(legs)('a leg that is %s', (state, legOf) => {
    const office = new TestOffice();
    const line = legOf(office);
    office.tell();
    expect(office.model.leg(line.id)?.state ?? 'gone').toBe(state);
  });

  it('are looked at for every command, done in one at least and refused in another', async () => {
    const seen = new Map<string, Set<boolean>>();
    const sections: string[] = [];
    for (const { name, way, rows } of tables) {
      const lines: string[] = [];
      for (const { what, make, actor } of rows) {
        const office = new TestOffice();
        const params = make(office);
        const result = await office.run(name, params, actor);
        expect(office.faults).toEqual([]);
        // Nothing reaches the PBX that was refused; a note never does, and a call that comes back already needs nothing.
        const silent = name === 'call.note' || what === 'returned' || /by its configuration/.test(what);
        if (!silent) expect(office.ami.changes.length > 0, `${name} ${what}`).toBe(result.ok);
        seen.set(name, (seen.get(name) ?? new Set()).add(result.ok));
        const warned = result.ok && result.warning !== undefined ? ', with the words that the phone did not obey' : '';
        const answer = result.ok ? `done${warned}` : `${errorStatus[result.error]} ${words(result.message)}`;
        lines.push(`| ${what} | ${answer} |`);
      }
      const title = way === '' ? name : `${name}, ${way}`;
      sections.push(`## ${title}\n\n| when | answer |\n|---|---|\n${lines.join('\n')}\n`);
    }
    expect([...seen.keys()].sort()).toEqual(Object.keys(callCommands).sort());
    expect([...seen].filter(([, answers]) => answers.size < 2).map(([name]) => name)).toEqual([]);
    const page = path.join(import.meta.dirname, '../../../docs/command-states.md');
    await expect(`${head}\n${sections.join('\n')}`).toMatchFileSnapshot(page);
  });
});
