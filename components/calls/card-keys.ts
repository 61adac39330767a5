import { isSameCall } from './ended';
import type { MyCall } from './my-call';

/** A card of the list: `key` stays while the call becomes another entry, and with it the focus and what is being typed. */
export interface Card {
  readonly key: string;
  readonly call: MyCall;
}

/** The cards of a list that followed on `before`. */
export function cardsAfter(before: readonly Card[], calls: readonly MyCall[]): readonly Card[] {
  const left = new Set(before);
  const keep = (call: MyCall, fits: (card: Card) => boolean): Card | null => {
    const card = [...left].find(fits);
    if (!card) return null;
    left.delete(card);
    return { key: card.key, call };
  };
  // Entries that are still themselves come first: another one must not take their key.
  const same = new Map(calls.map((call) => [call, keep(call, (card) => card.call.id === call.id)]));
  return calls.map(
    (call) =>
      same.get(call) ?? keep(call, (card) => isSameCall(card.call, call)) ?? { key: unusedKey(call, before), call },
  );
}

function unusedKey({ id }: MyCall, before: readonly Card[]): string {
  return before.some((card) => card.key === id) ? `${id}+` : id;
}
