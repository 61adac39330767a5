import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { BenchOffice } from './office';
import { Panel, pause } from './panel';
import { type Row, row, whole } from './table';

const child = path.join(process.cwd(), '.cache/bench/js/e2e/bench/child-sockets.mjs');
const browsers = 500;
/** Below the server's own limit of connections of one person. */
const perPerson = 40;

/** So many browsers that listen, in a process of their own. */
export async function listeners(panel: Panel, count: number): Promise<{ process: ChildProcess; snapshot: number }> {
  const cookies = await panel.people(Math.ceil(count / perPerson));
  return new Promise((resolve, reject) => {
    const sockets = fork(child, [panel.url, String(count), ...cookies]);
    sockets.once('exit', (code) => reject(new Error(`the browsers' process ended with ${code}`)));
    sockets.once('message', (message) =>
      resolve({ process: sockets, snapshot: (message as { snapshot: number }).snapshot }),
    );
  });
}

/** What the server weighs with 10,000 extensions, alone and with 500 browsers. */
export async function memory(): Promise<Row[]> {
  const office = await BenchOffice.start(10_000, 0);
  const panel = await Panel.start(office.amiUrl);
  try {
    await panel.ready();
    await pause(5_000);
    const extensions = await panel.extensions();
    const alone = await settled(panel);
    const heap = await panel.metric('cordboard_nodejs_heap_size_used_bytes');
    // The first crowd leaves behind what the process needs once: encoded snapshots, grown pools.
    const first = await listeners(panel, browsers);
    first.process.disconnect();
    const before = await settled(panel);
    const many = await listeners(panel, browsers);
    const after = await settled(panel);
    many.process.disconnect();
    // The resident size moves by more than the browsers weigh, so the goal is judged by the upper bound.
    const most = ((after - alone) * 1_024) / browsers;
    const second = ((after - before) * 1_024) / browsers;
    return [
      row(
        'c',
        `server with ${whole(extensions)} extensions, resident`,
        `${alone.toFixed(0)} MB (heap in use ${(heap / 1_048_576).toFixed(0)} MB)`,
        '≤ 300 MB',
        alone <= 300,
      ),
      row(
        'c',
        `the same with ${browsers} idle browsers, each of which took its snapshot (${(many.snapshot / 1_048_576).toFixed(1)} MB)`,
        `${after.toFixed(0)} MB`,
      ),
      row(
        'c',
        'per browser, at most: all growth since before the first crowd',
        `${most.toFixed(0)} KB`,
        '≤ 40 KB',
        most <= 40,
      ),
      row(
        'c',
        'per browser, second crowd against the empty server before it (noise included)',
        `${second.toFixed(0)} KB`,
      ),
    ];
  } finally {
    await panel.stop();
    await office.close();
  }
}

/** Resident size once it no longer falls: what a burst left behind is collected in idle time. */
async function settled(panel: Panel): Promise<number> {
  let least = await panel.residentMb();
  for (let quiet = 0; quiet < 5; ) {
    await pause(1_000);
    const now = await panel.residentMb();
    quiet = now < least - 0.5 ? 0 : quiet + 1;
    least = Math.min(least, now);
  }
  return least;
}
