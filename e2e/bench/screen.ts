import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from '@playwright/test';
import { chromiumLaunch } from '../fixtures/chromium';
import { listeners } from './memory';
import { BenchOffice, firstProbe } from './office';
import { Panel, pause } from './panel';
import { percentile, type Row, row, whole } from './table';

const seconds = 30;
const probeEveryMs = 100;
const probeTiles = 60;
const eventsPerSecond = 1_000;

interface Seen {
  readonly tile: string;
  readonly state: string | null;
  readonly at: number;
}

declare global {
  interface Window {
    benchSeen: Seen[];
    benchTasks: number[];
    benchChanged: number;
  }
}

/** Notes every state a tile takes, with the machine's clock, and every task over 50 ms. */
function watch(): void {
  const watching = window.benchSeen !== undefined;
  window.benchSeen = [];
  window.benchTasks = [];
  window.benchChanged = 0;
  if (watching) return;
  new MutationObserver((records) => {
    const at = performance.timeOrigin + performance.now();
    for (const { target } of records) {
      if (!(target instanceof HTMLElement)) continue;
      const tile = target.dataset.tile;
      if (tile === undefined) continue;
      window.benchChanged += 1;
      window.benchSeen.push({ tile, state: target.dataset.state ?? null, at });
    }
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-state'] });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.benchTasks.push(entry.duration);
  }).observe({ type: 'longtask' });
}

async function openPanel(browser: Browser, panel: Panel): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const cookies = panel.cookie.split('; ').map((pair) => {
    const at = pair.indexOf('=');
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url: panel.url };
  });
  await context.addCookies(cookies);
  const page = await context.newPage();
  await page.goto(panel.url);
  await page.locator('[data-tile]').first().waitFor({ timeout: 30_000 });
  return page;
}

/** Event → browser DOM in one real Chromium among 500 browsers, under 1,000 events a second; and the page's own load. */
export async function screen(): Promise<Row[]> {
  const office = await BenchOffice.start(1_000, 150, probeTiles);
  const panel = await Panel.start(office.amiUrl);
  const browser = await chromium.launch(chromiumLaunch());
  try {
    await panel.ready();
    const page = await openPanel(browser, panel);
    const others = await listeners(panel, 499);
    const rows = await latency(office, panel, page, others.process);
    others.process.disconnect();
    await pause(2_000);
    return [...rows, ...(await manyTiles(office, page)), scriptSize()];
  } finally {
    await browser.close();
    await panel.stop();
    await office.close();
  }
}

async function latency(office: BenchOffice, panel: Panel, page: Page, others: ChildProcess): Promise<Row[]> {
  office.busy(eventsPerSecond);
  // Longer than a call lasts there, so that begin and end of calls balance.
  await pause(5_000);
  await page.evaluate(watch);
  const drawn = await page
    .locator('[data-tile]')
    .evaluateAll((all) => all.map((tile) => (tile as HTMLElement).dataset.tile ?? ''));
  const tiles = drawn.filter((number) => Number(number) >= firstProbe && Number(number) < firstProbe + probeTiles);
  if (tiles.length === 0) throw new Error(`none of the phones to watch is on the screen: ${drawn.join(' ')}`);
  await panel.metric('cordboard_nodejs_eventloop_lag_p99_seconds');
  const sentBefore = office.sent;
  const cpuBefore = await panel.cpuSeconds();
  const waitedBefore = await panel.waitedSeconds();
  const startedAt = performance.now();
  const probes: Probe[] = [];
  for (let i = 0; performance.now() - startedAt < seconds * 1_000; i++) {
    const tile = tiles[i % tiles.length] ?? '';
    const used = Math.floor(i / tiles.length) % 2 === 0;
    probes.push({ tile, state: used ? 'inUse' : 'idle', at: office.device(tile, used ? 'INUSE' : 'NOT_INUSE') });
    await pause(probeEveryMs);
  }
  const elapsed = (performance.now() - startedAt) / 1_000;
  const lag = (await panel.metric('cordboard_nodejs_eventloop_lag_p99_seconds')) * 1_000;
  const cpu = ((await panel.cpuSeconds()) - cpuBefore) / elapsed;
  const waited = ((await panel.waitedSeconds()) - waitedBefore) / elapsed;
  const rate = (office.sent - sentBefore) / elapsed;
  office.quiet();
  await pause(1_000);
  const took = delays(probes, await page.evaluate(() => window.benchSeen));
  const wire = delays(probes, await heardBy(others));
  const p99 = percentile(took, 0.99);
  return [
    row(
      'd',
      `event sent → DOM changed, p50 (${took.length} of ${probes.length} probes of ${tiles.length} tiles; 1,000 extensions, ${whole(rate)} events/s, 500 browsers)`,
      `${percentile(took, 0.5).toFixed(1)} ms`,
    ),
    row('d', 'event sent → DOM changed, p99', `${p99.toFixed(1)} ms`, '≤ 100 ms', p99 <= 100),
    row(
      'd',
      'of which: event sent → frame received by a browser that draws nothing, p50 / p99',
      `${percentile(wire, 0.5).toFixed(1)} / ${percentile(wire, 0.99).toFixed(1)} ms`,
    ),
    row(
      'd',
      "server's event-loop delay, p99 (the sampling interval of 10 ms included)",
      `${lag.toFixed(1)} ms`,
      '≤ 50 ms',
      lag <= 50,
    ),
    row('d', "server's CPU meanwhile", `${(cpu * 100).toFixed(0)} % of one core`),
    row('d', 'server wanted a core and had none', `${(waited * 100).toFixed(0)} % of the time`),
  ];
}

