import type { Locator, Page } from '@playwright/test';

export class AccountPage {
  readonly newPassword: Locator;
  readonly again: Locator;
  readonly current: Locator;

  constructor(readonly page: Page) {
    this.current = page.getByRole('textbox', { name: 'Current password', exact: true });
    this.newPassword = page.getByRole('textbox', { name: 'New password', exact: true });
    this.again = page.getByRole('textbox', { name: 'New password again', exact: true });
  }

  async open(): Promise<void> {
    await this.page.goto('/account/');
    await this.newPassword.waitFor();
  }

  async setPassword(next: string, current?: string): Promise<void> {
    if (current !== undefined) await this.current.fill(current);
    await this.newPassword.fill(next);
    await this.again.fill(next);
    await this.page.getByRole('button', { name: /^(Set|Change) the password$/ }).click();
    await this.page.getByText('The new password is set.').waitFor();
  }
}
