import { playDtmf, recordingOf, startRecording, stopRecording } from '../../ami/call-actions';
import { Serial } from '../../features/serial';
import type { PbxEvent } from '../../pbx/events';
import type { RecordingSettings } from '../../protocol/recording';
import type { Handler } from '../executor';
import { fail } from '../failures';
import type { ModelPort } from '../model-port';
import { involvedIn, seesNumbers } from '../reach';
import { findLeg, nameOf } from './legs';
import { phoneOf, ringInto } from './phones';
import { isFailure, planned, refuse, unlessGone } from './plan';
import { recordingFile } from './recording-name';

/** Without silence between them a phone takes two digits for more; measured with Asterisk 16 and 22. */
const betweenDigitsMs = 80;

/** The PBX does nothing else for the panel while a digit sounds: more than these may not wait. */
const mostDigits = 40;

/**
 * `call.dtmf {uniqueid, digits}`: the phone of this leg hears them, one command after the other, so that keys pressed
 * quickly keep their order. `pause` waits between two. Errors: 429 too many digits of all users wait already.
 */
export function dtmfHandler(pause: (ms: number) => Promise<void>): Handler<'call.dtmf'> {
  const turns = new Serial();
  let waiting = 0;
  const inTurn = async (digits: number, play: () => Promise<void>): Promise<void> => {
    if (waiting + digits > mostDigits) refuse(fail('rateLimited', 'Too many digits at once; wait a moment.'));
    const silence = waiting > 0 ? () => pause(betweenDigitsMs) : () => undefined;
    waiting += digits;
    try {
      await turns.run('digits', async () => {
        await silence();
        await play();
      });
    } finally {
      waiting -= digits;
    }
  };
  return planned({
    target: ({ uniqueid }) => uniqueid,
    plan: ({ uniqueid }, _actor, model) => answered(uniqueid, model),
    async act(leg, { ami }, { digits }) {
      await inTurn(digits.length, async () => {
        for (const [at, digit] of [...digits].entries()) {
          if (at > 0) await pause(betweenDigitsMs);
          await unlessGone(playDtmf(ami, leg.channel.uniqueid, digit));
        }
      });
      // Digits are often a PIN: how many is enough to know.
      return { remark: `${digits.length} digits to ${nameOf(leg)}` };
    },
  });
}

/** ChanSpy's options: `u` by Uniqueid, `q` no announcement, `E` the end of the call is the end. */
const spyOptions = { listen: 'uqE', whisper: 'uqEw', barge: 'uqEB' } as const;

/** `call.listen {uniqueid, extension, mode}`: the phone rings, and hears this leg when it answers. */
export const listenHandler: Handler<'call.listen'> = planned({
  target: ({ uniqueid, extension }) => `${uniqueid} → ${extension}`,
  plan: ({ uniqueid, extension }, actor, model) => {
    const leg = answered(uniqueid, model);
    if (isFailure(leg)) return leg;
    const taking = [uniqueid, ...leg.peers].some((one) => model.leg(one)?.channel.extension === extension);
    if (taking) return fail('conflict', `Extension ${extension} takes part in this call.`, 'extension');
    const phone = phoneOf(extension, model, actor);
    return isFailure(phone) ? phone : { leg, phone };
  },
  async act({ leg, phone }, { ami, now }, { mode }) {
    const data = `${leg.channel.uniqueid},${spyOptions[mode]}`;
    const uniqueid = await ringInto(ami, phone, { application: 'ChanSpy', data }, nameOf(leg), now());
    return { remark: `${mode}, ${nameOf(leg)}`, data: { uniqueid } };
  },
});

export interface RecordDeps {
  /** How files are named, as it is now. */
  readonly recording: () => RecordingSettings;
  /** Told of the panel's own recordings, which not every PBX tells of. */
  readonly note: (event: PbxEvent) => void;
}

/** `call.record {uniqueid, on}`: both sides. Ends only what the panel began, never the PBX's own recording. */
export function recordHandler({ recording, note }: RecordDeps): Handler<'call.record'> {
  return planned({
    target: ({ uniqueid }) => uniqueid,
    plan: ({ uniqueid }, _actor, model) => answered(uniqueid, model),
    async act(leg, { ami, actor, model, now }, { on }) {
      const { uniqueid } = leg.channel;
      const running = await unlessGone(recordingOf(ami, uniqueid));
      if (on && running !== '') refuse(fail('conflict', 'The panel records this call already.'));
      if (!on && running === '') refuse(fail('conflict', 'The panel does not record this call.'));
      const noted = () => note({ type: 'recording', at: now(), uniqueid, on, by: 'panel' });
      if (!on) {
        await unlessGone(stopRecording(ami, uniqueid, running));
        noted();
        return { remark: 'off' };
      }
      const file = recordingFile(recording(), leg, actor, now());
      await unlessGone(startRecording(ami, uniqueid, file));
      noted();
      // The name may hold the number of the caller.
      const told = seesNumbers(actor, involvedIn(leg, model), model);
      return { remark: file, ...(told && { data: { file } }) };
    },
  });
}

/** A leg that hears and is heard. */
function answered(uniqueid: string, model: ModelPort) {
  const leg = findLeg(uniqueid, model);
  if (isFailure(leg) || leg.channel.state === 'up') return leg;
  return fail('conflict', `The leg of ${nameOf(leg)} is not answered yet.`, 'uniqueid');
}
