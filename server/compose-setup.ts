import { addressTowards } from './connection/own-address';
import type { SetupPort } from './http/deps';
import { FirstRun, type FirstRunDeps } from './setup/first-run';
import { SetupProgressKeeper } from './setup/setup-progress';
import type { Store } from './store/store';

/** The set-up assistant, as HTTP asks it; a part of the composition root. */
export async function composeSetup(
  deps: FirstRunDeps & { readonly store: Pick<Store, 'settings'> },
): Promise<SetupPort> {
  const progress = new SetupProgressKeeper(deps.store);
  await progress.load();
  const firstRun = new FirstRun(deps);
  return {
    get: () => progress.get(),
    save: (body) => progress.save(body),
    found: () => firstRun.found(),
    addressTowards,
  };
}
