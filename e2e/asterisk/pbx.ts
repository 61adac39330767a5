import { execFile } from 'node:child_process';
import { appendFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { AsteriskInstance, type AsteriskVersion } from './instance';
import { type PbxConfigOptions, type PbxPorts, pbxConfig } from './pbx-config';
import { amiSecret } from './people';
import { freePort } from './ports';
import { RawAmi } from './raw-ami';

export interface PbxOptions extends Pick<PbxConfigOptions, 'parkingSeconds' | 'timestampEvents'> {
  readonly version: AsteriskVersion;
  readonly root: string;
  /** Opens AMI over TLS too, on `ports.amiTls`, with a fresh self-signed certificate for 127.0.0.1. */
  readonly tls?: boolean;
  /** Where the farm (the carrier) will listen. */
  readonly carrierPort: number;
}

/** The PBX under test with an observer of the harness's own logged in as `full`. */
export class TestPbx {
  private observer: RawAmi | undefined;

  private constructor(
    readonly version: AsteriskVersion,
    readonly instance: AsteriskInstance,
    readonly ports: PbxPorts,
  ) {}

  static async start(options: PbxOptions): Promise<TestPbx> {
    const ports: PbxPorts = {
      sip: await freePort(),
      ami: await freePort(),
      amiTls: await freePort(),
      http: await freePort(),
      iax: await freePort(),
      chanSip: await freePort(),
      carrier: options.carrierPort,
    };
    const files = pbxConfig({ ...options, ports });
    // Both kinds of Uniqueid are met in the wild: `pbx-1700000000.1` on 22, `1700000000.1` on 16.
    const systemName = options.version === 22 ? 'pbx' : undefined;
    const instance = await AsteriskInstance.create({ root: options.root, name: 'pbx', systemName, files });
    if (options.tls) await addTls(instance, { ...options, ports });
    const pbx = new TestPbx(options.version, instance, ports);
    try {
      await pbx.boot();
    } catch (error) {
      await instance.remove();
      throw error;
    }
    return pbx;
  }

  /** The observer's connection; a new object after each restart. */
  get ami(): RawAmi {
    if (!this.observer) throw new Error('the PBX is not running');
    return this.observer;
  }

  /** `ami://…` of one of the accounts of manager.conf. */
  amiUrl(account: 'full' | 'panel' | 'nosystem' | 'min' = 'panel'): string {
    return `ami://${account}:${amiSecret(account)}@127.0.0.1:${this.ports.ami}`;
  }

  /** The same over TLS; `check` says how the certificate is to be known: `ca=/path` or `fingerprint=…`. */
  amiTlsUrl(account: 'full' | 'panel' | 'min', check: string): string {
    return `amis://${account}:${amiSecret(account)}@127.0.0.1:${this.ports.amiTls}?${check}`;
  }

  /** The certificate (and key) of AMI over TLS, for the client's `ca`. */
  get certificateFile(): string {
    return path.join(this.instance.folder, 'etc', certificateName);
  }

  /** Another AMI connection of the harness, e.g. to capture bytes. */
  connect(account: 'full' | 'panel' | 'min' = 'full', capture = false): Promise<RawAmi> {
    return RawAmi.connect({ port: this.ports.ami, username: account, secret: amiSecret(account), capture });
  }

  async boot(): Promise<void> {
    await this.instance.start();
    this.observer = await this.connect('full');
  }

  async down(how: 'clean' | 'crash'): Promise<void> {
    this.observer?.close();
    this.observer = undefined;
    await (how === 'clean' ? this.instance.stop() : this.instance.kill());
  }

  async remove(): Promise<void> {
    this.observer?.close();
    await this.instance.remove();
  }
}

const certificateName = 'ami.pem';

async function addTls(instance: AsteriskInstance, config: PbxConfigOptions): Promise<void> {
  const file = path.join(instance.folder, 'etc', certificateName);
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', file];
  await promisify(execFile)('openssl', ['req', '-x509', '-days', '2', ...key, ...subject, '-out', `${file}.crt`]);
  await appendFile(file, await readFile(`${file}.crt`));
  const tlsCertificate = `${instance.inside}/etc/${certificateName}`;
  await instance.writeConfig('manager.conf', pbxConfig({ ...config, tlsCertificate })['manager.conf'] ?? '');
}
