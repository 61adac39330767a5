import type { Side } from './order';

/**
 * Dragging a whole block (a department, a section, a row of a list of such) beside another. Blocks that may change places
 * have the same `data-blocks`, and a name each in `data-block`.
 */
export interface BlockDrag {
  /** Value of `data-blocks`. */
  readonly list: string;
  readonly moved: string;
  /** `true`: blocks stand side by side as well, and the left half of one is before it. */
  readonly sideways?: boolean;
  readonly drop: (target: string, side: Side) => void;
}

const threshold = 6;
/** Nearer to the edge of what scrolls than this, it scrolls, px. */
const edge = 40;

interface Aim {
  readonly element: HTMLElement;
  readonly target: string;
  readonly side: Side;
}

/** Begin at a pointerdown. Does nothing more when the pointer is let go before it has moved. */
export function beginBlockDrag(event: PointerEvent, drag: BlockDrag): void {
  const start = { x: event.clientX, y: event.clientY };
  const scroller = scrollerOf(event.target);
  const mark = document.createElement('div');
  let pointer = start;
  let lifted = false;
  let frame = 0;

  const follow = () => {
    frame = requestAnimationFrame(follow);
    const box = scroller?.getBoundingClientRect();
    if (box && pointer.y < box.top + edge) scroller?.scrollBy(0, -10);
    else if (box && pointer.y > box.bottom - edge) scroller?.scrollBy(0, 10);
    showMark(mark, aimAt(pointer, drag), drag.sideways ?? false);
  };
  const move = (next: PointerEvent) => {
    pointer = { x: next.clientX, y: next.clientY };
    if (lifted || Math.hypot(pointer.x - start.x, pointer.y - start.y) <= threshold) return;
    lifted = true;
    mark.className = 'block-mark';
    document.body.append(mark);
    document.documentElement.classList.add('dragging');
    frame = requestAnimationFrame(follow);
  };
  const end = (drop: boolean) => {
    for (const [name, listener] of listeners) removeEventListener(name, listener as EventListener, true);
    if (!lifted) return;
    cancelAnimationFrame(frame);
    mark.remove();
    document.documentElement.classList.remove('dragging');
    // The click that follows would fold what was moved.
    addEventListener('click', swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener('click', swallow, { capture: true }), 0);
    const aim = drop ? aimAt(pointer, drag) : null;
    if (aim) drag.drop(aim.target, aim.side);
  };
  const listeners = [
    ['pointermove', move],
    ['pointerup', () => end(true)],
    ['pointercancel', () => end(false)],
    [
      'keydown',
      (key: KeyboardEvent) => {
        if (key.key !== 'Escape' || !lifted) return;
        key.stopPropagation();
        end(false);
      },
    ],
  ] as const;
  for (const [name, listener] of listeners) addEventListener(name, listener as EventListener, true);
}

function swallow(event: Event): void {
  event.stopPropagation();
  event.preventDefault();
}

function scrollerOf(target: EventTarget | null): Element | null {
  let element = target instanceof Element ? target.parentElement : null;
  while (element && !/auto|scroll/.test(getComputedStyle(element).overflowY)) element = element.parentElement;
  return element;
}

function aimAt({ x, y }: { x: number; y: number }, { list, moved, sideways }: BlockDrag): Aim | null {
  const selector = `[data-blocks="${CSS.escape(list)}"]`;
  const element = document.elementFromPoint(x, y)?.closest<HTMLElement>(selector);
  const target = element?.dataset.block;
  if (!element || target === undefined || target === moved) return null;
  const box = element.getBoundingClientRect();
  const first = sideways ? x < box.left + box.width / 2 : y < box.top + box.height / 2;
  return { element, target, side: first ? 'before' : 'after' };
}

function showMark(mark: HTMLElement, aim: Aim | null, sideways: boolean): void {
  const box = aim?.element.getBoundingClientRect();
  mark.hidden = !box;
  if (!box || !aim) return;
  const { side } = aim;
  if (sideways) {
    const x = side === 'before' ? box.left - 3 : box.right;
    Object.assign(mark.style, {
      transform: `translate(${x}px, ${box.top}px)`,
      width: '3px',
      height: `${box.height}px`,
    });
  } else {
    const y = side === 'before' ? box.top - 2 : box.bottom - 1;
    Object.assign(mark.style, {
      transform: `translate(${box.left}px, ${y}px)`,
      width: `${box.width}px`,
      height: '3px',
    });
  }
}
