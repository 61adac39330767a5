import type { ButtonField, ButtonFields, ButtonKind, ButtonRecord } from '@/server/protocol/buttons';
import { colourWords } from '../availability/state-words';

/** How the table and its forms call things. */

export const kindNames: Readonly<Record<ButtonKind, string>> = {
  extension: 'Extension',
  queue: 'Queue',
  ringgroup: 'Ring group',
  conference: 'Conference',
  park: 'Parking lot',
  trunk: 'Trunk',
};

export const fieldNames: Readonly<Record<ButtonField, string>> = {
  label: 'Label',
  group: 'Department',
  tags: 'Tags',
  colour: 'Colour',
  hidden: 'On the panel',
  mailbox: 'Mailbox',
  external: 'Mobile phone',
  email: 'E-mail',
  autoAnswer: 'Auto-answer header',
  privacy: 'Privacy',
  queueChannel: 'Queue channel',
  device: 'Device',
  context: 'Context',
  members: 'Members',
};

export const privacyNames = {
  none: 'None',
  clid: 'Numbers of its calls',
  monitor: 'No listening, no recording',
  all: 'Both',
} as const satisfies Record<NonNullable<ButtonFields['privacy']>, string>;

/** What counts: what was set, else what the PBX says; '' for nothing. */
export function shownText(row: ButtonRecord, field: ButtonField): string {
  const { own, found } = row;
  switch (field) {
    case 'label':
      return own.label ?? found.label ?? '';
    case 'hidden':
      return own.hidden === true ? 'Hidden' : 'Shown';
    case 'colour':
      return own.colour === null ? '' : colourWords[own.colour];
    case 'privacy':
      return own.privacy === null || own.privacy === 'none' ? '' : privacyNames[own.privacy];
    case 'tags':
    case 'members':
      return (own[field] ?? found[field] ?? []).join(', ');
    case 'group':
    case 'mailbox':
    case 'device':
    case 'context':
      return own[field] ?? found[field] ?? '';
    default:
      return own[field] ?? '';
  }
}

/** What the PBX says of it; '' for nothing. */
export function foundText({ found }: ButtonRecord, field: ButtonField): string {
  if (field === 'tags' || field === 'members') return (found[field] ?? []).join(', ');
  return field in found ? (((found as Readonly<Record<string, unknown>>)[field] as string | null) ?? '') : '';
}

/** `Anna Berg (extension 101)`. */
export function rowName(row: Pick<ButtonRecord, 'kind' | 'key' | 'own' | 'found'>): string {
  const label = row.own.label ?? row.found.label;
  const what = `${kindNames[row.kind].toLowerCase()} ${row.key}`;
  return label === null || label === row.key ? what.charAt(0).toUpperCase() + what.slice(1) : `${label} (${what})`;
}

export function count(many: number, one = 'row', several = 'rows'): string {
  return `${many.toLocaleString('en')} ${many === 1 ? one : several}`;
}
