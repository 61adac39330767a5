import type { AmiPort } from './ami/types';
import { AvailabilitySettingsKeeper } from './availability-settings';
import { TokenBucket } from './commands/limiter';
import { AstDbFeatures } from './features/astdb';
import { Availability, type AvailabilityLog } from './features/availability';
import { CustomPresenceFeatures } from './features/custom-presence';
import { DfksBackend } from './features/dfks/backend';
import { MiClient } from './features/dfks/mi-client';
import { Fop2Features } from './features/fop2';
import { QueuePause } from './features/queue-pause';
import { clock } from './link';
import { pacedHistory } from './paced-history';
import type { PbxEvent } from './pbx/events';
import type { QueueRecord } from './protocol/records';
import type { Store } from './store/store';

export interface ComposeDeps {
  readonly store: Store;
  readonly ami: () => AmiPort | null;
  /** The PBX that is followed now (link.ts `pbxKeyOf`); '' before the first. */
  readonly pbxKey: () => string;
  readonly queues: () => Iterable<QueueRecord>;
  /** To the model. */
  readonly emit: (event: PbxEvent) => void;
  readonly resync: (reason: string) => void;
  /** Why calls of `number` may not be forwarded `to`, as a sentence; null: they may. */
  readonly whyNotForward: (number: string, to: string) => string | null;
  readonly log: AvailabilityLog;
}

export interface AvailabilityParts {
  readonly availability: Availability;
  readonly settings: AvailabilitySettingsKeeper;
  readonly mi: MiClient;
  /** Every event of the feed, after the model has had it. */
  observe(event: PbxEvent): void;
}

/** Part of the composition root: do-not-disturb, forwarding, presence and what follows them, with the settings in force. */
export async function composeAvailability(deps: ComposeDeps): Promise<AvailabilityParts> {
  const { store, ami, log } = deps;
  const retune = (): void => {
    availability.retune();
    queuePause.retune();
  };
  const settings = new AvailabilitySettingsKeeper({ store, changed: retune, log });
  await settings.load();
  const mi = new MiClient();
  // Anybody may send a thousand of them in a second.
  const ignored = new TokenBucket({ burst: 10, perSecond: 0.1 });
  const availability: Availability = new Availability({
    backends: [
      new AstDbFeatures({ ami }),
      new CustomPresenceFeatures({ ami }),
      new DfksBackend({ settings: () => settings.current().dfks, mi }),
      new Fop2Features({ ami, choices: () => settings.current().states }),
    ],
    settings: () => settings.current(),
    emit: deps.emit,
    rows: store.availability,
    history: pacedHistory({ append: (pbx, change) => store.history.append(pbx, change), now: clock.now, log }),
    clock,
    log,
    resync: deps.resync,
    dndChanged: (number, on) => queuePause.dndChanged(number, on),
  });
  const queuePause = new QueuePause({
    ami,
    queues: deps.queues,
    dndOn: (number) => availability.values(number).dnd,
    settings: () => settings.current().queuePause,
    store: store.paused,
    pbxKey: deps.pbxKey,
    log,
  });
  return {
    availability,
    settings,
    mi,
    observe(event) {
      const { whyNotForward } = deps;
      const forwardedTo = (number: string): string | null => availability.values(number).always.to;
      const whyNot = announcedForward(event, { whyNotForward, forwardedTo });
      if (whyNot === null) availability.observe(event);
      else if (ignored.take(clock.now()))
        log.warn({ extension: whyNot.number }, `A forwarding announced for FOP2 is ignored. ${whyNot.words}`);
      queuePause.observe(event);
    },
  };
}

/** Whoever may send a UserEvent may not forward for that: what FOP2 announces is held to the rules that people are. */
export function announcedForward(
  event: PbxEvent,
  deps: Pick<ComposeDeps, 'whyNotForward'> & { readonly forwardedTo: (number: string) => string | null },
): { number: string; words: string } | null {
  if (event.type !== 'held' || event.backend !== 'fop2' || event.slot !== 'cust' || event.held === '') return null;
  if (event.held === deps.forwardedTo(event.number)) return null;
  const words = deps.whyNotForward(event.number, event.held);
  return words === null ? null : { number: event.number, words };
}
