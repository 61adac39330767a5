import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '../asterisk/ports';

const root = process.cwd();
const adminPassword = 'correct horse battery staple';
const ticksPerSecond = 100;

/** The panel as production runs it, in a process of its own that can be weighed. */
export class Panel {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly url: string,
    readonly cookie: string,
  ) {}

  static async start(amiUrl: string): Promise<Panel> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'cordboard-bench-'));
    const port = await freePort();
    const child = spawn(process.execPath, [path.join(root, '.cache/bench/js/server/main.mjs')], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        PATH: process.env.PATH ?? '',
        NODE_ENV: 'production',
        CORDBOARD_ROOT: root,
        HOST: '127.0.0.1',
        PORT: String(port),
        DATABASE_URL: `file:${path.join(folder, 'panel.db')}`,
        LOG_LEVEL: 'warn',
        ADMIN_PASSWORD: adminPassword,
        AMI_URL: amiUrl,
      },
    });
    const url = `http://127.0.0.1:${port}`;
    await untilPrinted(child, /Cordboard \S+ is on/);
    return new Panel(child, folder, url, await signIn(url, 'admin'));
  }

  /** Sessions of as many people, because one person may not hold 500 connections. */
  async people(count: number): Promise<string[]> {
    const cookies: string[] = [];
    for (let i = 0; i < count; i++) {
      const username = `bench${i}`;
      const body = { username, name: username, role: 'supervisor', extension: null, password: adminPassword };
      // A second round meets the people of the first.
      await post(`${this.url}/api/v1/admin/users`, body, this.cookie);
      cookies.push(await signIn(this.url, username));
    }
    return cookies;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Resolves when the first read of the PBX is done. */
  async ready(): Promise<void> {
    const until = Date.now() + 60_000;
    while (Date.now() < until) {
      const answer = await fetch(`${this.url}/readyz`);
      if (answer.ok) return;
      await pause(200);
    }
    throw new Error('the panel never had the state of its PBX');
  }

  async extensions(): Promise<number> {
    const answer = await fetch(`${this.url}/api/v1/state`, { headers: { cookie: this.cookie } });
    return ((await answer.json()) as { extensions: unknown[] }).extensions.length;
  }

  /** A gauge or counter without labels; reading also begins a new window of the event-loop delay. */
  async metric(name: string): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`, { headers: { cookie: this.cookie } })).text();
    return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
  }

  async residentMb(): Promise<number> {
    const status = await readFile(`/proc/${this.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1_024;
  }

  /** Seconds for which its main thread wanted a core and had none, since it began. */
  async waitedSeconds(): Promise<number> {
    const stat = await readFile(`/proc/${this.pid}/schedstat`, 'utf8');
    return Number(stat.split(' ')[1]) / 1e9;
  }

  cpuSeconds(): Promise<number> {
    return cpuSecondsOf(this.pid);
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    const late = setTimeout(() => this.child.kill('SIGKILL'), 5_000);
    await gone;
    clearTimeout(late);
    await rm(this.folder, { recursive: true, force: true });
  }
}

function post(url: string, body: object, cookie = ''): Promise<Response> {
  const headers = { 'content-type': 'application/json', origin: new URL(url).origin, cookie };
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function signIn(url: string, username: string): Promise<string> {
  const answer = await post(`${url}/api/v1/login`, { username, password: adminPassword });
  if (!answer.ok) throw new Error(`the panel refused the login: ${answer.status} ${await answer.text()}`);
  return answer.headers
    .getSetCookie()
    .map((one) => one.split(';', 1)[0])
    .join('; ');
}

/** User and system time of a process since it began. */
export async function cpuSecondsOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function untilPrinted(child: ChildProcess, wanted: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    const late = setTimeout(() => reject(new Error(`the panel does not start: ${text}`)), 60_000);
    child.once('exit', () => reject(new Error(`the panel ended: ${text}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (!wanted.test(text)) return;
      clearTimeout(late);
      resolve();
    });
  });
}
