import { createStore } from '../ui/store';

export type Tab = 'people' | 'calls' | 'queues' | 'more';

export type SheetTab = 'dnd' | 'presence' | 'forward';

/** The availability of one person, or of several at once. */
export interface Sheet {
  readonly tab: SheetTab;
  readonly numbers: readonly string[];
}

/** What one window shows just now; nothing of it is kept. */
export interface View {
  readonly query: string;
  readonly showHidden: boolean;
  /** The tile that the Tab key enters the grid at. */
  readonly current: string | null;
  /** The tile that shall take the focus as soon as it is there. */
  readonly grab: string | null;
  /** The extension whose details are open. */
  readonly opened: string | null;
  readonly sheet: Sheet | null;
  /** The extension whose history is shown. */
  readonly history: string | null;
  /** The tile whose menu is open, and where, in px of the window. */
  readonly menu: { readonly number: string; readonly x: number; readonly y: number } | null;
  readonly dialog: 'palette' | 'keys' | 'arrange' | null;
  /** The entry of *My calls* that was chosen; null: see `currentCall`. */
  readonly call: string | null;
  /** Whose earlier calls are shown. */
  readonly earlier: { readonly number: string; readonly name: string } | null;
  readonly tab: Tab;
}

export const view = createStore<View>({
  query: '',
  showHidden: false,
  current: null,
  grab: null,
  opened: null,
  sheet: null,
  history: null,
  menu: null,
  dialog: null,
  call: null,
  earlier: null,
  tab: 'people',
});

/** Nothing lies over the tiles. */
export function nothingOpen(): boolean {
  const { opened, menu, sheet, history } = view.get();
  return opened === null && menu === null && sheet === null && history === null;
}

/** Ids by which parts of the screen find each other. */
export const searchFieldId = 'panel-search';
export const gridId = 'panel-grid';

export function focusSearch(): void {
  view.set({ tab: 'people' });
  // At once, so that what is typed next is typed there; once more when what was open has given the focus back.
  enterSearch();
  requestAnimationFrame(() => {
    if (document.activeElement?.id !== searchFieldId) enterSearch();
  });
}

function enterSearch(): void {
  const field = document.getElementById(searchFieldId);
  if (!(field instanceof HTMLInputElement)) return;
  field.focus();
  field.select();
}

export function focusTile(number: string): void {
  view.set({ tab: 'people', current: number, grab: number });
}

/** The card of an entry of *My calls*. */
export function callCard(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-call="${CSS.escape(id)}"]`);
}

/** Chooses an entry of *My calls* and gives it the focus. */
export function focusMyCall(id: string): void {
  view.set({ tab: 'calls', call: id });
  requestAnimationFrame(() => callCard(id)?.focus());
}

export function tileElement(number: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-tile="${CSS.escape(number)}"]`);
}
