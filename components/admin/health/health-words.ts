import type { ConnectionRecord, IncidentRecord } from '@/server/protocol/health';
import { lengthWords } from '../size-words';

export const kindWords: Readonly<Record<ConnectionRecord['kind'], string>> = {
  user: 'Person',
  token: 'Token',
  board: 'Wallboard',
};

const backends: Readonly<Record<string, string>> = {
  astdb: 'AstDB',
  fop2: 'FOP2',
  presence: 'Phone presence',
  dfks: 'OpenSIPS',
  queues: 'Pause in queues',
};

export function backendWords(id: string): string {
  return backends[id] ?? id;
}

export const incidentKinds = [
  { value: '', label: 'Everything' },
  { value: 'link', label: 'Link to the PBX' },
  { value: 'restart', label: 'Restarts of Asterisk' },
  { value: 'repair', label: 'Repairs' },
  { value: 'tamper', label: 'Forged blocks' },
  { value: 'backup', label: 'Backups' },
  { value: 'fault', label: 'Faults' },
] as const;

interface IncidentWords {
  readonly tone: 'neutral' | 'good' | 'warn' | 'danger';
  readonly label: string;
  readonly text: string;
}

/** What happened, in a sentence. `until`: when the next thing happened to the same link, epoch ms; null: it is still so. */
export function incidentWords({ kind, about, at }: IncidentRecord, until: number | null): IncidentWords {
  switch (kind) {
    case 'link':
      return linkWords(about, until === null ? null : until - Date.parse(at));
    case 'restart':
      return {
        tone: 'warn',
        label: 'Restart',
        text: `Asterisk was restarted: it runs since ${textOf(about.startedAt)}.`,
      };
    case 'repair':
      return { tone: 'warn', label: 'Repair', text: repairWords(about) };
    case 'tamper':
      return { tone: 'danger', label: 'Forged', text: tamperWords(about) };
    case 'backup':
      return backupWords(about);
    case 'fault':
      return { tone: 'danger', label: 'Fault', text: faultWords(about) };
  }
}

type About = IncidentRecord['about'];

function linkWords({ link, problem }: About, lasted: number | null): IncidentWords {
  const span = lasted === null ? '' : ` for ${lengthWords(lasted)}`;
  const why = typeof problem === 'string' && problem !== '' ? `: ${problem}` : '';
  if (link === 'up') return { tone: 'good', label: 'Link', text: `Connected${span}.` };
  if (link === 'syncing') {
    const took = lasted === null ? '' : ` in ${lengthWords(lasted)}`;
    return { tone: 'neutral', label: 'Link', text: `Read the state of the PBX${took}.` };
  }
  return { tone: 'danger', label: 'Link', text: `Link lost${span}${why}.`.replace('..', '.') };
}

function repairWords({ list, repairs, keys }: About): string {
  const what = Array.isArray(keys) && keys.length > 0 ? `: ${keys.slice(0, 8).map(textOf).join('; ')}` : '';
  const records = repairs === 1 ? '1 record' : `${textOf(repairs)} records`;
  return `A read of the PBX (${textOf(list)}) found ${records} that no event had told${what}.`;
}

const reasons: Readonly<Record<string, string>> = {
  unknownFirstHeader: 'an announcement that Asterisk does not make',
  missingChannelTail: 'a channel cut short',
  repeatedHeader: 'a header that repeats',
  doubleBlankLine: 'an empty line within it',
  oversizedBlock: 'it is too large',
};

function tamperWords({ reason, channel, event, blocks }: About): string {
  const count = blocks === 1 ? 'A block was' : `${textOf(blocks)} more blocks were`;
  const where = [typeof event === 'string' ? event : '', typeof channel === 'string' ? channel : ''].filter(Boolean);
  const of = where.length > 0 ? ` (${where.join(', ')})` : '';
  return `${count} dropped that may be forged: ${reasons[textOf(reason)] ?? textOf(reason)}${of}.`;
}

function backupWords({ ok, action, name, message }: About): IncidentWords {
  const good = ok === true;
  const restore = action === 'restore';
  const done = restore ? `Restored ${textOf(name)}` : `Backup ${textOf(name)}`;
  const failed = restore ? `${textOf(name)} was not restored: ${textOf(message)}` : textOf(message);
  const text = good ? done : failed;
  return {
    tone: good ? 'good' : 'danger',
    label: restore ? 'Restore' : 'Backup',
    text: `${capital(text)}.`.replace('..', '.'),
  };
}

function faultWords({ event, message, blocks }: About): string {
  const times = typeof blocks === 'number' && blocks > 1 ? ` (${blocks} times)` : '';
  const why = typeof message === 'string' && message !== '' ? `: ${message}` : '';
  return `The model failed over an event (${textOf(event)})${times}${why}. The PBX was read again.`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
