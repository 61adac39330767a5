import { randomBytes } from 'node:crypto';
import { arch, cpus, platform, release, totalmem } from 'node:os';
import { strToU8, zip } from 'fflate';
import type { Config } from '../config';
import type { PbxModel } from '../pbx/model';
import type { Health } from '../protocol/health';
import type { Store } from '../store/store';
import { clean, cleanText, Disguise } from './disguise';

export interface BundleSources {
  readonly store: Pick<Store, 'database' | 'incidents'>;
  readonly config: Config;
  readonly model: PbxModel;
  readonly health: () => Promise<Health>;
  readonly logLines: () => readonly string[];
  readonly version: string;
  readonly now: () => number;
}

export interface BundleOptions {
  /** Numbers, names and addresses as they are; otherwise each is replaced, the same by the same. */
  readonly people: boolean;
}

const readme = (people: boolean): string =>
  [
    'Cordboard support bundle',
    '',
    'No secrets are in it: no passwords, tokens, cookies, keys, and no secret of the PBX.',
    people
      ? 'Numbers, names and addresses are in it as they are: give it only to people who may know them.'
      : 'Numbers, names and addresses are replaced: the same one by the same word, in this bundle only.',
    'No call, note, or line of the audit log is in it, only how many there are.',
    '',
    'about.json       versions, the machine, the configuration',
    'health.json      what the Health page showed',
    'incidents.json   the newest 500 incidents',
    'settings.json    what is set, without secrets',
    'database.json    migrations, and rows by table',
    'pbx.json         what was found on the PBX, in numbers, and what is missing',
    'log.txt          the newest lines of the log',
    '',
  ].join('\n');

/** One zip with what somebody who helps needs to know. */
export async function supportBundle(sources: BundleSources, { people }: BundleOptions): Promise<Uint8Array> {
  const names = people ? [] : await knownNames(sources);
  const options = { disguise: people ? null : new Disguise(randomBytes(32)), names };
  const json = (value: unknown): Uint8Array => strToU8(`${JSON.stringify(clean(value, options), null, 2)}\n`);
  const lines = sources.logLines().map((line) => cleanLine(line, options));
  return zipped({
    'README.txt': strToU8(readme(people)),
    'about.json': json(aboutOf(sources)),
    'health.json': json(await sources.health()),
    'incidents.json': json(await incidentsOf(sources.store)),
    'settings.json': json(await settingsOf(sources.store)),
    'database.json': json(await databaseOf(sources.store)),
    'pbx.json': json(pbxOf(sources.model)),
    'log.txt': strToU8(`${lines.join('\n')}\n`),
  });
}

function cleanLine(line: string, options: Parameters<typeof clean>[1]): string {
  try {
    const { time, level, ...rest } = JSON.parse(line) as Record<string, unknown>;
    return JSON.stringify({ time, level, ...(clean(rest, options) as object) });
  } catch {
    return cleanText(line, options);
  }
}

function aboutOf({ config, version, now }: BundleSources): unknown {
  const { adminPassword, key, amiUrl, databaseFile: _, ...plain } = config;
  return {
    panel: version,
    node: process.version,
    madeAt: new Date(now()).toISOString(),
    machine: { platform: platform(), release: release(), arch: arch(), processors: cpus().length, memory: totalmem() },
    configuration: {
      ...plain,
      fromEnvironment: {
        amiUrl: amiUrl !== undefined,
        adminPassword: adminPassword !== undefined,
        key: key !== undefined,
      },
    },
  };
}

/** Longest first, so that a name within another does not leave the rest of it. */
async function knownNames({ store, model, config }: BundleSources): Promise<string[]> {
  const { prisma } = store.database;
  const users = await prisma.user.findMany({ select: { username: true, name: true, email: true } });
  const words = [
    ...users.flatMap(({ username, name, email }) => [username, name, email ?? '']),
    ...[...model.maps.extensions.values()].flatMap(({ name, group }) => [name, group ?? '']),
    ...[...model.maps.pbx.values()].map(({ name }) => name),
    config.publicUrl === undefined ? '' : new URL(config.publicUrl).hostname,
  ];
  // Words of ours that a user may be called by would make everything unreadable.
  const ours = new Set(['admin', 'user', 'panel', 'demo', 'system', 'token', 'calls', 'link']);
  return [...new Set(words)]
    .filter((word) => word.length >= 3 && !ours.has(word.toLowerCase()))
    .sort((a, b) => b.length - a.length);
}

async function incidentsOf(store: BundleSources['store']): Promise<unknown> {
  await store.incidents.flush();
  const rows = [];
  let before: number | undefined;
  while (rows.length < 500) {
    const page = await store.incidents.page({ before, limit: 100 });
    rows.push(...page.rows);
    if (page.next === null) break;
    before = page.next;
  }
  return rows;
}

/** The seals of the audit log are no setting. */
async function settingsOf({ database }: BundleSources['store']): Promise<unknown> {
  const rows = await database.prisma.setting.findMany({ orderBy: { key: 'asc' } });
  return rows.flatMap(({ key, value, version, updatedAt }) => {
    if (key.startsWith('audit.')) return [];
    return { setting: key, version, updatedAt: updatedAt.toISOString(), value: parsed(value) };
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return '';
  }
}

async function databaseOf({ database }: BundleSources['store']): Promise<unknown> {
  const { prisma } = database;
  const tables = await prisma.$queryRawUnsafe<{ name: string }[]>(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
  );
  const rows: Record<string, number> = {};
  for (const { name } of tables) {
    const [found] = await prisma.$queryRawUnsafe<{ count: number | bigint }[]>(
      `SELECT count(*) AS count FROM "${name.replaceAll('"', '""')}"`,
    );
    rows[name] = Number(found?.count ?? 0);
  }
  const migrations = await prisma.$queryRawUnsafe<{ name: string }[]>(
    `SELECT migration_name AS name FROM "_prisma_migrations" WHERE finished_at IS NOT NULL ORDER BY name`,
  );
  // Names of migrations hold a moment that looks like a number.
  return { rows, migrations: migrations.map(({ name }) => name.replace(/^\d+_/, '')) };
}

function pbxOf({ maps }: PbxModel): unknown {
  const found = Object.fromEntries(Object.entries(maps).map(([domain, records]) => [domain, records.size]));
  const devices: Record<string, number> = {};
  for (const { device } of maps.extensions.values()) {
    const technology = device.split('/')[0] || 'none';
    devices[technology] = (devices[technology] ?? 0) + 1;
  }
  return { found, devices, pbx: [...maps.pbx.values()] };
}

function zipped(files: Readonly<Record<string, Uint8Array>>): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    zip({ ...files }, { level: 6 }, (error, data) => (error ? reject(error) : resolve(data)));
  });
}
