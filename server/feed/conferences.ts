import type { AmiMessage } from '../ami/types';
import type { ParticipantInfo, PbxEvent } from '../pbx/events';
import { flag, integer, text } from './values';

/** ConfbridgeList, MeetmeList and the join events; `uniqueid` where the block itself has none (MeetmeList). */
export function participantInfo(message: AmiMessage, at: number, uniqueid?: string): ParticipantInfo | null {
  const id = uniqueid ?? text(message, 'Uniqueid');
  if (id === '') return null;
  return {
    uniqueid: id,
    number: text(message, 'CallerIDNum'),
    name: text(message, 'CallerIDName'),
    muted: flag(message, 'Muted'),
    talking: flag(message, 'Talking'),
    admin: flag(message, 'Admin'),
    marked: flag(message, 'MarkedUser'),
    // ConfBridge tells how long the channel is up, not since when it is in the room: as near as a list comes to it.
    joinedAt: at - integer(message, 'AnsweredTime', { max: 31_536_000 }) * 1000,
  };
}

/** Confbridge… (apps/confbridge/confbridge_manager.c) and Meetme… (apps/app_meetme.c). */
export function conferenceEvents(message: AmiMessage, at: number): PbxEvent[] {
  const meetme = message.name.startsWith('Meetme');
  const kind = meetme ? 'meetme' : 'confbridge';
  const name = text(message, meetme ? 'Meetme' : 'Conference', 'Conference');
  if (name === '') return [];
  switch (message.name.slice(meetme ? 6 : 10)) {
    case 'Start':
      return [{ type: 'conference', at, name, kind }];
    case 'End':
      return [{ type: 'conference.gone', at, name }];
    case 'Lock':
      return [{ type: 'conference', at, name, kind, locked: true }];
    case 'Unlock':
      return [{ type: 'conference', at, name, kind, locked: false }];
    case 'Record':
      return [{ type: 'conference', at, name, kind, recording: true }];
    case 'StopRecord':
      return [{ type: 'conference', at, name, kind, recording: false }];
    default:
      return participantEvents(message, at, name, kind);
  }
}

function participantEvents(message: AmiMessage, at: number, name: string, kind: 'confbridge' | 'meetme'): PbxEvent[] {
  const participant = participantInfo(message, at);
  if (participant === null) return [];
  const { uniqueid } = participant;
  switch (message.name.slice(kind === 'meetme' ? 6 : 10)) {
    case 'Join':
      return [{ type: 'conference.join', at, name, kind, participant: { ...participant, joinedAt: at } }];
    case 'Leave':
      return [{ type: 'conference.leave', at, name, uniqueid }];
    case 'Mute': {
      // MeetMe has one event with `Status: on|off`; ConfBridge has two events.
      const muted = kind === 'confbridge' || flag(message, 'Status');
      return [{ type: 'conference.participant', at, name, uniqueid, muted }];
    }
    case 'Unmute':
      return [{ type: 'conference.participant', at, name, uniqueid, muted: false }];
    case 'Talking': {
      const talking = flag(message, kind === 'meetme' ? 'Status' : 'TalkingStatus');
      return [{ type: 'conference.participant', at, name, uniqueid, talking }];
    }
    default:
      return [];
  }
}
