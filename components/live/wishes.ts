import type { CommandParams } from '@/server/protocol/commands';
import type { ExtensionRecord, FeatureOrigin } from '@/server/protocol/records';
import type { Wish } from './overlay';

export type DndChange = Omit<CommandParams<'extension.dnd'>, 'extension'>;
export type ForwardChange = Omit<CommandParams<'extension.forward'>, 'extension'>;
export type PresenceChange = Omit<CommandParams<'extension.presence'>, 'extension'>;

/** Who wishes, and when: ISO 8601 UTC. */
export interface Wisher {
  readonly by: string | null;
  readonly at: string;
}

const origin = ({ by, at }: Wisher): FeatureOrigin => ({ source: 'panel', by, since: at });

export function dndWish({ on, note, until }: DndChange, wisher: Wisher): Wish {
  const value = { on, note: (on && note) || null, until: (on && until) || null };
  return {
    feature: 'dnd',
    over: (record) => ({
      ...record,
      // The same value again is claimed, but it is as old as before.
      dnd: { ...origin(wisher), ...value, since: record.dnd.on === on ? record.dnd.since : wisher.at },
    }),
    met: ({ dnd }) => dnd.on === on && dnd.note === value.note && sameMoment(dnd.until, value.until),
  };
}

export function forwardWish({ kind, to, ringCount }: ForwardChange, wisher: Wisher): Wish {
  const over = (record: ExtensionRecord): ExtensionRecord => {
    const { forward } = record;
    const rings = kind === 'noAnswer' && ringCount !== undefined ? ringCount : forward.ringCount;
    const origins = { ...forward.origins, [kind]: origin(wisher) };
    return { ...record, forward: { ...forward, [kind]: to, ringCount: rings, origins } };
  };
  return { feature: kind, over, met: ({ forward }) => forward[kind] === to };
}

export function presenceWish({ state, subtype = '', message = '', until }: PresenceChange, wisher: Wisher): Wish {
  const value = { state, subtype, message, until: until ?? null };
  return {
    feature: 'presence',
    over: (record) => ({ ...record, presence: { ...origin(wisher), ...value } }),
    met: ({ presence }) =>
      presence.state === state &&
      presence.subtype === subtype &&
      presence.message === message &&
      sameMoment(presence.until, value.until),
  };
}

function sameMoment(a: string | null, b: string | null): boolean {
  return a === b || (a !== null && b !== null && Date.parse(a) === Date.parse(b));
}
