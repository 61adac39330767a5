import { tileElement } from '../shell/view';

/**
 * Dragging a tile with the mouse or a pen: one set of listeners for the whole grid, because a library's sensor on each
 * of ten thousand virtual tiles costs more than the tiles. Fingers scroll; they and the keyboard move tiles by the
 * details' buttons and Alt+Shift+arrows.
 */
export interface DragHandlers {
  /** Whether `moved` may be put beside `target`. */
  readonly allows: (moved: string, target: string) => boolean;
  readonly drop: (moved: string, target: string, side: 'before' | 'after') => void;
}

const threshold = 6;
const edge = 48;

interface Aim {
  readonly target: string;
  readonly side: 'before' | 'after';
}

/** Begin at a pointerdown on a tile. Does nothing more when the pointer is let go before it has moved. */
export function beginDrag(event: PointerEvent, tile: HTMLElement, scroller: HTMLElement, handlers: DragHandlers): void {
  const moved = tile.dataset.tile ?? '';
  const start = { x: event.clientX, y: event.clientY };
  const mark = document.createElement('div');
  let ghost: HTMLElement | null = null;
  let aim: Aim | null = null;
  let pointer = start;
  let frame = 0;

  const lift = () => {
    const box = tile.getBoundingClientRect();
    ghost = tile.cloneNode(true) as HTMLElement;
    ghost.removeAttribute('data-tile');
    ghost.setAttribute('aria-hidden', 'true');
    ghost.classList.add('drag-ghost');
    Object.assign(ghost.style, { width: `${box.width}px`, height: `${box.height}px` });
    ghost.style.setProperty('--dx', `${box.left - start.x}px`);
    ghost.style.setProperty('--dy', `${box.top - start.y}px`);
    mark.className = 'drag-mark';
    document.body.append(ghost, mark);
    document.documentElement.classList.add('dragging');
    frame = requestAnimationFrame(follow);
  };

  const follow = () => {
    frame = requestAnimationFrame(follow);
    const box = scroller.getBoundingClientRect();
    if (pointer.y < box.top + edge) scroller.scrollBy(0, -12);
    else if (pointer.y > box.bottom - edge) scroller.scrollBy(0, 12);
    if (ghost) ghost.style.transform = `translate(calc(${pointer.x}px + var(--dx)), calc(${pointer.y}px + var(--dy)))`;
    aim = aimAt(pointer, moved, handlers);
    showMark(mark, aim);
  };

  const move = (next: PointerEvent) => {
    pointer = { x: next.clientX, y: next.clientY };
    if (!ghost && Math.hypot(pointer.x - start.x, pointer.y - start.y) > threshold) lift();
  };
  const end = (drop: boolean) => {
    removeEventListener('pointermove', move);
    removeEventListener('pointerup', up);
    removeEventListener('pointercancel', cancel);
    removeEventListener('keydown', onKey, true);
    if (!ghost) return;
    cancelAnimationFrame(frame);
    ghost.remove();
    mark.remove();
    document.documentElement.classList.remove('dragging');
    addEventListener('click', swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener('click', swallow, { capture: true }), 0);
    const last = drop ? aimAt(pointer, moved, handlers) : null;
    if (last) handlers.drop(moved, last.target, last.side);
  };
  const up = (last: PointerEvent) => {
    pointer = { x: last.clientX, y: last.clientY };
    end(true);
  };
  const cancel = () => end(false);
  const onKey = (key: KeyboardEvent) => {
    if (key.key !== 'Escape' || !ghost) return;
    key.stopPropagation();
    end(false);
  };
  addEventListener('pointermove', move);
  addEventListener('pointerup', up);
  addEventListener('pointercancel', cancel);
  addEventListener('keydown', onKey, true);
}

/** The click that follows a drop is not meant for the tile. */
function swallow(event: Event): void {
  event.stopPropagation();
  event.preventDefault();
}

function aimAt({ x, y }: { x: number; y: number }, moved: string, handlers: DragHandlers): Aim | null {
  const below = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-tile]');
  const target = below?.dataset.tile;
  if (!below || !target || !handlers.allows(moved, target)) return null;
  const box = below.getBoundingClientRect();
  return { target, side: x < box.left + box.width / 2 ? 'before' : 'after' };
}

function showMark(mark: HTMLElement, aim: Aim | null): void {
  const box = aim ? tileElement(aim.target)?.getBoundingClientRect() : undefined;
  mark.hidden = !box;
  if (!box || !aim) return;
  const x = aim.side === 'before' ? box.left - 4 : box.right + 1;
  Object.assign(mark.style, { transform: `translate(${x}px, ${box.top}px)`, height: `${box.height}px` });
}
