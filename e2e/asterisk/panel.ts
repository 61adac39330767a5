import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PbxRecord } from '../../server/protocol/records';
import type { Snapshot } from '../../server/protocol/state';
import { Mirror } from './mirror';
import { freePort } from './ports';

const root = path.resolve(import.meta.dirname, '../..');
const adminPassword = 'the-admin-of-the-tests';

export interface PanelOptions {
  /** `ami://…` of the PBX. */
  readonly amiUrl: string;
  /** Wait until the PBX link is up and the first read is done; default true. */
  readonly ready?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** An answer of the panel's API that is not the one expected. */
export class PanelRefused extends Error {
  override readonly name = 'PanelRefused';
}

/** The real panel (the bundle in dist, see build.mjs) as its own process, with a database of its own, and one browser's mirror of its state. */
export class Panel {
  private child: ChildProcess | undefined;
  private exited: Promise<void> = Promise.resolve();
  private cookie = '';
  private browser: Mirror | undefined;
  private words: string[] = [];

  private constructor(
    private readonly options: PanelOptions,
    private readonly folder: string,
    private readonly port: number,
  ) {}

  static async start(options: PanelOptions): Promise<Panel> {
    const folder = await mkdtemp(path.join(tmpdir(), 'cordboard-panel-'));
    const panel = new Panel(options, folder, await freePort());
    try {
      await panel.launch();
    } catch (error) {
      await panel.stop();
      throw error;
    }
    return panel;
  }

  /** Starts the process (again) on the same database, signs in and follows the state. */
  async launch(): Promise<void> {
    const output: string[] = [];
    this.words = output;
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', process.execPath, 'dist/main.js'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        HOME: this.folder,
        TZ: process.env.TZ,
        NODE_ENV: 'production',
        HOST: '127.0.0.1',
        PORT: String(this.port),
        DATABASE_URL: `file:${this.databaseFile}`,
        AMI_URL: this.options.amiUrl,
        ADMIN_PASSWORD: adminPassword,
        ...this.options.env,
      },
    });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => output.push(String(bytes)));
    this.child = child;
    this.exited = new Promise((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', () => resolve());
    });
    const ready = this.options.ready ?? true;
    await this.waitFor(ready ? '/readyz' : '/healthz');
    await this.signIn();
    this.browser = await Mirror.open(this.url, this.cookie);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get databaseFile(): string {
    return path.join(this.folder, 'panel.db');
  }

  /** What a browser has, from one snapshot and the ops since. */
  get mirror(): Mirror {
    if (!this.browser) throw new Error('the panel is not running');
    return this.browser;
  }

  /** The PBX as that browser sees it. */
  get link(): PbxRecord | undefined {
    return this.mirror.lists().pbx[0];
  }

  /** GET /api/v1/state */
  async state(): Promise<Snapshot> {
    return (await this.request('GET', '/api/v1/state')).body as Snapshot;
  }

  /** Any call of the API as the admin; the caller looks at the status. */
  async request(method: string, where: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${this.url}${where}`, {
      method,
      headers: { cookie: this.cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (response.status === 429) throw new PanelRefused(`${where}: ${text}`);
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  }

  /** What the process wrote, for the words of a failing test. */
  log(): string {
    return this.words.join('');
  }

  /** kill -9: nothing is flushed, nobody is told. */
  async kill(): Promise<void> {
    this.browser?.close();
    this.browser = undefined;
    this.child?.kill('SIGKILL');
    await this.exited;
  }

  /** An orderly stop; rejects when the process does not end by itself. */
  async end(): Promise<void> {
    this.browser?.close();
    this.browser = undefined;
    this.child?.kill('SIGTERM');
    const late = new Promise<never>((_, reject) =>
      setTimeout(() => reject(new Error(`the panel did not stop:\n${this.log()}`)), 10_000).unref(),
    );
    await Promise.race([this.exited, late]);
  }

  /** Ends the process and removes its database. */
  async stop(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async waitFor(where: string, limitMs = 30_000): Promise<void> {
    const deadline = performance.now() + limitMs;
    for (;;) {
      const status = await fetch(`${this.url}${where}`).then(
        async (response) => {
          await response.arrayBuffer();
          return response.status;
        },
        () => 0,
      );
      if (status === 200) return;
      if (this.child?.exitCode !== null) throw new Error(`the panel ended while starting:\n${this.log()}`);
      if (performance.now() > deadline) throw new Error(`${where} answered ${status} for too long:\n${this.log()}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  private async signIn(): Promise<void> {
    const response = await fetch(`${this.url}/api/v1/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password: adminPassword }),
    });
    if (response.status !== 200) throw new PanelRefused(`signing in: ${await response.text()}`);
    this.cookie = response.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
  }
}
