import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** npm clients to stand beside, the fastest first. They are fetched for the bench alone and never part of the product. */
const wanted: Readonly<Record<string, string>> = {
  'ami-ts': '0.1.0',
  '@2people.it/asterisk-ami-adapter': '2.0.2',
  'asterisk-manager': '0.2.0',
  nami: '0.7.2',
};

export interface Client {
  readonly name: string;
  /** With a remark when it was not installed by npm but put into the folder by hand. */
  readonly version: string;
}

/** Without these two, measured as the fastest of all, no ratio to "the fastest client" says anything. */
export const fastestKnown: readonly string[] = ['ami-ts', '@2people.it/asterisk-ami-adapter'];

export const clientFolder = path.join(process.cwd(), '.cache/bench-clients');

function installed(name: string): string | null {
  const file = path.join(clientFolder, 'node_modules', name, 'package.json');
  if (!existsSync(file)) return null;
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version?: string };
  if (version === undefined) return null;
  return fromRegistry(name) ? version : `${version} (built from its public source, not from npm)`;
}

/** npm notes what it installed. */
function fromRegistry(name: string): boolean {
  const notes = path.join(clientFolder, 'node_modules/.package-lock.json');
  return existsSync(notes) && readFileSync(notes, 'utf8').includes(`"node_modules/${name}"`);
}

/** Those that are there or can be had; the others are named in `missing`. */
export function findClients(): { clients: Client[]; missing: string[] } {
  mkdirSync(clientFolder, { recursive: true });
  const manifest = path.join(clientFolder, 'package.json');
  if (!existsSync(manifest)) writeFileSync(manifest, '{"private":true}\n');
  const missing: string[] = [];
  const clients: Client[] = [];
  for (const [name, version] of Object.entries(wanted)) {
    if (installed(name) === null) {
      const flags = [
        '--prefix',
        clientFolder,
        '--no-audit',
        '--no-fund',
        '--no-save',
        '--no-prune',
        '--ignore-scripts',
      ];
      spawnSync('npm', ['install', ...flags, `${name}@${version}`], { stdio: 'ignore', timeout: 60_000 });
    }
    const found = installed(name);
    if (found === null) missing.push(`${name}@${version}`);
    else clients.push({ name, version: found });
  }
  return { clients, missing };
}
