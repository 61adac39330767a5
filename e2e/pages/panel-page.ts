import { expect, type Locator, type Page } from '@playwright/test';
import { AvailabilitySheet } from './availability-sheet';

/** The screen everybody works on. */
export class PanelPage {
  readonly grid: Locator;
  readonly people: Locator;
  readonly search: Locator;
  readonly calls: Locator;
  readonly side: Locator;
  readonly notices: Locator;
  readonly linkWord: Locator;
  readonly ownDnd: Locator;
  readonly urgent: Locator;
  readonly sheet: AvailabilitySheet;
  readonly selection: Locator;

  constructor(readonly page: Page) {
    this.grid = page.getByRole('grid', { name: 'Extensions' });
    this.people = page.getByRole('region', { name: 'People', exact: true });
    this.search = page.getByRole('textbox', { name: /^Search people/ });
    this.calls = page.getByRole('region', { name: 'Calls', exact: true });
    this.side = page.getByRole('region', { name: /^Queues, parking/ });
    this.notices = page.getByRole('region', { name: 'Notices', exact: true });
    this.linkWord = page.getByRole('banner').getByText(/^(Live|Lost .* ago|Reading…|Connecting…)$/);
    this.ownDnd = page.getByRole('button', { name: 'My do not disturb' });
    this.sheet = new AvailabilitySheet(page);
    this.selection = page.getByRole('toolbar', { name: 'Selection' });
    this.urgent = page.locator('[aria-live=assertive]:not([id])');
  }

  async open(): Promise<void> {
    await this.page.goto('/');
    await this.live();
    await expect(this.grid).toBeVisible();
  }

  async live(): Promise<void> {
    await expect(this.linkWord).toHaveText('Live', { timeout: 30_000 });
  }

  /** The tile of an extension; its accessible name is one sentence with the state. */
  tile(number: string): Locator {
    return this.grid.getByRole('gridcell', { name: new RegExp(`, ${number}(,|$)`) });
  }

  dnd(number: string): Locator {
    return this.tile(number).getByRole('button', { name: /^Do not disturb/ });
  }

  /** The clock on a tile, a row, a card: it is hidden from the accessibility tree, so it is found by its form. */
  timer(within: Locator): Locator {
    return within.getByText(/^\d+:\d\d$/).first();
  }

  async toggleDnd(number: string): Promise<void> {
    await this.tile(number).hover();
    await this.dnd(number).click();
  }

  async says(number: string, words: RegExp | string): Promise<void> {
    const name = typeof words === 'string' ? new RegExp(`, ${number}, ${words}`) : words;
    await expect(this.tile(number)).toHaveAccessibleName(name);
  }

  /** Numbers of the tiles in reading order. */
  order(): Promise<string[]> {
    return this.grid.locator('[data-tile]').evaluateAll((tiles) =>
      tiles
        .map((tile) => ({ number: (tile as HTMLElement).dataset.tile ?? '', box: tile.getBoundingClientRect() }))
        .sort((a, b) => a.box.top - b.box.top || a.box.left - b.box.left)
        .map(({ number }) => number),
    );
  }

  /** Pulls a tile with the mouse to the left or right half of another one. */
  async drag(number: string, target: string, side: 'before' | 'after'): Promise<void> {
    const from = await boxOf(this.tile(number));
    const to = await boxOf(this.tile(target));
    const { mouse } = this.page;
    // By its name: the lines below may be a call, which is pulled by itself.
    await mouse.move(from.x + 24, from.y + 9);
    await mouse.down();
    await mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 8 });
    await mouse.move(to.x + (side === 'before' ? 6 : to.width - 6), to.y + to.height / 2, { steps: 4 });
    await mouse.up();
  }

  /** The details popover of a tile. */
  async details(number: string): Promise<Locator> {
    const tile = this.tile(number);
    await tile.click({ position: { x: 12, y: 8 } });
    const dialog = this.page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    return dialog;
  }

  /** The availability of a person, by the tile's own key. */
  async availability(number: string): Promise<AvailabilitySheet> {
    await this.tile(number).focus();
    await this.page.keyboard.press('a');
    await expect(this.sheet.dialog).toBeVisible();
    return this.sheet;
  }

  /** Chooses tiles for a change of several. */
  async select(numbers: readonly string[]): Promise<void> {
    for (const number of numbers) {
      await this.tile(number).click({ modifiers: ['ControlOrMeta'], position: { x: 20, y: 8 } });
    }
    await expect(this.selection).toContainText(`${numbers.length} selected`);
  }

  density(size: 'Compact' | 'Comfortable' | 'Large'): Locator {
    return this.page.getByRole('button', { name: `${size} tiles`, exact: true });
  }

  async userMenu(item: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Menu of/ }).click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }
}

export async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('it is not on the screen');
  return box;
}
