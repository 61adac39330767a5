import { expect, type Locator, type Page } from '@playwright/test';
import { boxOf } from './panel-page';

/** Calls that are pulled with the mouse, their menus, and "Move to…". */
export class CallDrag {
  /** What stands at the pointer: who is in hand, and what a drop here does. */
  readonly label: Locator;
  readonly menu: Locator;
  readonly picker: Locator;

  constructor(private readonly page: Page) {
    this.label = page.locator('.call-ghost');
    this.menu = page.getByRole('menu');
    this.picker = page.getByRole('dialog', { name: /^(Move|Add|Invite)/ });
  }

  /** Takes a call up. */
  async lift(call: Locator): Promise<void> {
    await call.scrollIntoViewIfNeeded();
    const { x, y } = await boxOf(call);
    const { mouse } = this.page;
    await mouse.move(x + 24, y + 9);
    await mouse.down();
    await mouse.move(x + 34, y + 22, { steps: 3 });
    await expect(this.label).toBeVisible();
  }

  /** Carries it over something; `right`: to its right end. Says what would happen there. */
  async over(target: Locator, end: 'left' | 'right' = 'left'): Promise<string> {
    await target.scrollIntoViewIfNeeded();
    // Near an edge the column scrolls by itself: until it rests, what was under the pointer moves away.
    await expect(async () => {
      const { x, y, width, height } = await boxOf(target);
      await this.page.mouse.move(end === 'right' ? x + width - 8 : x + 20, y + Math.min(height / 2, 16), { steps: 5 });
      await expect(this.label).not.toHaveAttribute('data-state', 'none', { timeout: 500 });
      await this.page.waitForTimeout(150);
      expect((await boxOf(target)).y).toBe(y);
      await expect(this.label).not.toHaveAttribute('data-state', 'none', { timeout: 100 });
    }).toPass({ timeout: 8_000 });
    return (await this.label.locator('.call-ghost-what').textContent()) ?? '';
  }

  async drop(): Promise<void> {
    await this.page.mouse.up();
    await expect(this.label).toHaveCount(0);
  }
}
