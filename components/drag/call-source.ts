import type { CallRecord, ExtensionRecord } from '@/server/protocol/records';
import type { MyCall } from '../calls/my-call';
import type { Mirror } from '../live/mirror';

/** Where a call is shown: enough to find it again in the records, at every moment. */
export type CallSource =
  /** A line of an extension's phone, by its own leg. */
  | { readonly kind: 'line'; readonly extension: string; readonly own: string }
  /** A call by its id; `settled` finds the line of one who takes part. */
  | { readonly kind: 'call'; readonly id: string }
  | { readonly kind: 'waiting'; readonly queue: string; readonly uniqueid: string }
  | { readonly kind: 'parked'; readonly lot: string; readonly uniqueid: string }
  | { readonly kind: 'participant'; readonly conference: string; readonly uniqueid: string }
  | { readonly kind: 'transfer'; readonly id: string };

/** As one text, for an element's `data-handle`. */
export function sourceKey(source: CallSource): string {
  switch (source.kind) {
    case 'line':
      return JSON.stringify(['line', source.extension, source.own]);
    case 'call':
    case 'transfer':
      return JSON.stringify([source.kind, source.id]);
    case 'waiting':
      return JSON.stringify(['waiting', source.queue, source.uniqueid]);
    case 'parked':
      return JSON.stringify(['parked', source.lot, source.uniqueid]);
    case 'participant':
      return JSON.stringify(['participant', source.conference, source.uniqueid]);
  }
}

/** What `sourceKey` wrote; null: anything else. */
export function readSource(key: string): CallSource | null {
  const [kind, first = '', second = ''] = JSON.parse(key) as readonly string[];
  switch (kind) {
    case 'line':
      return { kind, extension: first, own: second };
    case 'call':
    case 'transfer':
      return { kind, id: first };
    case 'waiting':
      return { kind, queue: first, uniqueid: second };
    case 'parked':
      return { kind, lot: first, uniqueid: second };
    case 'participant':
      return { kind, conference: first, uniqueid: second };
    default:
      return null;
  }
}

/**
 * Makes an element a call that can be dragged and has a menu: spread it on the element that shows the call. A focusable
 * element answers to the menu key and to `m` as well.
 */
export function callHandle(source: CallSource | null): { readonly 'data-handle'?: string } {
  return source === null ? {} : { 'data-handle': sourceKey(source) };
}

/** One of my calls, `number` being my extension. */
export function sourceOfMine(
  { transfer, parked, own, peer, callId }: MyCall,
  number: string | null,
): CallSource | null {
  // A call that came back is an ordinary one that rings.
  if (transfer !== null && transfer.state !== 'returned') return { kind: 'transfer', id: transfer.id };
  if (parked !== null && peer !== null) return { kind: 'parked', lot: parked.lot, uniqueid: peer };
  if (number !== null && own !== null) return { kind: 'line', extension: number, own };
  return callId === null ? null : { kind: 'call', id: callId };
}

/**
 * A call of the whole house. With several phones of the house in it, mine decides, else the one that was called: who
 * called is the one to be sent on.
 */
export function sourceOfCall(
  call: CallRecord,
  extensions: ReadonlyMap<string, ExtensionRecord>,
  number: string | null,
): CallSource {
  const lines = [call.to.number, call.from.number, number].flatMap((one) => {
    const line = one === null ? undefined : extensions.get(one)?.calls.find((of) => of.callId === call.id);
    return line && one !== null ? [{ kind: 'line', extension: one, own: line.uniqueid } as const] : [];
  });
  return (
    lines.find((line) => line.extension === number) ??
    lines[0] ??
    lineOf(call, extensions) ?? { kind: 'call', id: call.id }
  );
}

/** The source by which a call is followed: a row of the list of calls is the line of one who takes part. */
export function settled(source: CallSource, mirror: Mirror): CallSource {
  if (source.kind !== 'call') return source;
  const call = mirror.records.get('calls', source.id);
  return call ? sourceOfCall(call, mirror.records.map('extensions'), mirror.me?.extension ?? null) : source;
}

/** A call through a ring group or a queue names nobody of those who talk. */
function lineOf({ id }: CallRecord, extensions: ReadonlyMap<string, ExtensionRecord>): CallSource | null {
  for (const { number, calls } of extensions.values()) {
    const line = calls.find((one) => one.callId === id);
    if (line) return { kind: 'line', extension: number, own: line.uniqueid };
  }
  return null;
}
