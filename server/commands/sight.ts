import type { ConferenceRecord, ParkingRecord } from '../protocol/records';
import type { Actor } from './actor';
import { names } from './limits';
import type { ModelPort } from './model-port';
import { reachesAny, reachesExtension, reachesLeg } from './reach';

/**
 * The model as one who asks sees it: what is not seen is not there, so that a command aimed at it is answered like one
 * aimed at nothing. Where calls go (`callee`, `isInternal`) and what the switch needs (`line`, `named`, `ownerOf`) stay whole:
 * anybody can be called by their number.
 */
export function seenBy(actor: Pick<Actor, 'sees' | 'extension'>, model: ModelPort): ModelPort {
  const { sees } = actor;
  if (sees === undefined) return model;
  const leg = (uniqueid: string): boolean => reachesLeg(uniqueid, sees, actor, model) === true;
  const person = (number: string | null): boolean => reachesExtension(number, sees, actor, model);
  /** A lot or a room that no group names is there as far as calls in it are seen. */
  const lot = (record: ParkingRecord | undefined): ParkingRecord | undefined => {
    if (record === undefined || names(sees, 'parking', record.lot)) return record;
    const slots = record.slots.filter(({ uniqueid }) => leg(uniqueid));
    return slots.length === 0 ? undefined : { ...record, slots };
  };
  const room = (record: ConferenceRecord | undefined): ConferenceRecord | undefined => {
    if (record === undefined || names(sees, 'conferences', record.name)) return record;
    const participants = record.participants.filter(({ uniqueid }) => leg(uniqueid));
    return participants.length === 0 ? undefined : { ...record, participants };
  };
  const queue = (name: string): boolean => reachesAny({ extensions: [], queues: [name] }, sees, actor, model);
  return {
    ...model,
    extension: (number) => (person(number) ? model.extension(number) : undefined),
    leg: (uniqueid) => (leg(uniqueid) ? model.leg(uniqueid) : undefined),
    queue: (name) => (queue(name) ? model.queue(name) : undefined),
    queues: () => [...model.queues()].filter(({ name }) => queue(name)),
    lot: (name) => lot(model.lot(name)),
    lots: () => [...model.lots()].flatMap((record) => lot(record) ?? []),
    conference: (name) => room(model.conference(name)),
    conferences: () => [...model.conferences()].flatMap((record) => room(record) ?? []),
    transfers: () =>
      [...model.transfers()].filter(({ extension, uniqueid, own, target }) => {
        return person(extension) || [uniqueid, own, target].some((one) => one !== null && leg(one));
      }),
  };
}
