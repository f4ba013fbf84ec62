import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { token } from './api';

/** Signs in the way a person does. */
export async function signIn(page: Page, secret = token()): Promise<void> {
  await page.goto('/');
  await page.getByLabel('Access token', { exact: true }).fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('link', { name: 'Home', exact: true }).first()).toBeAttached();
}

/** Fails on anything that would keep somebody from using the page. */
export async function isAccessible(page: Page): Promise<void> {
  // What slides or fades in has no color to judge yet.
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        ({ playState, effect }) =>
          playState !== 'running' || effect?.getComputedTiming().iterations === Infinity,
      ),
  );
  const { violations } = await new AxeBuilder({ page })
    // They fade in and out while it looks; half faded they have no contrast to judge.
    .exclude('.mantine-Notifications-root')
    .analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(
    serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`),
  ).toEqual([]);
}

/** A page that is signed in, and fails when it asks another origin, breaks the policy, or reports an error. */
export const test = base.extend<{ page: Page }>({
  page: async ({ page, baseURL }, use) => {
    const faults: string[] = [];
    const origin = new URL(baseURL ?? '').origin;
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(origin) && !url.startsWith('data:') && !url.startsWith('blob:')) {
        faults.push(`asked another origin: ${url}`);
      }
    });
    page.on('console', (message) => {
      // A refusal is shown to the person; that the browser logs it, too, is its way.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
        faults.push(`error in the console: ${message.text()}`);
      }
    });
    page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`));
    await signIn(page);
    await use(page);
    expect(faults).toEqual([]);
  },
});

/** Opens a select by its label and takes one of its options. */
export async function choose(page: Page, label: string, option: string | RegExp): Promise<void> {
  await page.getByLabel(label, { exact: true }).and(page.locator('input')).click();
  await page
    .getByRole('option', { name: option, ...(typeof option === 'string' ? { exact: true } : {}) })
    .click();
}

export { expect };
