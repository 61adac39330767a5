import { expect, type Locator, type Page } from '@playwright/test';

type Kind = 'Always' | 'When busy' | 'No answer';

/** The dialog in which one sets do-not-disturb, presence and forwarding, of one person or several. */
export class AvailabilitySheet {
  readonly dialog: Locator;
  readonly note: Locator;
  readonly message: Locator;
  readonly recent: Locator;

  constructor(page: Page) {
    this.dialog = page.getByRole('dialog', { name: /availability/i });
    this.note = this.dialog.getByRole('textbox', { name: 'Note' });
    this.message = this.dialog.getByRole('textbox', { name: 'Message' });
    this.recent = this.dialog.getByRole('list', { name: 'Recent messages' });
  }

  tab(name: 'Do not disturb' | 'Presence' | 'Forwarding'): Locator {
    return this.dialog.getByRole('tab', { name });
  }

  state(name: string): Locator {
    return this.dialog.getByRole('radio', { name, exact: true });
  }

  end(name: string | RegExp): Locator {
    return this.dialog.getByRole('group', { name: 'Ends' }).getByRole('radio', { name });
  }

  button(name: string | RegExp): Locator {
    return this.dialog.getByRole('button', { name });
  }

  forward(kind: Kind): Locator {
    return this.dialog.getByRole('form', { name: `Forward: ${kind}` });
  }

  target(kind: Kind): Locator {
    return this.forward(kind).getByRole('combobox');
  }

  async setForward(kind: Kind, target: string): Promise<void> {
    await this.target(kind).fill(target);
    await this.forward(kind)
      .getByRole('button', { name: /^(Forward|Change)$/ })
      .click();
  }

  async closed(): Promise<void> {
    await expect(this.dialog).toHaveCount(0);
  }
}
