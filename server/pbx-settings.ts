import { z } from 'zod';
import type { AmiConnect } from './ami/url';
import { certificateAt } from './connection/certificate';
import type { PbxSettingsPort } from './http/deps';
import { RequestError } from './http/errors';
import type { Target } from './link';
import type { PbxCertificate, PbxSettings, PbxSettingsBody, PbxTestResult } from './protocol/admin';
import { SecretKeyError } from './store/errors';
import type { Store } from './store/store';

const key = 'pbx';
const sealContext = 'pbx.secret';

const stored = z.object({
  host: z.string(),
  port: z.number().int(),
  tls: z.boolean(),
  ca: z.string(),
  fingerprint: z.string(),
  username: z.string(),
  /** Sealed. */
  secret: z.string(),
});
type Stored = z.infer<typeof stored>;

export interface PbxConnectionDeps {
  readonly store: Pick<Store, 'settings' | 'secrets'>;
  /** What AMI_URL says; it decides when it is there. */
  readonly fromEnvironment: AmiConnect | null;
  readonly connect: (target: Target) => Promise<void>;
  readonly demo: () => Promise<AmiConnect>;
  readonly test: (connect: AmiConnect) => Promise<PbxTestResult>;
}

const lostKey = 'The saved secret cannot be read with the key there is now: enter it again.';

/** Which PBX the panel shows: AMI_URL, else what is saved, else the demo. The saved secret never leaves this file. */
export class PbxConnection implements PbxSettingsPort {
  /** The last save is the last to connect. */
  #connecting: Promise<void> = Promise.resolve();

  constructor(private readonly deps: PbxConnectionDeps) {}

  /** Throws SecretKeyError when the saved secret was sealed with another key. */
  async target(): Promise<Target> {
    const { fromEnvironment, demo } = this.deps;
    if (fromEnvironment !== null) return { connect: fromEnvironment, name: fromEnvironment.host, demo: false };
    const saved = await this.deps.store.settings.get(key, stored);
    if (saved === null) return { connect: await demo(), name: 'Demo PBX', demo: true };
    return { connect: this.toConnect(saved.value), name: saved.value.host, demo: false };
  }

  async get(): Promise<PbxSettings> {
    const { fromEnvironment } = this.deps;
    if (fromEnvironment !== null) return fromUrl(fromEnvironment);
    const saved = await this.deps.store.settings.get(key, stored);
    if (saved === null) return { ...nothingSaved };
    const { secret, ...rest } = saved.value;
    return { source: 'saved', ...rest, hasSecret: secret !== '', version: saved.version };
  }

  async save(body: PbxSettingsBody): Promise<PbxSettings> {
    this.refuseReadOnly();
    const secret = await this.secretOf(body);
    const { version, secret: _, ...rest } = body;
    const value: Stored = { ...rest, secret: this.deps.store.secrets.seal(secret, sealContext) };
    await this.deps.store.settings.put(key, value, version);
    await this.#connect();
    return this.get();
  }

  /** As it is kept, its secret sealed, to be restored; null: nothing is kept. */
  async saved(): Promise<unknown> {
    return (await this.deps.store.settings.get(key, stored))?.value ?? null;
  }

  /** Back to what `saved` told, and connects. Throws ConflictError when it was changed after `version`. */
  async restore(saved: unknown, version: number): Promise<void> {
    this.refuseReadOnly();
    const { settings } = this.deps.store;
    if (saved === null) await settings.remove(key, version);
    else await settings.put(key, stored.parse(saved), version);
    await this.#connect();
  }

  async test(body: PbxSettingsBody): Promise<PbxTestResult> {
    this.refuseReadOnly();
    const secret = await this.secretOf(body);
    return this.deps.test(connectOf({ ...body, secret }));
  }

  certificate(host: string, port: number): Promise<PbxCertificate | null> {
    return certificateAt(host.replace(/^\[(.*)\]$/, '$1'), port);
  }

  #connect(): Promise<void> {
    const turn = this.#connecting.then(async () => this.deps.connect(await this.target()));
    this.#connecting = turn.catch(() => undefined);
    return turn;
  }

  private refuseReadOnly(): void {
    if (this.deps.fromEnvironment !== null) {
      throw new RequestError('conflict', 'AMI_URL decides which PBX is shown; unset it to use these settings.');
    }
  }

  /** A saved secret may only be sent to the place and user it was saved for: else a form could carry it off. */
  private async secretOf(body: PbxSettingsBody): Promise<string> {
    if (body.secret !== undefined) return body.secret;
    const saved = await this.deps.store.settings.get(key, stored);
    const same = (name: 'host' | 'port' | 'username' | 'tls' | 'ca' | 'fingerprint') =>
      saved?.value[name] === body[name];
    if (
      saved === null ||
      !['host', 'port', 'username', 'tls', 'ca', 'fingerprint'].every((name) => same(name as 'host'))
    ) {
      throw new RequestError(
        'invalid',
        'Enter the secret: the address, the user or the encryption has changed.',
        'secret',
      );
    }
    try {
      return this.deps.store.secrets.open(saved.value.secret, sealContext);
    } catch (error) {
      throw error instanceof SecretKeyError ? new RequestError('invalid', lostKey, 'secret') : error;
    }
  }

  private toConnect(value: Stored): AmiConnect {
    return connectOf({ ...value, secret: this.deps.store.secrets.open(value.secret, sealContext) });
  }
}

const nothingSaved: PbxSettings = {
  source: 'demo',
  host: '',
  port: 5038,
  tls: false,
  ca: '',
  fingerprint: '',
  username: '',
  hasSecret: false,
  version: 0,
};

function connectOf(value: Omit<Stored, 'secret'> & { secret: string }): AmiConnect {
  const { port, username, secret, ca } = value;
  const host = value.host.replace(/^\[(.*)\]$/, '$1');
  const fingerprint = value.fingerprint.replace(/[:\s]/g, '').toLowerCase();
  const tls = { ...(ca === '' ? {} : { caPem: ca }), ...(fingerprint === '' ? {} : { fingerprint }) };
  return { host, port, username, secret, ...(value.tls ? { tls } : {}) };
}

function fromUrl({ host, port, username, secret, tls }: AmiConnect): PbxSettings {
  const fingerprint = tls?.fingerprint ?? '';
  const hasSecret = secret !== '';
  return {
    source: 'environment',
    host,
    port,
    tls: tls !== undefined,
    ca: '',
    fingerprint,
    username,
    hasSecret,
    version: 0,
  };
}
