import { expect, type Locator, type Page } from '@playwright/test';

/** Administration → Import from FOP2. */
export class ImportPage {
  readonly looked: Locator;
  readonly history: Locator;
  readonly filter: Locator;
  readonly go: Locator;

  private constructor(readonly page: Page) {
    this.looked = page.getByRole('region', { name: 'What would be imported' });
    this.history = page.getByRole('region', { name: 'Imports so far' });
    this.filter = page.getByRole('textbox', { name: 'Filter' });
    this.go = page.getByRole('button', { name: 'Import', exact: true });
  }

  static async open(page: Page): Promise<ImportPage> {
    const opened = new ImportPage(page);
    await page.goto('/admin/import/');
    await expect(opened.history).toContainText('Nothing was imported yet.');
    return opened;
  }

  /** Paths, or files made for the test. */
  async give(files: Parameters<Locator['setInputFiles']>[0]): Promise<void> {
    await this.page.getByLabel('Files of FOP2').and(this.page.locator('input')).setInputFiles(files);
  }

  /** Opens a tab; answers its panel. */
  async tab(name: RegExp): Promise<Locator> {
    await this.page.getByRole('tab', { name }).click();
    return this.page.getByRole('tabpanel');
  }

  region(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true });
  }
}
