import type { AsteriskInstance } from './instance';

/** One line of `core show channels concise`. */
export interface CoreChannel {
  readonly name: string;
  readonly context: string;
  readonly exten: string;
  /** As Asterisk words it: `Up`, `Ring`, `Ringing`, `Down`… */
  readonly state: string;
  readonly application: string;
  readonly bridgeId: string;
  readonly uniqueid: string;
}

/** What Asterisk itself says it has: the base truth for the panel's `channels`. */
export async function coreChannels(instance: AsteriskInstance): Promise<CoreChannel[]> {
  return parseConcise(await instance.cli('core show channels concise'));
}

/**
 * Fields are divided by `!` without escaping and a caller's number or an application's data may contain one (or a line
 * break), so the head is read from the left, the tail from the right, and what is not a channel line is passed over.
 */
export function parseConcise(text: string): CoreChannel[] {
  const channels: CoreChannel[] = [];
  let pending: string[] | undefined;
  for (const line of text.split(/\r?\n/)) {
    const fields = line.split('!');
    const whole: string[] = pending && !looksLikeHead(fields) ? [...pending, ...fields] : fields;
    pending = undefined;
    const uniqueid = whole.at(-1) ?? '';
    const ended = /^(?:[\w-]+-)?\d+\.\d+$/.test(uniqueid);
    if (!looksLikeHead(whole)) continue;
    if (!ended || whole.length < 14) {
      pending = whole;
      continue;
    }
    channels.push({
      name: whole[0] ?? '',
      context: whole[1] ?? '',
      exten: whole[2] ?? '',
      state: whole[4] ?? '',
      application: whole[5] ?? '',
      bridgeId: whole.at(-2) ?? '',
      uniqueid,
    });
  }
  return channels;
}

function looksLikeHead(fields: readonly string[]): boolean {
  return fields.length > 4 && /^[A-Za-z0-9]+\/.+-[0-9a-f]{8}(;[12])?$/.test(fields[0] ?? '');
}

/** True for legs of people: not Local halves, not helpers of the bridges and recorders. */
export function isRealChannel(name: string): boolean {
  return !/^(Local|Surrogate|CBAnn|CBRec|Bridge|Announcer|Recorder|Snoop|Message|Parked|AsyncGoto|UnicastRTP|MulticastRTP)\//.test(
    name,
  );
}
