import type { Layout } from '@/server/protocol/layout';
import type { Action } from './action';
import { callHereActions, currentCallActions } from './current-call';
import { extensionActions } from './extension-actions';
import { globalActions } from './global-actions';
import { type Bound, keyRefusal } from './key-rules';
import { isMac, type KeyPress, keyText, pressed } from './keys';
import { personCallActions } from './person-calls';

/** What has, or can have, a key: everywhere, or on the tile that has the focus. */
export const everywhere: readonly Action[] = [...currentCallActions, ...globalActions];
export const onTile: readonly Action<string>[] = [...callHereActions, ...personCallActions, ...extensionActions];

type Keyed = Pick<Action<never>, 'id' | 'keys'>;
type Keys = Layout['console']['keys'];

/** The keys that this user gave an action, or else its own. */
export function keysOf(keys: Keys, action: Keyed): readonly string[] {
  return keys[action.id] ?? action.keys ?? [];
}

/** The first key in brackets, for a tooltip: ` (Shift+D)`; empty: it has none. */
export function keyHint(keys: Keys, action: Keyed): string {
  const [first] = keysOf(keys, action);
  return first === undefined ? '' : ` (${keyText(first, isMac())})`;
}

/** The action that this press means to this user, of those that are listed. */
export function actionFor<T>(actions: readonly Action<T>[], keys: Keys, event: KeyPress): Action<T> | undefined {
  return actions.find((action) => keysOf(keys, action).some((one) => pressed(event, one)));
}

/** An action in the list of keys. */
export interface KeyRow extends Bound {
  readonly section: Action['section'] | 'On a tile';
  readonly words: string;
  /** Not as it was at first. */
  readonly changed: boolean;
}

/** What an action does in general, where its label tells of one person or of one moment. */
const plainWords: Readonly<Record<string, string>> = {
  'extension.call': 'Call them',
  'extension.pickup': 'Pick up what rings there',
  'extension.listen': 'Listen to their call',
  'extension.whisper': 'Whisper to them in their call',
  'extension.barge': 'Join their call',
  'extension.record': 'Record their call',
  'extension.hangup': 'Hang up their call',
  'extension.details': 'Details',
  'extension.dnd': 'Do not disturb on or off',
  'extension.availability': 'Availability: end, note, presence, forwarding',
  'extension.presence': 'Presence',
  'extension.forward': 'Forward their calls',
  'extension.history': 'History',
  'extension.select': 'Select or not',
  'extension.favourite': 'Favourite or not',
  'extension.hide': 'Hide or show',
  search: 'Search people',
  palette: 'All commands',
  keys: 'Keyboard shortcuts',
  undo: 'Undo the last change of several',
  'own.dnd': 'My do not disturb on or off',
  'own.availability': 'My availability',
  'own.presence': 'My presence',
  'own.forward': 'Forward my calls',
  'outside.stop': 'Stop all calls to the outside, or let them run',
  'density.compact': 'Compact tiles',
  'density.comfortable': 'Comfortable tiles',
  'density.large': 'Large tiles',
  arrange: 'Arrange departments and sections',
  'arrange.reset': 'Reset the arrangement',
  grouping: 'Group by department, or one grid',
  hidden: 'Show hidden people, or put them away',
  'theme.system': 'Theme: as the system',
  'theme.light': 'Theme: light',
  'theme.dark': 'Theme: dark',
  'go.account': 'My account',
  'go.admin': 'Administration',
  signOut: 'Sign out',
};

function wordsOf({ id, words }: Pick<Action<never>, 'id' | 'words'>): string {
  return words ?? plainWords[id] ?? id;
}

/** Fixed: they are what Enter and Space do on a tile. */
const fixed = new Set(['extension.details', 'extension.select']);

export function mayBind(id: string): boolean {
  return !fixed.has(id);
}

/** Everything that can have a key, with the keys it has now. */
export function keyRows(keys: Keys): readonly KeyRow[] {
  const row = (action: Action<never>, place: Bound['place'], section: KeyRow['section']): KeyRow => ({
    id: action.id,
    place,
    section,
    words: wordsOf(action),
    keys: keysOf(keys, action),
    changed: keys[action.id] !== undefined,
  });
  return [
    ...everywhere.map((one) => row(one, 'everywhere', one.section)),
    ...onTile.map((one) => row(one, 'tile', 'On a tile')),
  ];
}

/** `keys` with one action's own list; null: as it was at first. */
export function withKeys(keys: Keys, id: string, list: readonly string[] | null): Keys {
  const { [id]: _, ...rest } = keys;
  return list === null ? rest : { ...rest, [id]: [...list] };
}

/** Why an action cannot have this key as well; null: it can. Its own first keys it always may have. */
export function refusalOf(id: string, keys: string): string | null {
  const first = [...everywhere, ...onTile].find((one) => one.id === id)?.keys ?? [];
  return first.includes(keys) ? null : keyRefusal(keys);
}
