import { type DropTarget, dropKey, readDrop } from './drop-target';

/** The share of a tile, at its right, that means the person's voicemail. */
const voicemailShare = 0.28;
const leastVoicemailPx = 30;

const targets = '[data-drop], [data-tile]';

function targetOf(element: HTMLElement): DropTarget | null {
  const { drop, tile } = element.dataset;
  if (drop !== undefined) return readDrop(drop);
  return tile === undefined ? null : { kind: 'person', number: tile };
}

/** What lies below this point of the window; null: nothing that takes calls. The right end of a tile is its voicemail. */
export function dropAt(x: number, y: number): DropTarget | null {
  const element = document.elementFromPoint(x, y)?.closest<HTMLElement>(targets);
  const target = element ? targetOf(element) : null;
  if (!element || target?.kind !== 'person' || element.dataset.mailbox === undefined) return target;
  const { right, width } = element.getBoundingClientRect();
  const zone = Math.max(leastVoicemailPx, width * voicemailShare);
  return x > right - zone ? { kind: 'voicemail', number: target.number } : target;
}

/** Dims what would not take the call, and marks what would. Tiles come and go while the grid scrolls. */
export function sweepTargets(takes: (target: DropTarget) => boolean, over: DropTarget | null): void {
  const aimed = over === null ? null : dropKey(over.kind === 'voicemail' ? { ...over, kind: 'person' } : over);
  for (const element of document.querySelectorAll<HTMLElement>(targets)) {
    const target = targetOf(element);
    if (!target) continue;
    const isAim = dropKey(target) === aimed;
    element.dataset.takes = takes(isAim && over ? over : target) ? 'yes' : 'no';
    if (!isAim) delete element.dataset.aim;
    else element.dataset.aim = over?.kind === 'voicemail' ? 'voicemail' : 'whole';
  }
}

export function unmarkTargets(): void {
  for (const element of document.querySelectorAll<HTMLElement>('[data-takes]')) {
    delete element.dataset.takes;
    delete element.dataset.aim;
  }
}
