import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import Database from 'better-sqlite3';
import { defaultLayout } from '../../server/protocol/layout-default';
import { coreChannels } from './channels';
import { inconsistencies } from './consistency';
import { CutProxy } from './cut-proxy';
import { type Expected, mismatches, type Observed, observePanel } from './expected';
import type { Lab } from './lab';
import { Panel } from './panel';
import { channelDifferences } from './panel-check';
import { amiSecret } from './people';
import { startTraffic, type Traffic } from './traffic';
import { observeAsterisk } from './truth';

export const faultKinds = ['kill -9 Asterisk', 'SIGSTOP Asterisk', 'cut the link', 'kill -9 the panel'] as const;
export type FaultKind = (typeof faultKinds)[number];

/** What one fault cost, ms. */
export interface FaultResult {
  /** From the fault until the panel showed its PBX as gone; null where the panel itself was gone. */
  readonly staleMs: number | null;
  /** From the PBX (or the panel) being back until the panel's state was Asterisk's. */
  readonly convergedMs: number;
  /** Calls the phones had begun, and channels that were up when it struck. */
  readonly calls: number;
  readonly channels: number;
}

export class FaultFailed extends Error {
  override readonly name = 'FaultFailed';
}

const staleLimitMs = 10_000;
const convergeLimitMs = 5_000;
const frozenMs = 15_000;

/** A lab whose panel reaches its PBX through a link that can be cut. */
export class FaultLab {
  private constructor(
    readonly lab: Lab,
    readonly proxy: CutProxy,
    readonly panel: Panel,
  ) {}

  static async start(lab: Lab): Promise<FaultLab> {
    const proxy = await CutProxy.start(lab.pbx.ports.ami);
    const amiUrl = `ami://panel:${amiSecret('panel')}@127.0.0.1:${proxy.port}`;
    return new FaultLab(lab, proxy, await Panel.start({ amiUrl }));
  }

  async stop(): Promise<void> {
    await this.panel.stop();
    await this.proxy.close();
  }
}

/**
 * Lets the phones call each other, strikes at a moment chance picks, and lets them go on meanwhile. Throws FaultFailed
 * when the panel is not stale in time, not right again in time, shows a ghost, or has lost what was saved.
 */
export async function strike(kind: FaultKind, under: FaultLab, random: () => number): Promise<FaultResult> {
  const { lab, panel } = under;
  const traffic = startTraffic(lab.phones, random);
  try {
    await pause(400 + random() * 1_600);
    const channels = panel.mirror.lists().channels.length;
    const { staleMs, back, after } = await faults[kind](under, random);
    await silence(lab, traffic);
    await converge(under, back).finally(() => after);
    const convergedMs = performance.now() - back;
    await lab.phones.reset();
    // A fault may have parted a phone from its call at the PBX, which then waits for a goodbye that nobody sends.
    await lab.pbx.instance.cli('channel request hangup all');
    await noGhost(under);
    return { staleMs, convergedMs, calls: traffic.started(), channels };
  } finally {
    await traffic.stop();
    await lab.phones.reset();
  }
}

interface Struck {
  readonly staleMs: number | null;
  /** When the PBX, its link or the panel was there again (performance.now). */
  readonly back: number;
  /** What goes on meanwhile: phones that register again. */
  readonly after?: Promise<void>;
}

/** Ends the traffic at once: a step that waits for a phone, or begins to meanwhile, gives up. */
async function silence({ farm }: Lab, traffic: Traffic): Promise<void> {
  const giveUp = setInterval(() => farm.lines.abortWaits('the fault is over'), 20);
  await traffic.stop().finally(() => clearInterval(giveUp));
}

type Fault = (under: FaultLab, random: () => number) => Promise<Struck>;

