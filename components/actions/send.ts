import { toast } from 'sonner';
import type { CommandName, CommandParams, CommandResult } from '@/server/protocol/commands';
import type { Mirror } from '../live/mirror';
import { announce } from '../ui/live-region';
import { createStore, type Store } from '../ui/store';
import type { ActionContext } from './action';

interface Sending {
  /** What is acted on: while one command on it has no answer yet, the same command is not sent again. */
  readonly on: string;
  /** What did not happen, e.g. `Karl Meier was not parked`; the server's sentence follows. */
  readonly refused: string;
  /** Told where success cannot be seen. */
  readonly done?: string;
}

type Pending = Store<{ readonly keys: ReadonlySet<string> }>;

const stores = new WeakMap<Mirror, Pending>();

function pendingOf(mirror: Mirror): Pending {
  const known = stores.get(mirror);
  if (known) return known;
  const made: Pending = createStore({ keys: new Set() });
  stores.set(mirror, made);
  return made;
}

/** Tell a sentence to eyes and ears. */
export function tell(kind: 'error' | 'info' | 'success', text: string): void {
  announce(text, kind === 'error');
  toast[kind](text, kind === 'error' ? { duration: 8_000 } : {});
}

/**
 * Runs a command once, however often a key repeats, and tells a refusal in words. Never rejects; null: the same was
 * already under way.
 */
export async function send<N extends CommandName>(
  { mirror }: ActionContext,
  name: N,
  params: CommandParams<N>,
  { on, refused, done }: Sending,
): Promise<CommandResult | null> {
  const key = `${name} ${on}`;
  const pending = pendingOf(mirror);
  if (pending.get().keys.has(key)) return null;
  pending.set({ keys: new Set([...pending.get().keys, key]) });
  try {
    const result = await mirror.command(name, params);
    if (!result.ok) tell('error', `${refused}. ${result.message}`);
    else if (result.warning) tell('info', result.warning);
    else if (done) tell('success', done);
    return result;
  } finally {
    pending.set({ keys: new Set([...pending.get().keys].filter((one) => one !== key)) });
  }
}
