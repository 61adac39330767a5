import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'ldapts';
import { freePort } from '../asterisk/ports';
import { type Certificates, makeCertificates } from './certificates';
import { ensureOpenLdap, type OpenLdap } from './install.mjs';

export const base = 'dc=example,dc=com';
export const rootDn = `cn=admin,${base}`;
export const rootPassword = 'root secret';

export interface SlapdOptions {
  /** Path of an LDIF file. */
  readonly data: string;
  /** Lines of its configuration: attributes and classes of its own. */
  readonly schema?: string;
  /** Whom its certificate is for. */
  readonly certificateFor?: string;
}

/** A real OpenLDAP server as its own process, its data in a folder that goes away with it. */
export class Slapd {
  #child: ChildProcess | null = null;

  private constructor(
    private readonly software: OpenLdap,
    private readonly folder: string,
    private readonly ports: { readonly plain: number; readonly tls: number },
    readonly certificates: Certificates,
  ) {}

  static async start(options: SlapdOptions): Promise<Slapd> {
    const software = await ensureOpenLdap();
    if ('skipped' in software) throw new Error(software.skipped);
    const folder = mkdtempSync(path.join(os.tmpdir(), 'cordboard-slapd-'));
    const certificates = makeCertificates(folder, options.certificateFor);
    const ports = { plain: await freePort(), tls: await freePort() };
    const slapd = new Slapd(software, folder, ports, certificates);
    mkdirSync(path.join(folder, 'data'));
    writeFileSync(slapd.config, configOf(software, folder, certificates, options));
    execFileSync(software.slapadd, ['-f', slapd.config, '-l', options.data], { env: slapd.env, stdio: 'pipe' });
    await slapd.launch();
    return slapd;
  }

  get url(): string {
    return `ldap://127.0.0.1:${this.ports.plain}`;
  }

  get tlsUrl(): string {
    return `ldaps://127.0.0.1:${this.ports.tls}`;
  }

  /** Starts it again after `end`, with the same data. */
  async launch(): Promise<void> {
    const child = spawn(this.software.slapd, ['-d', '0', '-f', this.config, '-h', `${this.url} ${this.tlsUrl}`], {
      env: this.env,
      stdio: 'ignore',
    });
    this.#child = child;
    for (const until = Date.now() + 15_000; Date.now() < until; await wait(50)) {
      if (child.exitCode !== null) throw new Error(`slapd ended with ${child.exitCode}`);
      if (await accepts(this.ports.plain)) return;
    }
    throw new Error('slapd does not start');
  }

  async end(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  }

  async remove(): Promise<void> {
    await this.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Changes its data as its own administrator. */
  async as<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const client = new Client({ url: this.url });
    try {
      await client.bind(rootDn, rootPassword);
      return await work(client);
    } finally {
      await client.unbind();
    }
  }

  private get config(): string {
    return path.join(this.folder, 'slapd.conf');
  }

  private get env(): NodeJS.ProcessEnv {
    return { ...process.env, ...this.software.env };
  }
}

function configOf(software: OpenLdap, folder: string, certificates: Certificates, options: SlapdOptions): string {
  return [
    ...['core', 'cosine', 'inetorgperson'].map((name) => `include ${software.schema}/${name}.schema`),
    options.schema ?? '',
    `modulepath ${software.modules}`,
    'moduleload back_mdb',
    'moduleload memberof',
    `pidfile ${folder}/slapd.pid`,
    `TLSCACertificateFile ${certificates.caFile}`,
    `TLSCertificateFile ${certificates.certificate}`,
    `TLSCertificateKeyFile ${certificates.key}`,
    'database mdb',
    `suffix "${base}"`,
    `rootdn "${rootDn}"`,
    `rootpw ${JSON.stringify(rootPassword)}`,
    `directory ${folder}/data`,
    'overlay memberof',
    'access to attrs=userPassword by anonymous auth by * none',
    'access to * by * read',
    '',
  ].join('\n');
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
