import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ImportRefused } from './bytes';
import { inPlanThread } from './in-plan-thread';
import { planImport } from './plan';
import { choices, fixture, smallOffice, textFile } from './testing';

let directory: string;
let script: URL;

beforeAll(async () => {
  // Below the packages that it needs.
  directory = mkdtempSync(path.join(import.meta.dirname, '../../node_modules/.cordboard-thread-'));
  const outfile = path.join(directory, 'plan-thread.mjs');
  const entry = path.join(import.meta.dirname, 'plan-thread.ts');
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external' });
  script = pathToFileURL(outfile);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const look = (files: Parameters<typeof planImport>[0], withinMs?: number) =>
  inPlanThread(script, { files, choices: choices(), office: smallOffice() }, withinMs);

it('says the same as without a thread', async () => {
  const { plan, actions } = planImport(fixture('freepbx'), choices(), smallOffice());
  const answer = await look(fixture('freepbx'));
  expect(JSON.parse(answer.plan)).toEqual(plan);
  expect(answer.actions).toEqual(actions);
});

it('refuses in words what cannot be looked at, and what takes too long', async () => {
  await expect(look([textFile('a', '\n'.repeat(200_001))])).rejects.toThrow(/more than 200,000 lines/);
  const many = Array.from({ length: 20_000 }, (_, at) => `user=${at}:x:dial,p${at}:g${at}`).join('\n');
  const late = look([textFile('fop2.cfg', many)], 1);
  await expect(late).rejects.toThrow(ImportRefused);
  await expect(late).rejects.toThrow(/take too long/);
});
