import { type CallSource, readSource, sourceKey } from '../drag/call-source';
import { createStore } from '../ui/store';

/** What has a menu of its own beside the tiles. */
export type Subject =
  | { readonly kind: 'call'; readonly source: CallSource }
  | { readonly kind: 'queue'; readonly name: string }
  | { readonly kind: 'member'; readonly queue: string; readonly extension: string }
  | { readonly kind: 'conference'; readonly name: string }
  /** A call on a trunk, by the leg there. */
  | { readonly kind: 'trunk'; readonly trunk: string; readonly uniqueid: string };

export interface OpenMenu {
  readonly subject: Subject;
  /** Px of the window. */
  readonly x: number;
  readonly y: number;
  /** What gets the focus back. */
  readonly element: HTMLElement;
}

/** Where to, or who: chosen by typing. */
export type Picker =
  | { readonly kind: 'move'; readonly source: CallSource }
  | { readonly kind: 'member'; readonly queue: string }
  | { readonly kind: 'invite'; readonly conference: string };

export const menus = createStore<{ readonly open: OpenMenu | null; readonly picker: Picker | null }>({
  open: null,
  picker: null,
});

/** Makes an element answer to the other mouse button, a long press and the menu key: spread it. */
export function menuHandle(subject: Exclude<Subject, { kind: 'call' }>): { readonly 'data-subject': string } {
  return { 'data-subject': JSON.stringify(subject) };
}

/** The subject of the nearest element that has a menu. */
export function subjectAt(target: EventTarget | null): { element: HTMLElement; subject: Subject } | null {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-handle], [data-subject]') : null;
  if (!element) return null;
  const { handle, subject } = element.dataset;
  if (handle === undefined) return { element, subject: JSON.parse(subject ?? '') as Subject };
  const source = readSource(handle);
  return source && { element, subject: { kind: 'call', source } };
}

/** Opens the menu below the element, or at a point of the window. */
export function openMenu(
  element: HTMLElement,
  subject: Subject,
  at?: { readonly x: number; readonly y: number },
): void {
  const { left, bottom } = element.getBoundingClientRect();
  menus.set({ open: { subject, element, x: at?.x ?? left, y: at?.y ?? bottom } });
}

export function subjectKey(subject: Subject): string {
  return subject.kind === 'call' ? sourceKey(subject.source) : JSON.stringify(subject);
}