interface Probe {
  readonly tile: string;
  readonly state: string;
  readonly at: number;
}

/** How long each probe took to be seen; one that never was is not here. */
function delays(probes: readonly Probe[], seen: readonly Seen[]): number[] {
  return probes.flatMap(({ tile, state, at }) => {
    const found = seen.find((one) => one.tile === tile && one.state === state && one.at >= at - 1);
    return found ? [found.at - at] : [];
  });
}

function heardBy(others: ChildProcess): Promise<Seen[]> {
  return new Promise((resolve) => {
    others.once('message', (message) => resolve((message as { heard: Seen[] }).heard));
    others.send('report');
  });
}

/** 200 tiles a second change in front of the user's eyes. */
async function manyTiles(office: BenchOffice, page: Page): Promise<Row[]> {
  await page.evaluate(watch);
  const tiles = await page
    .locator('[data-tile]')
    .evaluateAll((all) => all.map((tile) => (tile as HTMLElement).dataset.tile ?? ''));
  const startedAt = performance.now();
  let changed = 0;
  while (performance.now() - startedAt < 15_000) {
    const due = ((performance.now() - startedAt) / 1_000) * 200;
    for (; changed < due; changed++) {
      const used = Math.floor(changed / tiles.length) % 2 === 0;
      office.device(tiles[changed % tiles.length] ?? '', used ? 'INUSE' : 'NOT_INUSE');
    }
    await pause(20);
  }
  await pause(500);
  const { tasks, drawn } = await page.evaluate(() => ({ tasks: window.benchTasks, drawn: window.benchChanged }));
  const longest = tasks.length === 0 ? 'none' : `${tasks.length}, the longest ${Math.max(...tasks).toFixed(0)} ms`;
  return [
    row(
      'e',
      `tasks over 50 ms in 15 s of 200 tiles changing per second (${whole(drawn / 15)}/s were drawn)`,
      longest,
      'none',
      tasks.length === 0,
    ),
  ];
}

/** Every script that the panel's page names. */
function scriptSize(): Row {
  const out = path.join(process.cwd(), 'out');
  const html = readFileSync(path.join(out, 'index.html'), 'utf8');
  const names = new Set(
    [...html.matchAll(/<script[^>]*src="([^"]+\.js)[^"]*"(?![^>]*noModule)/gi)].flatMap(([tag, name]) =>
      /nomodule/i.test(tag) || name === undefined ? [] : [name],
    ),
  );
  let bytes = 0;
  for (const name of names) bytes += gzipSync(readFileSync(path.join(out, name)), { level: 9 }).length;
  const inline = [...html.matchAll(/<script(?![^>]*src=)[^>]*>([\s\S]*?)<\/script>/gi)]
    .map(([, code]) => code ?? '')
    .join('');
  bytes += gzipSync(inline).length;
  const all = readdirSync(path.join(out, '_next/static'), { recursive: true }).filter((name) =>
    String(name).endsWith('.js'),
  ).length;
  const kb = bytes / 1_000;
  return row(
    'e',
    `scripts of the panel page, gzipped (${names.size} of the build's ${all} files)`,
    `${kb.toFixed(0)} kB`,
    '≤ 250 kB',
    kb <= 250,
  );
}
