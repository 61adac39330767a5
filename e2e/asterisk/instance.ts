import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { access, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { rtpRange } from './ports';

const execute = promisify(execFile);

export type AsteriskVersion = 22 | 16;

export interface InstanceOptions {
  /** Unpacked root, from ensureAsterisk. */
  readonly root: string;
  /** Letters and dashes; a unique suffix is added. */
  readonly name: string;
  /** `systemname`: Asterisk puts it before each Uniqueid. */
  readonly systemName?: string;
  /** Configuration files by name (`pjsip.conf`); asterisk.conf, modules.conf, logger.conf and rtp.conf are written here. */
  readonly files: Readonly<Record<string, string>>;
}

/** Modules that open fixed ports, want a database, or are slow to start and of no use here. */
const unwanted = new RegExp(
  `^(${[
    'chan_(unistim|skinny|mgcp|ooh323|motif|console|oss|alsa|dahdi|websocket|audiosocket|phone|vpb|mobile)',
    'cdr_.*',
    'cel_.*',
    'res_config_.*',
    'res_odbc.*',
    'func_odbc',
    'app_voicemail_(odbc|imap).*',
    'app_(jack|festival|minivm|alarmreceiver|sla|amd|adsiprog|getcpeid|dictate|zapateller|sms|mp3|flash|meetme)',
    'res_calendar.*',
    'res_(xmpp|snmp|smdi|fax.*|hep.*|corosync|prometheus|statsd|phoneprov|adsi|ael_share|stun_monitor|timing_dahdi)',
    'res_(resolver_unbound|stir_shaken|pjsip_stir_shaken|pjsip_phoneprov_provider|speech.*|aeap|geolocation)',
    'res_pjsip_(geolocation|transport_websocket|publish_asterisk|outbound_publish|send_to_voicemail|aoc|history)',
    'pbx_(ael|lua|dundi|realtime|loopback)',
    'codec_(opus.*|speex|codec2|lpc10|amr|ilbc|dahdi)',
    'format_(ogg.*|h26.|vox|ilbc|siren.*)',
    'func_(speex|enum|iconv)',
  ].join('|')})\\.so$`,
);

const environment = { NODE_ENV: 'test', PATH: process.env.PATH, TERM: 'dumb', HOME: '/tmp', LANG: 'C.UTF-8' } as const;

/** One Asterisk process in a chroot with its own configuration, database, logs and ports. */
export class AsteriskInstance {
  /** The instance's folder as this process sees it. */
  readonly folder: string;
  /** The same folder as Asterisk sees it from inside its root. */
  readonly inside: string;
  private child: ChildProcess | undefined;
  private exited: Promise<void> = Promise.resolve();
  private frozen = false;

  private constructor(
    private readonly options: InstanceOptions,
    id: string,
  ) {
    this.inside = `/inst/${id}`;
    this.folder = path.join(options.root, 'inst', id);
  }

  /** Writes the configuration; nothing runs yet. */
  static async create(options: InstanceOptions): Promise<AsteriskInstance> {
    await removeDeadInstances(options.root);
    await resolveLocally(options.root);
    const id = `${options.name}-${process.pid}-${Math.random().toString(36).slice(2, 8)}`;
    const instance = new AsteriskInstance(options, id);
    await instance.configure();
    return instance;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  get running(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  get logFile(): string {
    return path.join(this.folder, 'log/full.log');
  }

  /** Starts the process and waits until Asterisk calls itself fully booted. */
  async start(): Promise<void> {
    if (this.running) throw new Error(`${this.options.name} is running already`);
    const output = openSync(path.join(this.folder, 'log/console.log'), 'a');
    // pdeathsig: the kernel ends Asterisk when this process dies, however it dies, even while Asterisk is frozen.
    const child = spawn(
      'setpriv',
      ['--pdeathsig', 'KILL', 'chroot', this.options.root, '/usr/sbin/asterisk', '-f', '-C', this.configFile],
      {
        stdio: ['ignore', output, output],
        env: environment,
      },
    );
    closeSync(output);
    this.child = child;
    this.frozen = false;
    this.exited = new Promise((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', () => resolve());
    });
    await this.waitBooted();
  }

  async waitBooted(timeoutMs = 30_000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    const socket = path.join(this.folder, 'run/asterisk.ctl');
    while (Date.now() < deadline) {
      if (!this.running) throw new Error(`Asterisk ended while booting: ${await this.logTail()}`);
      if (await exists(socket)) {
        const answer = await this.cli('core waitfullybooted').catch(() => '');
        if (/fully booted/i.test(answer)) return;
      }
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    throw new Error(`Asterisk did not boot within ${timeoutMs} ms: ${await this.logTail()}`);
  }

  /** Runs a console command and returns its output. */
  async cli(command: string): Promise<string> {
    const { stdout } = await execute(
      'chroot',
      [this.options.root, '/usr/sbin/asterisk', '-C', this.configFile, '-rx', command],
      {
        timeout: 20_000,
        maxBuffer: 64 * 1024 * 1024,
        env: environment,
      },
    );
    return stdout;
  }

  /** A clean stop; AMI clients see `Shutdown`. */
  async stop(): Promise<void> {
    if (!this.running) return;
    this.thaw();
    const forced = setTimeout(() => this.child?.kill('SIGKILL'), 5_000);
    this.child?.kill('SIGTERM');
    await this.exited;
    clearTimeout(forced);
  }

  /** kill -9: no goodbye on any connection. */
  async kill(): Promise<void> {
    this.child?.kill('SIGKILL');
    await this.exited;
    // The socket file stays behind after a crash and would make the next boot look ready too early.
    await rm(path.join(this.folder, 'run/asterisk.ctl'), { force: true });
  }

  /** SIGSTOP: connections stay open, nothing answers. */
  freeze(): void {
    if (this.child?.kill('SIGSTOP')) this.frozen = true;
  }

  thaw(): void {
    if (this.frozen) this.child?.kill('SIGCONT');
    this.frozen = false;
  }

  /** Kills the process and removes the instance's folder. */
  async remove(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Replaces one configuration file; reload by `cli('module reload …')`. */
  async writeConfig(name: string, text: string): Promise<void> {
    await writeFile(path.join(this.folder, 'etc', name), text);
  }

  async logTail(): Promise<string> {
    const names = ['log/console.log', 'log/full.log'];
    const texts = await Promise.all(
      names.map((name) => readFile(path.join(this.folder, name), 'utf8').catch(() => '')),
    );
    return texts.map((text) => text.split('\n').slice(-15).join('\n')).join('\n');
  }

  private get configFile(): string {
    return `${this.inside}/etc/asterisk.conf`;
  }

  private async configure(): Promise<void> {
    for (const part of ['etc', 'db', 'keys', 'spool/voicemail', 'run', 'log']) {
      await mkdir(path.join(this.folder, part), { recursive: true });
    }
    const modules = await moduleFolder(this.options.root);
    const files: Record<string, string> = {
      'asterisk.conf': mainConfig(this.inside, modules.inside, this.options.systemName),
      'modules.conf': moduleConfig(modules.names),
      'logger.conf': '[general]\n[logfiles]\nfull.log => notice,warning,error\n',
      'rtp.conf': `[general]\nrtpstart=${rtpRange.first}\nrtpend=${rtpRange.last}\nstrictrtp=no\n`,
      ...this.options.files,
    };
    for (const [name, text] of Object.entries(files)) await this.writeConfig(name, text);
  }
}

function mainConfig(inside: string, modules: string, systemName: string | undefined): string {
  return `[directories]
astetcdir => ${inside}/etc
astmoddir => ${modules}
astvarlibdir => /var/lib/asterisk
astdbdir => ${inside}/db
astkeydir => ${inside}/keys
astdatadir => /usr/share/asterisk
astagidir => /usr/share/asterisk/agi-bin
astspooldir => ${inside}/spool
astrundir => ${inside}/run
astlogdir => ${inside}/log
[options]
${systemName ? `systemname = ${systemName}\n` : ''}hideconnect = yes
defaultlanguage = en
`;
}

function moduleConfig(names: readonly string[]): string {
  const noload = names.filter((name) => unwanted.test(name)).map((name) => `noload = ${name}`);
  return ['[modules]', 'autoload = yes', ...noload, ''].join('\n');
}

async function moduleFolder(root: string): Promise<{ inside: string; names: string[] }> {
  for (const inside of [
    '/usr/lib/x86_64-linux-gnu/asterisk/modules',
    '/usr/lib/aarch64-linux-gnu/asterisk/modules',
    '/usr/lib/asterisk/modules',
  ]) {
    const names = await readdir(path.join(root, inside)).catch((): string[] => []);
    if (names.includes('chan_pjsip.so')) return { inside, names };
  }
  throw new Error(`no Asterisk modules under ${root}`);
}

/** Asterisk looks up its own host name per call: without this it may wait 5 s for a name server that does not answer. */
async function resolveLocally(root: string): Promise<void> {
  const files = {
    hosts: `127.0.0.1 localhost ${os.hostname()}\n::1 localhost\n`,
    'resolv.conf': 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n',
  };
  for (const [name, text] of Object.entries(files)) {
    const target = path.join(root, 'etc', name);
    const part = `${target}.${randomUUID()}`;
    await writeFile(part, text);
    await rename(part, target);
  }
}

/** Folders of test runs that ended without tidying up. */
async function removeDeadInstances(root: string): Promise<void> {
  const folder = path.join(root, 'inst');
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    const owner = /-(\d+)-[a-z0-9]+$/.exec(name)?.[1];
    if (owner && !(await exists(`/proc/${owner}`))) await rm(path.join(folder, name), { recursive: true, force: true });
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
