import type { Plan } from './plan';

/** What stands at the pointer while a call is dragged: who is in hand, and what a drop here does. */
export class DragLabel {
  readonly #box = document.createElement('div');
  readonly #who = document.createElement('span');
  readonly #what = document.createElement('span');
  readonly #hint = document.createElement('span');

  constructor(who: string) {
    this.#box.className = 'call-ghost';
    // The same words are spoken by the live region.
    this.#box.setAttribute('aria-hidden', 'true');
    this.#who.className = 'call-ghost-who';
    this.#what.className = 'call-ghost-what';
    this.#hint.className = 'call-ghost-hint';
    this.#who.textContent = who;
    this.#box.append(this.#who, this.#what, this.#hint);
    document.body.append(this.#box);
  }

  /** `plan` null: the pointer is over nothing. */
  show(plan: Plan | null, hint: string): void {
    const state = plan === null ? 'none' : 'reason' in plan ? 'no' : 'yes';
    this.#box.dataset.state = state;
    this.#what.textContent = plan === null ? 'Drop on a person, a queue, parking or a conference' : wordsOf(plan);
    this.#hint.textContent = hint;
  }

  /** Beside the pointer, and never out of the window. */
  place(x: number, y: number, touch: boolean): void {
    const { offsetWidth: width, offsetHeight: height } = this.#box;
    // A finger hides what lies below it.
    const above = touch || y + height + 28 > innerHeight;
    const left = Math.max(4, Math.min(x + (touch ? -width / 2 : 16), innerWidth - width - 4));
    const top = Math.max(4, above ? y - height - (touch ? 44 : 16) : y + 18);
    this.#box.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  remove(): void {
    this.#box.remove();
  }
}

export function wordsOf(plan: Plan): string {
  if ('reason' in plan) return plan.reason;
  return plan.note ? `${plan.label} — ${plan.note}` : plan.label;
}
