import type { Locator, Page } from '@playwright/test';

/** One's own calls, who waits, and what has just ended: the top of the calls column. */
export class ConsoleCalls {
  readonly mine: Locator;
  readonly waiting: Locator;
  readonly ended: Locator;
  readonly earlier: Locator;

  constructor(private readonly page: Page) {
    this.mine = page.getByRole('list', { name: 'My calls' });
    this.waiting = page.getByRole('list', { name: 'Waiting callers, longest first' });
    this.ended = this.mine.locator('[data-ended]');
    this.earlier = page.getByRole('dialog', { name: /^Earlier calls of/ });
  }

  /** The card of a call, by the name or number of the other one. */
  card(who: string): Locator {
    return this.mine.getByRole('article').filter({ has: this.page.getByRole('heading', { name: who, exact: true }) });
  }

  /** A button of a card, by the beginning of its name. */
  button(who: string, name: RegExp): Locator {
    return this.card(who).getByRole('button', { name });
  }

  note(who: string): Locator {
    return this.mine.getByRole('textbox', { name: `Note on ${who}` });
  }

  caller(who: string): Locator {
    return this.waiting.getByRole('listitem').filter({ hasText: who });
  }

  /** Names in the order of the list. */
  waitingNames(): Promise<string[]> {
    return this.waiting.locator('li span.font-medium').allTextContents();
  }
}
