import { expect, type Locator, type Page } from '@playwright/test';

/** One's own calls, the search with what Enter will do, and the palette: used with keys alone. */
export class ConsolePage {
  readonly cards: Locator;
  readonly search: Locator;
  readonly hint: Locator;
  readonly palette: Locator;

  constructor(readonly page: Page) {
    this.cards = page.locator('[data-call]');
    this.search = page.getByRole('textbox', { name: /^Search people/ });
    this.hint = page.locator('#transfer-targets-hint');
    this.palette = page.getByRole('dialog', { name: 'All commands' });
  }

  /** The card of the call with this party; the newer one while the phone still hears where it was parked. */
  card(who: string): Locator {
    return this.cards.filter({ hasText: who }).last();
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** The call rings here and has taken the focus. */
  async rings(who: string): Promise<void> {
    await expect(this.card(who)).toBeFocused();
  }

  /** The call was answered, and the search waits for a name. */
  async talks(who: string): Promise<void> {
    await expect(this.card(who)).toContainText('Talking');
    await expect(this.search).toBeFocused();
    await expect(this.hint).toContainText(who);
  }

  /** Types into the search until it says what Enter does. */
  async find(text: string, deed: string): Promise<void> {
    await this.page.keyboard.type(text);
    await expect(this.hint).toContainText(deed);
  }

  /** Runs the command of the palette that these words find first. */
  async command(words: string, label: RegExp): Promise<void> {
    await this.press('ControlOrMeta+k');
    await expect(this.page.getByRole('combobox')).toBeFocused();
    await this.page.keyboard.type(words);
    await expect(this.palette.getByRole('option', { selected: true })).toHaveText(label);
    await this.press('Enter');
    await expect(this.palette).toHaveCount(0);
  }

  /** Tab until this has the focus. */
  async tabTo(target: Locator, most = 60): Promise<void> {
    for (let i = 0; i < most; i += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.press('Tab');
    }
    throw new Error(`Tab does not lead there in ${most} steps`);
  }
}
