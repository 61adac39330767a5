import { expect } from 'vitest';
import type { ExtensionRecord } from '../../server/protocol/records';
import type { AsteriskVersion } from './instance';
import type { Lab } from './lab';
import type { Panel } from './panel';

/** One story about do-not-disturb, forwarding or presence; leaves the PBX and the panel's settings as it found them. */
export interface AvailabilityCase {
  readonly title: string;
  /** There alone; both without it. */
  readonly version?: AsteriskVersion;
  readonly run: (lab: Lab, panel: Panel) => Promise<void>;
}

/** Everything agrees within this. */
export const agreeMs = 1_000;

/** Looks again until `observe` gives what is expected. */
export function agrees<T>(observe: () => T | Promise<T>, timeout = agreeMs) {
  return expect.poll(observe, { timeout, interval: 20 });
}

/** What a browser has of an extension. */
export function shown(panel: Panel, number: string): ExtensionRecord {
  const found = panel.mirror.lists().extensions.find((extension) => extension.number === number);
  return found ?? expect.fail(`the panel has no extension ${number}`);
}

/** Runs a command as the admin; it has to be taken. */
export async function command(panel: Panel, name: string, params: object): Promise<void> {
  const answer = await panel.request('POST', `/api/v1/commands/${name}`, params);
  expect(answer, name).toMatchObject({ status: 200, body: { ok: true } });
}

/** Value of an AstDB key; null: there is none. */
export async function astDb({ pbx }: Lab, family: string, key: string): Promise<string | null> {
  const rows = await pbx.ami.list('DBGet', { Family: family, Key: key }).catch(() => []);
  return rows[0]?.get('Val') ?? null;
}
