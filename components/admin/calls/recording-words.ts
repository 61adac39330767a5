import type { RecordingSettings } from '@/server/protocol/recording';
import type { RecordingField } from '@/server/protocol/recording-default';

export const fieldWords: Readonly<Record<RecordingField, string>> = {
  date: 'Day, in UTC',
  time: 'Time, in UTC',
  from: 'Number of who called',
  to: 'Number that was called',
  queue: 'Queue, where there was one',
  by: 'Who recorded',
  uniqueid: 'Id of the call in Asterisk',
};

export const formatWords: Readonly<Record<RecordingSettings['format'], string>> = {
  wav: 'WAV, 16 bit',
  WAV: 'WAV with GSM, small',
  gsm: 'GSM, small',
  ulaw: 'µ-law',
  alaw: 'A-law',
  g722: 'G.722, wideband',
};

const example: Readonly<Record<RecordingField, string>> = {
  date: '20261121',
  time: '083059',
  from: '02079460000',
  to: '101',
  queue: 'support',
  by: 'greta',
  uniqueid: '1795252000.42',
};

/** What a recording would be called. */
export function exampleName({ template, format }: RecordingSettings): string {
  const name = template.replace(/\{([a-z]+)\}/g, (whole, field) => example[field as RecordingField] ?? whole);
  return `${name}.${format}`;
}
