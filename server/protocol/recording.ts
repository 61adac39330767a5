import { z } from 'zod';
import { defaultRecording, recordingFields } from './recording-default';

/**
 * How recordings of `call.record` are named, below the PBX's folder for recordings; a `/` in the template makes folders.
 * `{date}` (20261121) and `{time}` (083059) are UTC; `{from}` and `{to}` numbers; `{queue}`; `{by}` who records;
 * `{uniqueid}` of the leg. What a value holds beyond letters, digits, `+`, `_` and `-` becomes `_`.
 */
const template = z
  .string()
  .trim()
  .min(1, 'enter a name')
  .max(160)
  .regex(/^[A-Za-z0-9{}/._+-]*$/, 'may hold letters, digits, { } / . _ + - only')
  .refine((text) => [...text.matchAll(/\{([^{}]*)\}/g)].every(([, name]) => isField(name)), {
    message: `knows ${recordingFields.map((name) => `{${name}}`).join(' ')} only`,
  })
  .refine((text) => !/[{}]/.test(text.replace(/\{[^{}]*\}/g, '')), { message: 'has a brace without its partner' })
  .refine((text) => text.split('/').every((part) => /^[A-Za-z0-9{]/.test(part)), {
    message: 'each part must begin with a letter, a digit or a field',
  })
  .refine((text) => text.includes('{time}') && text.includes('{uniqueid}'), {
    message: 'must hold {time} and {uniqueid}, so that no recording takes the place of another',
  });

function isField(name: string | undefined): boolean {
  return recordingFields.some((field) => field === name);
}

export const recordingSettings = z.strictObject({
  template,
  /** Asterisk names its formats by the end of the file: `wav`, `WAV` (GSM in a WAV), `gsm`, `ulaw`, `alaw`, `g722`. */
  format: z.enum(['wav', 'WAV', 'gsm', 'ulaw', 'alaw', 'g722']),
});
export type RecordingSettings = z.infer<typeof recordingSettings>;

/** Saving over a newer version is a conflict. */
export const savedRecording = z.object({ version: z.number().int().nonnegative(), settings: recordingSettings });
export type SavedRecording = z.infer<typeof savedRecording>;

export { defaultRecording };
