import { type RecordingSettings, recordingSettings } from '../protocol/recording';

/** FOP2's names of recordings: `/folder/${ORIG_EXTENSION}_%Y%m%d_%h%i%s_${UNIQUEID}` as a template of the panel's. */

const fields: readonly (readonly [RegExp, string])[] = [
  [/%[yY][-_.]?%m[-_.]?%[dD]/g, '{date}'],
  [/%[hH][-_.]?%[iM][-_.]?%[sS]/g, '{time}'],
  [/\$\{UNIQUEID\}/gi, '{uniqueid}'],
  [/\$\{(?:ORIG_EXTENSION|CALLERIDNUM)\}/gi, '{from}'],
  [/\$\{(?:DEST_EXTENSION|EXTEN)\}/gi, '{to}'],
  [/\$\{QUEUE(?:NAME)?\}/gi, '{queue}'],
];

export interface ReadTemplate {
  readonly template: string;
  /** What is otherwise than it stood there. */
  readonly notes: readonly string[];
}

/** Null: nothing of it could be used. The folder is left out: the panel names files below the PBX's own. */
export function templateOf(filename: string): ReadTemplate | null {
  const notes: string[] = [];
  const name = filename.split('/').at(-1) ?? '';
  if (name !== filename) notes.push('Recordings stay below the PBX’s own folder.');
  const known = fields.reduce((text, [pattern, field]) => text.replace(pattern, field), name);
  const plain = known.replace(/\$\{[^}]*\}|%[A-Za-z]/g, '').replace(/[^A-Za-z0-9{}._+-]/g, '_');
  if (plain !== known) notes.push('Variables that the panel does not know are left out.');
  const tidy = plain.replace(/([_.-])[_.-]+/g, '$1').replace(/^[_.+-]+|[_.+-]+$/g, '');
  const missing = ['{time}', '{uniqueid}'].filter((field) => !tidy.includes(field));
  if (missing.length > 0) notes.push(`With ${missing.join(' and ')}, so that no recording takes the place of another.`);
  const template = [...(tidy === '' ? [] : [tidy]), ...missing].join('-');
  if (!recordingSettings.shape.template.safeParse(template).success) return null;
  return { template, notes };
}

/** Null: the panel does not record in it. */
export function formatOf(text: string): RecordingSettings['format'] | null {
  const exact = recordingSettings.shape.format.safeParse(text);
  if (exact.success) return exact.data;
  const name = text.toLowerCase();
  if (name === 'wav49') return 'WAV';
  return recordingSettings.shape.format.safeParse(name).data ?? null;
}
