/** Where a call can be put. */
export type DropTarget =
  | { readonly kind: 'person'; readonly number: string }
  /** The mailbox of a person. */
  | { readonly kind: 'voicemail'; readonly number: string }
  | { readonly kind: 'lot'; readonly lot: string }
  | { readonly kind: 'queue'; readonly name: string }
  | { readonly kind: 'conference'; readonly name: string }
  /** A number that was typed. */
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'hangup' };

/** As one text, for an element's `data-drop`. */
export function dropKey(target: DropTarget): string {
  switch (target.kind) {
    case 'person':
    case 'voicemail':
    case 'number':
      return `${target.kind}:${target.number}`;
    case 'lot':
      return `lot:${target.lot}`;
    case 'queue':
    case 'conference':
      return `${target.kind}:${target.name}`;
    case 'hangup':
      return 'hangup';
  }
}

/** What `dropKey` wrote; null: anything else. */
export function readDrop(key: string): DropTarget | null {
  const [kind = '', ...rest] = key.split(':');
  const name = rest.join(':');
  switch (kind) {
    case 'person':
    case 'voicemail':
    case 'number':
      return { kind, number: name };
    case 'lot':
      return { kind, lot: name };
    case 'queue':
    case 'conference':
      return { kind, name };
    case 'hangup':
      return { kind };
    default:
      return null;
  }
}

/** Makes an element a place where calls can be dropped: spread it. A tile of the grid is one by its `data-tile`. */
export function dropHandle(target: DropTarget): { readonly 'data-drop': string } {
  return { 'data-drop': dropKey(target) };
}
