import { isUnmonitored } from '../protocol/discreet';
import type { Failure } from '../protocol/errors';
import type { Actor } from './actor';
import { fail } from './failures';
import type { ModelPort } from './model-port';
import type { Need } from './needs';
import { involvedIn, type Target } from './reach';

const monitoring = { spy: 'listened to', record: 'recorded' } as const;

function takingPart(target: Target, model: ModelPort): readonly (string | null)[] {
  // A phone that answers for somebody else lets its room be heard.
  if (target.kind === 'extension') return [target.number];
  const leg = target.kind === 'leg' ? model.leg(target.uniqueid) : undefined;
  return leg === undefined ? [] : involvedIn(leg, model).extensions;
}

/** Why this may not be heard or recorded, whoever asks; null: it may, or is not asked. One's own calls are one's own. */
export function whyUnmonitored(needs: readonly Need[], actor: Actor, model: ModelPort): Failure | null {
  for (const { permission, targets } of needs) {
    if (permission !== 'spy' && permission !== 'record') continue;
    for (const target of targets) {
      // Also those who are not seen: of them above all.
      const whose = takingPart(target, model).find((one) => {
        return one !== null && one !== actor.extension && isUnmonitored(model.callee(one));
      });
      if (whose != null) return fail('forbidden', `Calls of extension ${whose} are not ${monitoring[permission]}.`);
    }
  }
  return null;
}
