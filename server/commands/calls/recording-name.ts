import type { RecordingSettings } from '../../protocol/recording';
import type { RecordingField } from '../../protocol/recording-default';
import type { Actor } from '../actor';
import type { Leg } from '../model-port';

/** So long a value may be within a name. */
const longest = 40;

/**
 * A value as a part of a file's name: one that leaves no folder, begins no option and ends no argument, whatever the caller
 * calls themselves. Accents are taken off rather than the letter.
 */
function plain(value: string): string {
  const text = value
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9+_-]+/g, '_')
    .slice(0, longest);
  return /[A-Za-z0-9]/.test(text) ? text : 'none';
}

/** The file of a recording that begins at `now` (epoch ms), below the PBX's folder for recordings. */
export function recordingFile({ template, format }: RecordingSettings, leg: Leg, actor: Actor, now: number): string {
  const { uniqueid } = leg.channel;
  const began = new Date(now).toISOString().replace(/[-:]/g, '');
  const values: Readonly<Record<RecordingField, string>> = {
    date: began.slice(0, 8),
    time: began.slice(9, 15),
    from: plain(leg.call?.from.number ?? ''),
    to: plain(leg.call?.to.number ?? ''),
    queue: plain(leg.call?.queue ?? ''),
    by: plain(actor.name),
    uniqueid: uniqueid.replace(/[^A-Za-z0-9.-]/g, '_'),
  };
  const name = template.replace(/\{(\w+)\}/g, (_all, field: RecordingField) => values[field]);
  // A value that begins a part of the path may be a dash, which begins an option elsewhere.
  return `${name.replace(/(^|\/)[^A-Za-z0-9/]+/g, '$1_')}.${format}`;
}
