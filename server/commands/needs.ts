import type { CommandName, CommandParams } from '../protocol/commands';
import type { Permission } from '../protocol/permissions';
import type { Actor } from './actor';
import type { Target } from './reach';

/** One permission that a command needs, and what it has to reach; all of them. */
export interface Need {
  readonly permission: Permission;
  /** Enough where every target is one's own: one's extension, or a call in which one's phone takes part. */
  readonly own?: Permission;
  readonly targets: readonly Target[];
}

export interface NeedContext {
  readonly actor: Actor;
  /** Whether a call to this number leaves the house. */
  readonly isOutside: (number: string) => boolean;
}

type NeedsOf<N extends CommandName> = (params: CommandParams<N>, context: NeedContext) => readonly Need[];

const person = (number: string): Target => ({ kind: 'extension', number });
const leg = ({ uniqueid }: { uniqueid: string }): Target => ({ kind: 'leg', uniqueid });
const member = ({ queue, extension }: { queue: string; extension: string }): Target => ({
  kind: 'member',
  queue,
  extension,
});
const room = ({ conference: name }: { conference: string }): Target => ({ kind: 'conference', name });

const membership = (params: { queue: string; extension: string }): Need[] => [
  { permission: 'queuemanager', own: 'queueagent', targets: [member(params)] },
];

/** What is done with a call is done by a phone: one's own, or one that the permission reaches. */
const forPhone = (permission: Permission, params: { uniqueid: string; extension: string }): Need[] => [
  { permission, targets: [person(params.extension), leg(params)] },
];

/** A phone that answers by itself lets its room be heard: one's own, or where one may listen anyway. */
function phoneObeys(params: { uniqueid: string; extension: string }, { actor }: NeedContext): Need[] {
  const dial = forPhone('dial', params);
  return params.extension === actor.extension
    ? dial
    : [...dial, { permission: 'spy', targets: [person(params.extension)] }];
}

const moved = (params: { uniqueid: string }): Need[] => [
  { permission: 'transfer', targets: [{ kind: 'transfer', uniqueid: params.uniqueid }] },
];

function transfer(params: CommandParams<'call.transfer'>, { isOutside }: NeedContext): Need[] {
  const { mode, to } = params;
  const outside = mode === 'external' || (mode !== 'voicemail' && isOutside(to));
  return [{ permission: outside ? 'transferexternal' : 'transfer', targets: [leg(params)] }];
}

const inRoom = (params: { conference: string }): Need[] => [{ permission: 'conference', targets: [room(params)] }];

/** What each command of the catalogue needs. The whole of who may do what to whom is here: docs/permissions.md. */
export const needsOf: { readonly [N in CommandName]: NeedsOf<N> } = {
  'extension.dnd': ({ extension }) => [{ permission: 'dnd', own: 'dndself', targets: [person(extension)] }],
  'extension.forward': ({ extension }) => [{ permission: 'forward', own: 'forwardself', targets: [person(extension)] }],
  'extension.presence': ({ extension }) => [
    { permission: 'presence', own: 'presenceself', targets: [person(extension)] },
  ],
  'extensions.set': ({ extensions, dnd }) => [
    dnd === undefined
      ? { permission: 'presence', own: 'presenceself', targets: extensions.map(person) }
      : { permission: 'dnd', own: 'dndself', targets: extensions.map(person) },
  ],
  // Whoever did it, if they still may: its handler knows what it was.
  'extensions.undo': () => [],
  'outside.stop': () => [{ permission: 'admin', targets: [] }],
  'call.dial': ({ extension }) => [{ permission: 'dial', targets: [person(extension)] }],
  'call.hangup': (params) => [{ permission: 'hangup', own: 'hangupself', targets: [leg(params)] }],
  'call.transfer': transfer,
  'call.transfer.complete': moved,
  'call.transfer.swap': moved,
  'call.transfer.cancel': moved,
  'call.answer': phoneObeys,
  'call.hold': phoneObeys,
  // Which call it was, the call log knows: its handler looks at the limit.
  'call.note': () => [{ permission: 'callhistory', targets: [] }],
  'call.pickup': (params) => forPhone('pickup', params),
  'call.park': (params) => [{ permission: 'park', targets: [leg(params)] }],
  // A lot is a place for all: who parked the call does not matter.
  'call.retrieve': ({ extension }) => [{ permission: 'park', targets: [person(extension)] }],
  'call.dtmf': (params) => [{ permission: 'dial', targets: [leg(params)] }],
  'call.listen': (params) => forPhone('spy', params),
  'call.record': (params) => [{ permission: 'record', own: 'recordself', targets: [leg(params)] }],
  'queue.add': membership,
  'queue.remove': membership,
  'queue.pause': membership,
  'queue.penalty': membership,
  'queue.take': (params) => forPhone('pickup', params),
  'conference.create': ({ uniqueids }) => [
    { permission: 'conference', targets: uniqueids.map((uniqueid) => leg({ uniqueid })) },
  ],
  'conference.end': inRoom,
  'conference.invite': inRoom,
  'conference.mute': inRoom,
  'conference.kick': inRoom,
  'conference.lock': inRoom,
};