const faults: Readonly<Record<FaultKind, Fault>> = {
  'kill -9 Asterisk': async ({ lab, panel }) => {
    const down = panelLinkDown(panel);
    down.catch(() => {});
    let after = Promise.resolve();
    const back = await new Promise<number>((resolve, reject) => {
      after = lab.phones.restartPbx('crash', () => resolve(performance.now()));
      after.catch(reject);
    });
    return { staleMs: await down, back, after };
  },
  'SIGSTOP Asterisk': async ({ lab, panel }) => {
    const down = panelLinkDown(panel);
    lab.pbx.instance.freeze();
    try {
      const [staleMs] = await Promise.all([down, pause(frozenMs)]);
      return { staleMs, back: performance.now() };
    } finally {
      lab.pbx.instance.thaw();
    }
  },
  'cut the link': async ({ proxy, panel }) => {
    const down = panelLinkDown(panel);
    proxy.cut();
    // The PBX was never away: right again is counted from when the panel knew.
    return { staleMs: await down, back: performance.now() };
  },
  'kill -9 the panel': async ({ panel }, random) => {
    const saved = await saveSomething(panel, random);
    await panel.kill();
    checkDatabase(panel.databaseFile);
    await panel.launch();
    const back = performance.now();
    await isThere(panel, saved);
    return { staleMs: null, back };
  },
};

/** Resolves with the time until a browser saw its PBX as gone; the link may be up again soon after. */
async function panelLinkDown(panel: Panel): Promise<number> {
  const began = performance.now();
  for (;;) {
    const link = panel.link;
    const took = performance.now() - began;
    if (link && link.link !== 'up') return took;
    if (took > staleLimitMs) throw new FaultFailed(`the panel was not stale after ${staleLimitMs} ms`);
    await panel.mirror.changed(200);
  }
}

/** Until the panel's state is Asterisk's, both read afresh: channels one by one, and all that scenarios speak of. */
async function converge({ lab, panel }: FaultLab, back: number): Promise<void> {
  for (;;) {
    const differences = await differencesNow(lab, panel).catch((error: Error) => [error.message]);
    const took = performance.now() - back;
    if (took > convergeLimitMs) {
      const why = [...differences, await circumstances(lab, panel)].join('; ');
      throw new FaultFailed(`not right ${Math.round(took)} ms after the PBX was back: ${why}`);
    }
    if (differences.length === 0) return;
    await pause(50);
  }
}

/** What is needed to understand a difference: the lines that the panel shows, and the channels and devices in use. */
async function circumstances({ pbx }: Lab, panel: Panel): Promise<string> {
  const { extensions, channels } = await panel.state();
  const lines = extensions.flatMap(({ number, calls }) =>
    calls.map(({ uniqueid, state }) => [number, uniqueid, state]),
  );
  const devices = (await pbx.ami.list('DeviceStateList')).map((row) => [row.get('Device'), row.get('State')]);
  const busy = devices.filter(([, state]) => !/^(NOT_INUSE|UNAVAILABLE|INVALID|UNKNOWN)$/.test(state ?? ''));
  return JSON.stringify({ lines, channels: channels.map(({ name, state }) => [name, state]), busy });
}

async function differencesNow(lab: Lab, panel: Panel): Promise<string[]> {
  if (panel.link?.link !== 'up') return [`the link is ${panel.link?.link}`];
  const truth = await observeAsterisk(lab.pbx.ami);
  const state = await panel.state();
  if (!(await panel.mirror.equals(state))) return ['the state is moving'];
  return [
    ...(await channelDifferences(state, lab.pbx)),
    ...mismatches(asExpected(truth, observePanel(state), await extensionsWithChannels(lab)), observePanel(state)),
    ...inconsistencies(state),
  ];
}

async function extensionsWithChannels({ pbx }: Lab): Promise<ReadonlySet<string>> {
  const channels = await coreChannels(pbx.instance);
  return new Set(channels.flatMap(({ name }) => /^(?:PJSIP|SIP)\/(\d+)-/.exec(name)?.[1] ?? []));
}

/**
 * All that Asterisk says; what it does not list must not be there in the panel either. Its device states may lag behind
 * its own channels while a call is set up (no answer to the INVITE yet): then "not in use" is not held against the panel.
 */
