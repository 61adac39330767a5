import type { PbxEvent } from '../pbx/events';
import type { ButtonKind } from '../protocol/buttons';

/** Which row an event of the PBX may make, change or end; key null: all of that kind. Null: none. */
export function concerned(event: PbxEvent): { readonly kind: ButtonKind; readonly key: string | null } | null {
  switch (event.type) {
    case 'extension':
      return { kind: 'extension', key: event.extension.number };
    case 'extension.gone':
      return { kind: 'extension', key: event.number };
    case 'list.extensions':
      return { kind: 'extension', key: null };
    case 'queue':
      return { kind: 'queue', key: event.queue.name };
    case 'queue.gone':
      return { kind: 'queue', key: event.name };
    case 'queue.member':
    case 'queue.join':
      return { kind: 'queue', key: event.queue };
    case 'list.queues':
      return { kind: 'queue', key: null };
    case 'parking.lot':
    case 'parked':
      return { kind: 'park', key: event.lot };
    case 'list.parking':
      return { kind: 'park', key: null };
    case 'trunk':
    case 'trunk.gone':
      return { kind: 'trunk', key: event.name };
    case 'list.trunks':
      return { kind: 'trunk', key: null };
    case 'list.ringGroups':
      return { kind: 'ringgroup', key: null };
    default:
      return null;
  }
}
