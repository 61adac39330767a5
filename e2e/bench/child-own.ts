import { AmiSession } from '../../server/ami/session';
import { Feed } from '../../server/feed/feed';
import { wantedEvents } from '../../server/feed/translate';
import { PbxModel } from '../../server/pbx/model';

/** The panel's own chain in a process of its own: AMI bytes → parser → feed → model. Talks to the bench by IPC. */
const [port = '', username = '', secret = ''] = process.argv.slice(2);
const model = new PbxModel();
let ops = 0;
let up = false;
const say = (data: object, text: string): void => console.error(text, JSON.stringify(data).slice(0, 300));
const quiet = { info: () => {}, warn: say, debug: () => {} };
const feed = new Feed({
  ami: {
    get status() {
      return session.status;
    },
    action: (...call) => session.action(...call),
    list: (...call) => session.list(...call),
  },
  emit: (event) => {
    ops += model.reduce(event).ops.length;
    if (event.type === 'link' && event.link === 'up' && !up) {
      up = true;
      // Names are still read in the background.
      setTimeout(() => process.send?.({ ready: true }), 300);
    }
  },
  clock: {
    now: Date.now,
    setTimeout: (run, ms) => setTimeout(run, ms),
    clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
  },
  log: quiet,
});
const session: AmiSession = new AmiSession({
  connect: { host: '127.0.0.1', port: Number(port), username, secret },
  wants: new Set([...wantedEvents, 'BenchMark']),
  handlers: {
    event: (message, at) => {
      if (message.name === 'BenchMark') marked();
      else feed.handleEvent(message, at);
    },
    status: (status) => feed.handleStatus(status),
    tamper: (incident) => feed.handleTamper(incident),
  },
});

let startedAt = 0;
let cpu = process.cpuUsage();
function marked(): void {
  const used = process.cpuUsage(cpu);
  const { tampered, dropped } = feed.stats();
  const extensions = model.maps.extensions.size;
  const wallMs = performance.now() - startedAt;
  process.send?.({ cpuMs: (used.user + used.system) / 1_000, wallMs, ops, tampered, dropped, extensions });
}
process.on('message', () => {
  startedAt = performance.now();
  cpu = process.cpuUsage();
  process.send?.({ go: true });
});
session.start();
