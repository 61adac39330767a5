import type { Chan } from './facts';
import { joinsCalls } from './groups';

/** Who is at the other end, across bridges, Local halves and dials. SPEC C25–C27. */

export interface Reach {
  /** People connected with this leg. */
  readonly talk: readonly Chan[];
  /** People this leg rings. */
  readonly rings: readonly Chan[];
  /** People that ring this leg. */
  readonly rungBy: readonly Chan[];
  /** The Local half through which this leg is parked, in a room or in a queue. */
  readonly place: Chan | null;
}

type Direction = 'flat' | 'up' | 'down';

interface Step {
  readonly channel: Chan;
  readonly direction: Direction;
}

/** Legs beyond which a walk gives up: no real call is that deep, and a forged one must not cost more. */
const limit = 200;

export function reach(start: Chan): Reach {
  const seen = new Set<Chan>([start]);
  const edge: Chan[] = [start];
  const talk: Chan[] = [];
  let place: Chan | null = null;
  for (let index = 0; index < edge.length && index < limit; index++) {
    const channel = edge[index] as Chan;
    if (channel !== start && !channel.person) place ??= hasPlace(channel) ? channel : null;
    for (const next of connectedWith(channel)) {
      if (seen.has(next)) continue;
      seen.add(next);
      if (next.person) talk.push(next);
      else edge.push(next);
    }
  }
  if (talk.length > 0) return { talk, rings: [], rungBy: [], place };
  return { talk, ...ringing(edge, seen), place };
}

/** A leg that is itself in a place is passed through only by its own Local half. */
function* connectedWith(channel: Chan): Generator<Chan> {
  if (channel.half) yield channel.half;
  const { bridge } = channel;
  if (bridge && joinsCalls(bridge.info)) yield* bridge.channels;
  if (channel.dial === 'answered' && channel.dialledBy) yield channel.dialledBy;
  for (const dest of channel.dials) if (dest.dial === 'answered') yield dest;
}

function hasPlace(channel: Chan): boolean {
  return channel.parked !== null || channel.conference !== null || channel.waiting !== null;
}

/** Up goes towards callers, down towards phones; a walk that went up never comes down on the other ringing phones. */
function ringing(roots: readonly Chan[], known: ReadonlySet<Chan>): { rings: Chan[]; rungBy: Chan[] } {
  const seen = new Set(known);
  const steps: Step[] = roots.map((channel) => ({ channel, direction: 'flat' }));
  const rings: Chan[] = [];
  const rungBy: Chan[] = [];
  const visit = (channel: Chan, direction: Direction) => {
    if (seen.has(channel)) return;
    seen.add(channel);
    if (!channel.person) steps.push({ channel, direction });
    else if (direction === 'up') rungBy.push(channel);
    else rings.push(channel);
  };
  for (let index = 0; index < steps.length && index < limit; index++) {
    const { channel, direction } = steps[index] as Step;
    if (direction !== 'flat') for (const next of connectedWith(channel)) visit(next, direction);
    if (direction !== 'down' && channel.dialledBy) visit(channel.dialledBy, 'up');
    if (direction === 'up') continue;
    for (const dest of channel.dials) if (dest.dial === 'ringing') visit(dest, 'down');
  }
  return { rings, rungBy };
}
