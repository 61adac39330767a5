import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from './commands';
import type { Permission } from './permissions';

const page = readFileSync(path.join(import.meta.dirname, '../../docs/commands.md'), 'utf8');

describe('docs/commands.md', () => {
  for (const [name, entry] of Object.entries(commands)) {
    const { params, own }: { params: typeof entry.params; permission: Permission; own?: Permission } = entry;
    const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\` |`)) ?? '';

    it(`has ${name} with its parameters and rights`, () => {
      for (const field of Object.keys(params.shape)) expect(row).toMatch(new RegExp(`\`${field}\\??\``));
      if (name !== 'extensions.undo') expect(row).toContain(`\`${entry.permission}\``);
      if (own !== undefined) expect(row).toContain(`\`${own}\``);
    });
  }

  it('has no command that is not there', () => {
    const named = [...page.matchAll(/^\| `([a-z]+(?:\.[a-z]+)+)` \|/gm)].map(([, name]) => name);
    expect(named.sort()).toEqual(Object.keys(commands).sort());
  });
});
