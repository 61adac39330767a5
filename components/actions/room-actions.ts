import { CircleParking, Lock, MicOff, PhoneOff, UserMinus, UserPlus } from 'lucide-react';
import type { ConferenceRecord, Participant } from '@/server/protocol/records';
import { partyText } from '../extensions/status';
import type { Action, ActionContext } from './action';
import { unreachable, whoIs } from './call-words';
import { mayNot, noOwnPhone, outsideStopped, ownExtension } from './permissions';
import { send } from './send';

/** What can be done to conferences and to parked calls. */

function notLed(context: ActionContext, name: string): string | null {
  const room = context.mirror.get('conferences', name);
  // A right that is limited to some leads the rooms in which one of them takes part.
  const present = room && { extensions: room.participants.map((one) => one.extension), conference: name };
  const reason = mayNot(context, 'conference', present);
  if (reason) return reason;
  if (!room) return `Conference ${name} is over.`;
  return room.kind === 'confbridge' ? null : 'The panel cannot lead MeetMe rooms.';
}

function room({ mirror }: ActionContext, name: string): ConferenceRecord | undefined {
  return mirror.get('conferences', name);
}

export const toggleLock: Action<string> = {
  id: 'conference.lock',
  icon: Lock,
  section: 'Queues',
  label: (context, name) => `${room(context, name)?.locked ? 'Open' : 'Lock'} conference ${name}`,
  blocked: notLed,
  run: (context, name) => {
    const on = !room(context, name)?.locked;
    void send(
      context,
      'conference.lock',
      { conference: name, on },
      {
        on: name,
        refused: `Conference ${name} was not ${on ? 'locked' : 'opened'}`,
      },
    );
  },
};

export const endRoom: Action<string> = {
  id: 'conference.end',
  icon: PhoneOff,
  section: 'Queues',
  label: (_, name) => `End conference ${name}`,
  blocked: notLed,
  run: (context, name) =>
    void send(
      context,
      'conference.end',
      { conference: name },
      {
        on: name,
        refused: `Conference ${name} was not ended`,
      },
    ),
};

/** `to`: an extension, or a number outside. */
export const inviteTo: Action<{ readonly conference: string; readonly to: string }> = {
  id: 'conference.invite',
  icon: UserPlus,
  section: 'Queues',
  label: (context, { conference, to }) => `Invite ${whoIs(context, to)} into conference ${conference}`,
  blocked: (context, { conference, to }) => {
    const reason = notLed(context, conference);
    if (reason) return reason;
    if (room(context, conference)?.locked) return `Conference ${conference} is locked.`;
    const inside = room(context, conference)?.participants.some(({ extension }) => extension === to);
    if (inside) return `${whoIs(context, to)} takes part already.`;
    return outsideStopped(context, to) ?? unreachable(context, to);
  },
  run: (context, { conference, to }) =>
    void send(
      context,
      'conference.invite',
      { conference, extension: to },
      {
        on: `${conference} ${to}`,
        refused: `${whoIs(context, to)} was not invited`,
      },
    ),
};

export interface Seat {
  readonly conference: string;
  readonly uniqueid: string;
}

function participant(context: ActionContext, { conference, uniqueid }: Seat): Participant | undefined {
  return room(context, conference)?.participants.find((one) => one.uniqueid === uniqueid);
}

function who(context: ActionContext, seat: Seat): string {
  const found = participant(context, seat);
  return found ? partyText(found) : 'This participant';
}

function notSeated(context: ActionContext, seat: Seat): string | null {
  return notLed(context, seat.conference) ?? (participant(context, seat) ? null : 'They left the conference.');
}

export const toggleMute: Action<Seat> = {
  id: 'conference.mute',
  icon: MicOff,
  section: 'Queues',
  label: (context, seat) => `${participant(context, seat)?.muted ? 'Unmute' : 'Mute'} ${who(context, seat)}`,
  blocked: notSeated,
  run: (context, seat) => {
    const on = !participant(context, seat)?.muted;
    void send(
      context,
      'conference.mute',
      { ...seat, on },
      {
        on: seat.uniqueid,
        refused: `${who(context, seat)} was not ${on ? 'muted' : 'unmuted'}`,
      },
    );
  },
};

export const kick: Action<Seat> = {
  id: 'conference.kick',
  icon: UserMinus,
  section: 'Queues',
  label: (context, seat) => `Remove ${who(context, seat)} from the conference`,
  blocked: notSeated,
  run: (context, seat) =>
    void send(
      context,
      'conference.kick',
      { ...seat },
      {
        on: seat.uniqueid,
        refused: `${who(context, seat)} was not removed`,
      },
    ),
};

export interface Slot {
  readonly lot: string;
  readonly space: string;
}

/** A parked call to one's own phone. */
export const retrieveSlot: Action<Slot> = {
  id: 'parking.retrieve',
  icon: CircleParking,
  section: 'Queues',
  label: (context, slot) => {
    const found = slotOf(context, slot);
    return `Take ${found ? partyText(found) : 'the call'} out of ${slot.space}`;
  },
  blocked: (context, slot) => {
    const found = slotOf(context, slot);
    const reason = mayNot(context, 'park', { extensions: [context.me?.extension ?? null] }) ?? noOwnPhone(context);
    return reason ?? (found ? null : `No call is parked at ${slot.space}.`);
  },
  run: (context, { lot, space }) => {
    const own = ownExtension(context);
    if ('reason' in own) return;
    void send(
      context,
      'call.retrieve',
      { lot, space, extension: own.number },
      {
        on: `${lot} ${space}`,
        refused: `The call at ${space} was not taken`,
      },
    );
  },
};

function slotOf({ mirror }: ActionContext, { lot, space }: Slot) {
  return mirror.get('parking', lot)?.slots.find((slot) => slot.space === space);
}
