import type { ImportChange, ImportCounts, ImportRow, ImportRun } from '@/server/protocol/fop2-import';
import type { BadgeTone } from '../../ui/badge';
import { numberText } from '../../ui/region';

interface Word {
  readonly word: string;
  readonly tone: BadgeTone;
}

export const changeWords: Readonly<Record<ImportChange, Word>> = {
  new: { word: 'New', tone: 'good' },
  changed: { word: 'Changed', tone: 'good' },
  same: { word: 'As it is', tone: 'neutral' },
  kept: { word: 'Stays', tone: 'warn' },
};

export const outcomeWords: Readonly<Record<ImportRow['outcome'], Word>> = {
  taken: { word: 'Taken', tone: 'good' },
  partly: { word: 'In part', tone: 'warn' },
  notTaken: { word: 'Not taken', tone: 'warn' },
  ignored: { word: 'Comment', tone: 'neutral' },
};

export const stateWords: Readonly<Record<ImportRun['state'], Word>> = {
  running: { word: 'Running', tone: 'neutral' },
  done: { word: 'Done', tone: 'good' },
  failed: { word: 'Failed', tone: 'danger' },
  stopped: { word: 'Cut short', tone: 'warn' },
  undone: { word: 'Undone', tone: 'neutral' },
};

const things: readonly (readonly [keyof ImportCounts, string, string])[] = [
  ['users', 'user', 'users'],
  ['groups', 'group', 'groups'],
  ['roles', 'role', 'roles'],
  ['buttons', 'button', 'buttons'],
  ['settings', 'setting', 'settings'],
];

/** `3 users, 1 role and 12 buttons`; empty: nothing. */
export function countsInWords(counts: ImportCounts): string {
  const parts = things.flatMap(([key, one, many]) => {
    const count = counts[key];
    return count === 0 ? [] : [`${numberText(count)} ${count === 1 ? one : many}`];
  });
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

export function tenantWords(name: string): string {
  return name === '' ? 'General section' : name;
}
