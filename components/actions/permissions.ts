import type { Permission } from '@/server/protocol/permissions';
import type { ActionContext } from './action';

/** Whose is one's own is chosen in the account, by those who may. */
const noExtension = 'No extension is set for you: choose yours in your account, or ask an administrator.';

export type Feature = 'dnd' | 'forward' | 'presence';

const words: Readonly<Record<Feature, string>> = {
  dnd: 'do not disturb',
  forward: 'forwarding',
  presence: 'presence',
};

const own: Readonly<Record<Feature, Permission>> = {
  dnd: 'dndself',
  forward: 'forwardself',
  presence: 'presenceself',
};

/** Why this user cannot set the feature of that extension now, in one sentence; null when they can. */
export function mayNotSet({ me, away }: ActionContext, feature: Feature, number: string): string | null {
  if (away) return away;
  if (me?.permissions.includes(feature)) return null;
  if (!me?.permissions.includes(own[feature])) return `Your account may look, but not change ${words[feature]}.`;
  if (!me.extension) return noExtension;
  return me.extension === number ? null : `Your account may change ${words[feature]} of your own extension only.`;
}

/** The same for several people: the first reason there is. */
export function mayNotSetAll(context: ActionContext, feature: Feature, numbers: readonly string[]): string | null {
  for (const number of numbers) {
    const reason = mayNotSet(context, feature, number);
    if (reason !== null) return reason;
  }
  return null;
}

/** One's own extension, or why there is none to act for. */
export function ownExtension({ me, mirror }: ActionContext): { number: string } | { reason: string } {
  const number = me?.extension;
  if (!number) return { reason: noExtension };
  if (!mirror.get('extensions', number)) return { reason: `Your extension ${number} is not on this PBX.` };
  return { number };
}
