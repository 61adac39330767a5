/**
 * Asterisk's ids and channel names. A uniqueid is `[systemname-]epoch.sequence`; ids chosen by whoever originated a call
 * may be any text and count as time 0, as in Asterisk's own `oldest_linkedid`.
 */

function timeAndSequence(id: string): readonly [number, number] {
  const own = id.slice(id.lastIndexOf('-') + 1);
  const dot = own.indexOf('.');
  const time = Number.parseInt(dot < 0 ? own : own.slice(0, dot), 10);
  const sequence = dot < 0 ? 0 : Number.parseInt(own.slice(dot + 1), 10);
  return [Number.isFinite(time) ? time : 0, Number.isFinite(sequence) ? sequence : 0];
}

/** Negative when `a` is strictly older than `b`, 0 when their numbers do not tell. */
export function ageOf(a: string, b: string): number {
  if (a === b) return 0;
  const [timeA, sequenceA] = timeAndSequence(a);
  const [timeB, sequenceB] = timeAndSequence(b);
  return timeA - timeB || sequenceA - sequenceB;
}

/** Total order, oldest first. */
export function compareIds(a: string, b: string): number {
  return ageOf(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

/** Channels that Asterisk makes for itself; never a person. */
const helpers = new Set([
  'Announcer',
  'AsyncGoto',
  'AudioSocket',
  'Bridge',
  'CBAnn',
  'CBRec',
  'ConfBridgeRecorder',
  'Local',
  'Message',
  'MulticastRTP',
  'Null',
  'OutgoingSpoolFailed',
  'Recorder',
  'Snoop',
  'Substitute',
  'Surrogate',
  'UnicastRTP',
]);

/** False for Local, helper and zombie channels. */
export function isPerson(name: string): boolean {
  if (name.endsWith('<ZOMBIE>')) return false;
  const slash = name.indexOf('/');
  return slash > 0 && !helpers.has(name.slice(0, slash));
}

export function isLocal(name: string): boolean {
  return name.startsWith('Local/');
}

/** The name of the other half of a Local channel; null when this is none. */
export function otherHalf(name: string): string | null {
  if (!isLocal(name)) return null;
  if (name.endsWith(';1')) return `${name.slice(0, -1)}2`;
  if (name.endsWith(';2')) return `${name.slice(0, -1)}1`;
  return null;
}

/** `PJSIP/101-00000003` → `PJSIP/101`, `DAHDI/1-1` → `DAHDI/1`, `DAHDI/i1/5551234-2` → `DAHDI/i1`. */
export function deviceOf(name: string): string {
  const slash = name.indexOf('/');
  if (slash < 0) return name;
  const mark = name.indexOf('<', slash);
  const bare = mark < 0 ? name : name.slice(0, mark);
  const dash = bare.lastIndexOf('-');
  const device = dash > slash ? bare.slice(0, dash) : bare;
  if (!device.startsWith('DAHDI/')) return device;
  const second = device.indexOf('/', slash + 1);
  return second < 0 ? device : device.slice(0, second);
}

/** What follows the technology: `PJSIP/101` → `101`. */
export function peerOf(device: string): string {
  return device.slice(device.indexOf('/') + 1);
}

const noNumber = new Set([
  '',
  's',
  'h',
  'i',
  't',
  'o',
  'a',
  'e',
  'T',
  'failed',
  'hangup',
  '<unknown>',
  '<Unknown>',
  'unknown',
]);

/** A number a person could know; empty for the dialplan's special extensions and Asterisk's placeholders. */
export function realNumber(text: string): string {
  return noNumber.has(text) ? '' : text;
}

export function realName(text: string): string {
  return text === '<unknown>' || text === '<Unknown>' ? '' : text;
}

/** The same few times of living calls are written again and again. */
const written = new Map<number, string>();
const writtenLimit = 8192;

/** Epoch ms as the wire writes it; what no calendar holds becomes the epoch rather than an exception. */
export function iso(ms: number): string {
  const known = written.get(ms);
  if (known !== undefined) return known;
  const text = Number.isFinite(ms) && Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : '1970-01-01T00:00:00.000Z';
  if (written.size >= writtenLimit) written.clear();
  written.set(ms, text);
  return text;
}

export function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : iso(ms);
}
