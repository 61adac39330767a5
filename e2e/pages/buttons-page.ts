import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test';

/** Administration > Buttons: the table of everything on the panel. */
export class ButtonsPage {
  readonly grid: Locator;
  readonly dialog: Locator;

  private constructor(readonly page: Page) {
    this.grid = page.getByRole('grid', { name: 'Everything on the panel' });
    this.dialog = page.getByRole('dialog');
  }

  static async open(context: BrowserContext): Promise<ButtonsPage> {
    const table = new ButtonsPage(await context.newPage());
    await table.page.goto('/admin/buttons/');
    await expect(table.grid).toBeVisible();
    await expect(table.row('101')).toBeVisible();
    return table;
  }

  /** The row of a number or name. */
  row(key: string): Locator {
    return this.grid.getByRole('row').filter({ has: this.page.getByRole('gridcell', { name: key, exact: true }) });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  filter(text: string): Promise<void> {
    return this.page.getByRole('textbox', { name: 'Filter rows' }).fill(text);
  }

  /** Types over a label: by the keys alone, from the first row down to the one meant. */
  async rename(key: string, label: string): Promise<void> {
    const cell = this.row(key).getByRole('gridcell').nth(2);
    await cell.dblclick();
    await this.page.keyboard.press('Control+a');
    await this.page.keyboard.type(label);
    await this.page.keyboard.press('Enter');
    await expect(cell).toHaveText(label || /.*/);
  }

  async choose(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.row(key).getByRole('gridcell').first().click();
  }
}
