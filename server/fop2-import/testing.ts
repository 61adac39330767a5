import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { defaultAccess } from '../protocol/access';
import { type ButtonKind, type ButtonRecord, type FoundFields, nothingFound, nothingSet } from '../protocol/buttons';
import { type ImportChoices, importChoices } from '../protocol/fop2-import';
import { defaultRecording } from '../protocol/recording-default';
import type { SourceFile } from './bytes';
import type { Office } from './office';

/** Files that were written for these tests, in the ways people and machines write them. */
export function fixture(name: 'freepbx' | 'by-hand' | 'tenants' | 'hostile'): SourceFile[] {
  const folder = path.join(import.meta.dirname, 'fixtures', name);
  return readdirSync(folder).map((file) => ({ name: file, bytes: readFileSync(path.join(folder, file)) }));
}

export function textFile(name: string, text: string): SourceFile {
  return { name, bytes: Buffer.from(text) };
}

export function choices(some: Partial<ImportChoices> = {}): ImportChoices {
  return { ...importChoices.parse({}), ...some };
}

export function row(kind: ButtonKind, key: string, found: Partial<FoundFields> = {}): ButtonRecord {
  return {
    ...{ kind, key, own: nothingSet, added: false, vanishedAt: null, version: 0, by: null },
    found: { ...nothingFound, ...found },
  };
}

const person = (number: string, name: string): ButtonRecord =>
  row('extension', number, {
    label: name,
    device: `PJSIP/${number}`,
    mailbox: `${number}@default`,
    context: 'from-internal',
    tags: [],
  });

/** A small house of which the panel knows what the PBX said, and in which nothing was set yet. */
export function smallOffice(): Office {
  const names = { 101: 'Amara', 102: 'Sofia', 103: 'Tomás', 111: 'Priya', 112: 'Marcus', 113: 'Yuki', 131: 'Chen' };
  return {
    access: { version: 0, settings: defaultAccess },
    users: [],
    buttons: [
      ...Object.entries(names).map(([number, name]) => person(number, name)),
      row('queue', 'sales', { label: 'sales' }),
      row('park', 'default', { label: 'default' }),
      row('trunk', 'PJSIP/carrier', { label: 'PJSIP/carrier' }),
    ],
    devices: Object.keys(names).map((number) => ({ number, devices: [`PJSIP/${number}`] })),
    recording: { version: 0, settings: defaultRecording },
    connection: {
      ...{ source: 'demo', host: '', port: 5038, tls: false, ca: '', fingerprint: '', username: '' },
      ...{ hasSecret: false, version: 0 },
    },
  };
}
