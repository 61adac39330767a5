import type { ActionContext } from '../actions/action';
import { tell } from '../actions/send';
import { type Tab, view } from '../shell/view';
import { announce } from '../ui/live-region';
import type { CallInHand } from './call-in-hand';
import { DragLabel, wordsOf } from './drag-label';
import { dragState } from './drag-state';
import { dropAt, sweepTargets, unmarkTargets } from './drag-targets';
import { type DropTarget, dropKey } from './drop-target';
import { mayAsk, otherKind, type Plan, planOf, type TransferKind } from './plan';
import { drop } from './run-plan';
import { scrollAtEdge } from './scroll-edge';
import { watchCall } from './watch';

interface Start {
  readonly call: CallInHand;
  readonly context: () => ActionContext;
  readonly event: { readonly clientX: number; readonly clientY: number; readonly pointerType: string };
  /** The element that was taken up; it stays, and shows it. */
  readonly element: HTMLElement;
  /** Let go where it was taken up: no drag after all. */
  readonly onRest: () => void;
}

const restPx = 8;
const sweepEveryMs = 150;
const tabAfterMs = 350;

/**
 * One drag of a call, from its lift to its end: a drop, Escape, or the end of the call. What will happen is said before
 * it does, at the pointer and by the live region; nothing is sent for a call that is another one by then.
 */
export class DragSession {
  readonly #start: Start;
  readonly #label: DragLabel;
  readonly #leave: () => void;
  readonly #touch: boolean;
  #pointer: { x: number; y: number };
  #frame = 0;
  #sweptAt = 0;
  #resting: { readonly tab: string | null; readonly since: number } = { tab: null, since: 0 };
  #moved = false;
  #over: { readonly target: DropTarget; readonly plan: Plan } | null = null;
  #spoken = '';
  #ended = false;

  constructor(start: Start) {
    const { call, context, event, element } = start;
    this.#start = start;
    this.#touch = event.pointerType === 'touch';
    this.#pointer = { x: event.clientX, y: event.clientY };
    this.#label = new DragLabel(call.who);
    element.dataset.lifted = '';
    document.documentElement.classList.add('dragging', 'dragging-call');
    dragState.set({ call, kind: context().layout.console.transfer, chosen: false });
    this.#leave = watchCall(context().mirror, call, (what) => {
      this.#end();
      tell('info', `${what} Nothing was done.`);
    });
    announce(`${call.who} in hand`);
    addEventListener('pointermove', this.#move);
    addEventListener('pointerup', this.#up);
    addEventListener('pointercancel', this.#cancel);
    addEventListener('blur', this.#cancel);
    addEventListener('keydown', this.#key, true);
    addEventListener('keyup', this.#key, true);
    this.#frame = requestAnimationFrame(this.#follow);
    if (this.#touch) navigator.vibrate?.(12);
  }

  readonly #move = (event: PointerEvent): void => {
    const { clientX, clientY } = this.#start.event;
    this.#pointer = { x: event.clientX, y: event.clientY };
    this.#moved ||= Math.hypot(event.clientX - clientX, event.clientY - clientY) > restPx;
    this.#turn(event);
  };

  /** Shift or Alt held: the other way to transfer. A finger, and who likes, goes over the switch instead. */
  #turn({ shiftKey, altKey }: { readonly shiftKey: boolean; readonly altKey: boolean }): void {
    if (this.#touch || dragState.get().chosen) return;
    const usual = this.#start.context().layout.console.transfer;
    dragState.set({ kind: shiftKey || altKey ? otherKind(usual) : usual });
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (event.type === 'keydown' && event.key === 'Escape') {
      event.stopPropagation();
      event.preventDefault();
      this.#end();
      announce('Not moved');
    } else this.#turn(event);
  };

  readonly #follow = (now: number): void => {
    this.#frame = requestAnimationFrame(this.#follow);
    const { x, y } = this.#pointer;
    if (this.#moved) scrollAtEdge(x, y);
    this.#rest(now);
    this.#aim();
    this.#label.place(x, y, this.#touch);
    if (now - this.#sweptAt < sweepEveryMs) return;
    this.#sweptAt = now;
    const { call, context } = this.#start;
    const { kind } = dragState.get();
    const place = context();
    sweepTargets((target) => !('reason' in planOf(call, target, place, kind)), this.#over?.target ?? null);
  };

  /** On a telephone one column is shown at a time: resting on a tab opens it. */
  #rest(now: number): void {
    const below = document.elementFromPoint(this.#pointer.x, this.#pointer.y);
    const tab = below?.closest<HTMLElement>('[data-drag-tab]')?.dataset.dragTab ?? null;
    if (tab !== this.#resting.tab) this.#resting = { tab, since: now };
    else if (tab !== null && now - this.#resting.since > tabAfterMs) view.set({ tab: tab as Tab });
  }

  #aim(): void {
    const { call, context } = this.#start;
    const { kind } = dragState.get();
    const target = this.#moved ? dropAt(this.#pointer.x, this.#pointer.y) : null;
    const plan = target === null ? null : planOf(call, target, context(), kind);
    const changed = keyOf(target) !== keyOf(this.#over?.target ?? null);
    this.#over = target && plan ? { target, plan } : null;
    if (changed) this.#sweptAt = 0;
    const words = plan === null ? '' : wordsOf(plan);
    this.#label.show(plan, this.#hint(target, kind));
    if (words === this.#spoken) return;
    this.#spoken = words;
    if (words !== '') announce(words);
  }

  #hint(target: DropTarget | null, kind: TransferKind): string {
    if (this.#touch || !mayAsk(this.#start.call, this.#start.context())) return '';
    if (target?.kind !== 'person' && target?.kind !== 'conference') return '';
    const usual = kind === this.#start.context().layout.console.transfer;
    if (!usual) return '';
    if (target.kind === 'conference') return kind === 'blind' ? 'Shift: together with you' : 'Shift: alone';
    return kind === 'blind' ? 'Shift: ask first' : 'Shift: without asking';
  }

  readonly #up = (event: PointerEvent): void => {
    this.#pointer = { x: event.clientX, y: event.clientY };
    this.#aim();
    const over = this.#over;
    const { kind } = dragState.get();
    this.#end();
    const { call, context, onRest } = this.#start;
    if (!this.#moved) onRest();
    else if (over === null) announce('Not moved');
    else drop(call, over.target, context(), kind);
  };

  readonly #cancel = (): void => this.#end();

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    removeEventListener('pointermove', this.#move);
    removeEventListener('pointerup', this.#up);
    removeEventListener('pointercancel', this.#cancel);
    removeEventListener('blur', this.#cancel);
    removeEventListener('keydown', this.#key, true);
    removeEventListener('keyup', this.#key, true);
    cancelAnimationFrame(this.#frame);
    this.#leave();
    this.#label.remove();
    unmarkTargets();
    delete this.#start.element.dataset.lifted;
    document.documentElement.classList.remove('dragging', 'dragging-call');
    dragState.set({ call: null });
    addEventListener('click', swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener('click', swallow, { capture: true }), 60);
  }

  get ended(): boolean {
    return this.#ended;
  }
}

function keyOf(target: DropTarget | null): string {
  return target === null ? '' : dropKey(target);
}

/** The click that follows a drop is not meant for what lies below. */
function swallow(event: Event): void {
  event.stopPropagation();
  event.preventDefault();
}
