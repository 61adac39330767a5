import { Disc, Ear, Grab, Mic, Phone, PhoneOff, Volume2 } from 'lucide-react';
import type { CommandParams } from '@/server/protocol/commands';
import { isUnmonitored } from '@/server/protocol/discreet';
import type { ExtensionCall, LineState } from '@/server/protocol/records';
import { partyText, sortCalls } from '../extensions/status';
import type { Action, ActionContext } from './action';
import { unreachable, whoIs } from './call-words';
import { isInside, mayNot, noOwnPhone, outsideStopped, ownExtension } from './permissions';
import { isRecorded, record } from './recording';
import { send } from './send';

/** What can be done to the calls of somebody else; the target is their extension. */

function lineOf({ mirror }: ActionContext, number: string, states: readonly LineState[]): ExtensionCall | undefined {
  return sortCalls(mirror.get('extensions', number)?.calls ?? []).find(({ state }) => states.includes(state));
}

const answered: readonly LineState[] = ['talking', 'held', 'onHold', 'conference', 'service', 'queued'];
const any: readonly LineState[] = [...answered, 'dialing', 'ringing', 'parked'];

/** Rings one's own phone first. `to` may be any number. */
export const dial: Action<string> = {
  id: 'extension.call',
  icon: Phone,
  section: 'Call',
  keys: ['c'],
  label: (context, to) => `Call ${whoIs(context, to)}`,
  blocked: (context, to) => {
    const own = ownExtension(context);
    const reason = mayNot(context, 'dial', { extensions: [context.me?.extension ?? null] });
    if (reason) return reason;
    if ('reason' in own) return own.reason;
    if (own.number === to) return 'This is your own phone.';
    if (!isInside(context, to) && !/^\+?[0-9*#]{1,40}$/.test(to)) return `${to} is not a number.`;
    return noOwnPhone(context) ?? outsideStopped(context, to) ?? unreachable(context, to);
  },
  run: (context, to) => {
    const own = ownExtension(context);
    if ('reason' in own) return;
    void send(
      context,
      'call.dial',
      { extension: own.number, to },
      {
        on: to,
        refused: `${whoIs(context, to)} was not called`,
      },
    );
  },
};

export const pickUp: Action<string> = {
  id: 'extension.pickup',
  icon: Grab,
  section: 'Call',
  keys: ['p'],
  label: (context, number) => {
    const ringing = lineOf(context, number, ['ringing']);
    return ringing ? `Pick up ${partyText(ringing.party)} from ${whoIs(context, number)}` : 'Pick up the call';
  },
  blocked: (context, number) => {
    const ringing = lineOf(context, number, ['ringing']);
    const reason = mayNot(context, 'pickup', { extensions: [number], queue: ringing?.queue ?? null });
    if (reason) return reason;
    if (number === context.me?.extension) return 'It rings at your own phone.';
    return ringing ? noOwnPhone(context) : `Nothing rings at ${whoIs(context, number)}.`;
  },
  run: (context, number) => {
    const own = ownExtension(context);
    const ringing = lineOf(context, number, ['ringing']);
    if ('reason' in own || !ringing) return;
    void send(
      context,
      'call.pickup',
      { uniqueid: ringing.uniqueid, extension: own.number },
      {
        on: ringing.uniqueid,
        refused: `${partyText(ringing.party)} was not picked up`,
      },
    );
  },
};

/** Who of a call is neither listened to nor recorded, as an administrator set; one's own calls are one's own. */
function unmonitored({ mirror, me }: ActionContext, number: string, { party }: ExtensionCall): string | undefined {
  return [number, party.number].find((one) => one !== me?.extension && isUnmonitored(mirror.get('extensions', one)));
}

type SpyMode = CommandParams<'call.listen'>['mode'];

function spyAction(mode: SpyMode, icon: Action['icon'], words: (who: string) => string): Action<string> {
  return {
    id: `extension.${mode}`,
    icon,
    section: 'Call',
    label: (context, number) => words(whoIs(context, number)),
    blocked: (context, number) => {
      const reason = mayNot(context, 'spy', { extensions: [number] });
      if (reason) return reason;
      const line = lineOf(context, number, answered);
      if (!line) return `${whoIs(context, number)} talks to nobody.`;
      const quiet = unmonitored(context, number, line);
      if (quiet) return `Calls of ${whoIs(context, quiet)} are not listened to.`;
      const own = context.me?.extension;
      if (number === own || line.party.number === own) return 'You take part in this call.';
      return noOwnPhone(context);
    },
    run: (context, number) => {
      const own = ownExtension(context);
      const line = lineOf(context, number, answered);
      if ('reason' in own || !line) return;
      void send(
        context,
        'call.listen',
        { uniqueid: line.uniqueid, extension: own.number, mode },
        {
          on: line.uniqueid,
          refused: `The call of ${whoIs(context, number)} was not joined`,
        },
      );
    },
  };
}

export const listen = spyAction('listen', Ear, (who) => `Listen to ${who}`);
export const whisper = spyAction('whisper', Mic, (who) => `Whisper to ${who}`);
export const barge = spyAction('barge', Volume2, (who) => `Speak with both at ${who}`);

export const recordPerson: Action<string> = {
  id: 'extension.record',
  icon: Disc,
  section: 'Call',
  label: (context, number) => {
    const on = isRecorded(context, lineOf(context, number, answered)?.callId ?? null);
    return on ? `Stop recording ${whoIs(context, number)}` : `Record the call of ${whoIs(context, number)}`;
  },
  blocked: (context, number) => {
    const line = lineOf(context, number, answered);
    const reason = mayNot(context, 'record', {
      extensions: [number, line?.party.number ?? null],
      queue: line?.queue ?? null,
    });
    const quiet = line && unmonitored(context, number, line);
    if (!reason && quiet) return `Calls of ${whoIs(context, quiet)} are not recorded.`;
    return reason ?? (line ? null : `${whoIs(context, number)} talks to nobody.`);
  },
  run: (context, number) => {
    const line = lineOf(context, number, answered);
    if (line) void record(context, line.uniqueid, line.callId, `The call of ${whoIs(context, number)}`);
  },
};

export const hangUpPerson: Action<string> = {
  id: 'extension.hangup',
  icon: PhoneOff,
  section: 'Call',
  label: (context, number) => {
    const line = lineOf(context, number, any);
    return line ? `Hang up ${partyText(line.party)} at ${whoIs(context, number)}` : 'Hang up the call';
  },
  blocked: (context, number) => {
    const line = lineOf(context, number, any);
    const reason = mayNot(context, 'hangup', {
      extensions: [number, line?.party.number ?? null],
      queue: line?.queue ?? null,
    });
    return reason ?? (line ? null : `${whoIs(context, number)} has no call.`);
  },
  run: (context, number) => {
    const line = lineOf(context, number, any);
    if (!line) return;
    void send(
      context,
      'call.hangup',
      { uniqueid: line.uniqueid },
      {
        on: line.uniqueid,
        refused: `${partyText(line.party)} was not hung up`,
      },
    );
  },
};

/** In the order of a tile's menu. */
export const personCallActions = [dial, pickUp, listen, whisper, barge, recordPerson, hangUpPerson] as const;