function asExpected({ calls: _, ...truth }: Observed, panel: Observed, inCalls: ReadonlySet<string>): Expected {
  const extensions = Object.entries(truth.extensions).map(([number, { lines: __, state, ...row }]) => [
    number,
    told(state === 'idle' && inCalls.has(number) ? row : { ...row, state }),
  ]);
  const lots = Object.keys(panel.parking).map((lot) => [lot, []]);
  const rooms = Object.keys(panel.conferences).map((name) => [name, null]);
  return {
    ...truth,
    extensions: Object.fromEntries(extensions),
    parking: { ...Object.fromEntries(lots), ...truth.parking },
    conferences: { ...Object.fromEntries(rooms), ...truth.conferences },
  };
}

/** Asterisk does not know through whom a value came. */
function told<T extends object>(row: T): Partial<T> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** When every phone has hung up, nothing of any call may be left. */
async function noGhost({ lab, panel }: FaultLab): Promise<void> {
  const began = performance.now();
  for (;;) {
    const { channels, calls, trunks, queues, parking, conferences, extensions } = await panel.state();
    const left = [
      ...(await channelDifferences({ channels }, lab.pbx)),
      ...channels.map(({ name }) => name),
      ...calls.map(({ id }) => `call ${id}`),
      ...trunks.flatMap((trunk) => trunk.channels.map(({ uniqueid }) => `trunk leg ${uniqueid}`)),
      ...queues.flatMap((queue) => queue.callers.map(({ uniqueid }) => `caller ${uniqueid}`)),
      ...parking.flatMap((lot) => lot.slots.map(({ uniqueid }) => `parked ${uniqueid}`)),
      ...conferences.flatMap((room) => room.participants.map(({ uniqueid }) => `participant ${uniqueid}`)),
      ...extensions.filter((one) => one.calls.length > 0).map(({ number }) => `line of ${number}`),
    ];
    if (left.length === 0) return;
    if (performance.now() - began > convergeLimitMs) throw new FaultFailed(`left over: ${left.join('; ')}`);
    await pause(100);
  }
}

interface Saved {
  readonly username: string;
  readonly favourites: readonly string[];
}

/** A user and a layout, both acknowledged, then nothing more: the process is killed in the next moment. */
async function saveSomething(panel: Panel, random: () => number): Promise<Saved> {
  const username = `user-${Math.floor(random() * 1e9).toString(36)}`;
  const user = { username, name: username, role: 'viewer', extension: null, password: 'a-long-password' };
  const created = await panel.request('POST', '/api/v1/admin/users', user);
  if (created.status !== 201) throw new FaultFailed(`user not created: ${JSON.stringify(created)}`);
  const favourites = Array.from({ length: 5 }, () => String(101 + Math.floor(random() * 20)));
  const { version } = (await panel.request('GET', '/api/v1/me/layout')).body as { version: number };
  const layout = { ...defaultLayout, favourites };
  const put = await panel.request('PUT', '/api/v1/me/layout', { version, layout });
  if (put.status !== 200) throw new FaultFailed(`layout not saved: ${JSON.stringify(put)}`);
  return { username, favourites };
}

/** As it lies there after the kill, before anybody opens it for writing. */
function checkDatabase(file: string): void {
  const database = new Database(file, { readonly: true });
  try {
    const found = database.pragma('integrity_check', { simple: true });
    if (found !== 'ok') throw new FaultFailed(`integrity_check: ${String(found)}`);
  } finally {
    database.close();
  }
}

async function isThere(panel: Panel, { username, favourites }: Saved): Promise<void> {
  const users = (await panel.request('GET', '/api/v1/admin/users')).body as readonly { username: string }[];
  if (!users.some((user) => user.username === username)) throw new FaultFailed(`user ${username} was lost`);
  const { layout } = (await panel.request('GET', '/api/v1/me/layout')).body as { layout: { favourites: string[] } };
  if (!isDeepStrictEqual(layout.favourites, favourites)) throw new FaultFailed('the layout was lost');
}
