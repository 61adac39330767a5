import type { Locator, Page } from '@playwright/test';

/** Administration > Sign-in. */
export class SignInSettingsPage {
  readonly sso: Locator;
  readonly directory: Locator;
  readonly only: Locator;

  constructor(readonly page: Page) {
    this.sso = page.getByRole('region', { name: 'Single sign-on', exact: true });
    this.directory = page.getByRole('region', { name: 'Directory', exact: true });
    this.only = page.getByRole('region', { name: 'Single sign-on only' });
  }

  async open(): Promise<void> {
    await this.page.goto('/admin/sign-in/');
    await this.sso.waitFor();
  }

  async fill(card: Locator, values: Readonly<Record<string, string>>): Promise<void> {
    for (const [label, value] of Object.entries(values)) await card.getByLabel(label, { exact: true }).fill(value);
  }

  async addGroup(card: Locator, group: string, role: string): Promise<void> {
    await card.getByRole('button', { name: 'Add a group' }).click();
    await card.getByRole('textbox', { name: 'Group', exact: true }).last().fill(group);
    await card.getByRole('combobox', { name: 'Role', exact: true }).last().selectOption(role);
  }

  async save(): Promise<void> {
    await this.page.getByRole('button', { name: 'Save', exact: true }).last().click();
    await this.page.getByText('Saved. The next sign-in goes by it.').waitFor();
  }
}
