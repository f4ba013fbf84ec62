import { test as plain } from '@playwright/test';
import { api, own, token } from './api';
import { expect, isAccessible, signIn, test } from './console';

plain(
  'signing in takes a token that is known, and keeps it where no script can read it',
  async ({ page, context }) => {
    await page.goto('/metering?search=a');
    await expect(page.getByRole('heading', { name: 'Sign in to Usance' })).toBeVisible();
    await isAccessible(page);
    await page.getByLabel('Access token', { exact: true }).fill('kpat_unknown');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('alert')).toContainText('unknown, revoked or expired');
    await page.getByLabel('Access token', { exact: true }).fill(token());
    await page.getByRole('button', { name: 'Sign in' }).click();
    // Where one wanted to go.
    await expect(page.getByRole('heading', { name: 'Metering' })).toBeVisible();
    await expect(page.getByLabel('Search meters by name')).toHaveValue('a');

    const [cookie] = await context.cookies();
    expect(cookie).toMatchObject({ name: 'usance_session', httpOnly: true, sameSite: 'Strict' });
    expect(cookie?.value).not.toContain(token().slice(5));
    expect(
      await page.evaluate(() => document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage })),
    ).not.toContain(token().slice(5));

    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page.getByRole('heading', { name: 'Sign in to Usance' })).toBeVisible();
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Sign in to Usance' })).toBeVisible();
  },
);

test('a token is generated, shown once, signs in with what it may do, and is revoked', async ({
  page,
  browser,
}) => {
  const name = own('viewer');
  await page.goto('/settings/access-tokens');
  await page.getByRole('button', { name: 'Generate Token' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await page.getByRole('button', { name: 'Generate', exact: true }).click();
  await expect(page.getByText('Choose at least one role.')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Metering viewer' }).check();
  await isAccessible(page);
  await page.getByRole('button', { name: 'Generate', exact: true }).click();
  const secret = (await page.getByTestId('secret').textContent()) ?? '';
  expect(secret).toMatch(/^kpat_/);
  await isAccessible(page);
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText(secret)).toBeHidden();
  await expect(page.getByRole('row', { name: new RegExp(name) })).toContainText('metering_viewer');

  const other = await (await browser.newContext()).newPage();
  await signIn(other, secret);
  await expect(other.getByRole('link', { name: 'Metering', exact: true })).toBeVisible();
  await expect(other.getByRole('link', { name: 'Billing', exact: true })).toBeHidden();
  await other.getByRole('link', { name: 'Metering', exact: true }).click();
  await expect(other.getByRole('heading', { name: 'Metering' })).toBeVisible();
  await expect(other.getByRole('link', { name: 'New meter' })).toBeHidden();
  await other.goto('/billing');
  await expect(other.getByText('Not open to your access token')).toBeVisible();
  await isAccessible(other);

  await page.getByRole('button', { name: `Revoke ${name}` }).click();
  await page.getByRole('button', { name: 'Revoke token' }).click();
  await expect(page.getByRole('row', { name: new RegExp(name) })).toContainText('revoked');
  await expect(async () => {
    await other.goto('/metering');
    await expect(other.getByRole('heading', { name: 'Sign in to Usance' })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await other.close();
});

test('tax codes and currencies are made and chosen', async ({ page }) => {
  const name = `Software ${own('x')}`;
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Create tax code' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await page.getByLabel('Code for Stripe').fill('wrong');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByLabel('Code for Stripe').fill('txcd_10103001');
  await isAccessible(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  const codes = await api<{ data: { id: string; name: string }[] }>('GET', '/tax-codes?page%5Bsize%5D=1000');
  expect(codes.data.map((code) => code.name)).toContain(name);
  await page
    .getByRole('button', { name: /^Actions for/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name: 'Make it the default for invoices' }).click();
  await expect(page.getByText('Default for invoices', { exact: true })).toBeVisible();
  await isAccessible(page);

  await page.getByRole('tab', { name: 'Currencies' }).click();
  await page.getByRole('button', { name: 'Create Custom Currency' }).click();
  const code = own('C').toUpperCase();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(`Credits ${code}`);
  await page.getByRole('textbox', { name: 'Code', exact: true }).fill(code);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.goto('/settings/currencies?type=custom');
  const row = page.getByRole('row', { name: new RegExp(code) });
  await expect(row).toBeVisible();
  await row.getByRole('button', { name: 'Cost basis' }).click();
  await page.getByLabel('Rate').fill('0.01');
  await page.getByRole('button', { name: 'Add Cost Basis' }).click();
  await expect(page.getByRole('cell', { name: '0.01 USD' })).toBeVisible();
  await isAccessible(page);
});
