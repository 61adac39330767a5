import type { RecordingSettings } from './recording';

/** What a name may be made of. */
export const recordingFields = ['date', 'time', 'from', 'to', 'queue', 'by', 'uniqueid'] as const;
export type RecordingField = (typeof recordingFields)[number];

export const defaultRecording: RecordingSettings = {
  template: 'cordboard-{date}-{time}-{from}-{to}-{queue}-{by}-{uniqueid}',
  format: 'wav',
};
