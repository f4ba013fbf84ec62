import { test as plain } from '@playwright/test';
import { api, own, send, token } from './api';
import { choose, expect, isAccessible, test } from './console';

test('from a template to something that can be sold, on one page', async ({ page }) => {
  const plan = `Quick ${own('x')}`;
  await page.goto('/quick-start');
  await choose(page, 'What do you count?', 'Count API Requests');
  await page.getByLabel('Plan', { exact: true }).fill(plan);
  await page.getByLabel('Price per unit').fill('0.002');
  await expect(page.getByTestId('example-total')).toHaveText('$0.20');
  await isAccessible(page);
  await page.getByRole('button', { name: 'Create and publish' }).click();
  await expect(page.getByText(`${plan} can be subscribed to`)).toBeVisible();
  await isAccessible(page);
  const plans = await api<{ data: { name: string; status: string }[] }>(
    'GET',
    `/plans?filter%5Bname%5D=${encodeURIComponent(plan)}`,
  );
  expect(plans.data).toMatchObject([{ name: plan, status: 'active' }]);
});

test('home shows what comes in, for whom, and what counts nowhere', async ({ page }) => {
  const key = own('globex');
  await api('POST', '/customers', { name: `Globex ${key}`, key });
  const type = own('unmetered');
  await send(...Array.from({ length: 40 }, () => ({ type, subject: key, data: {} })));
  await page.goto('/');
  const figures = page.getByRole('region', { name: 'What is going on' });
  await expect(figures.getByRole('link', { name: `Globex ${key}` })).toBeVisible();
  await expect(figures.getByText(type)).toBeVisible();
  await expect(figures.getByText('Freshness')).toBeVisible();
  await expect(figures.getByRole('img', { name: 'Events over time' })).toBeVisible();
  await isAccessible(page);
  await figures.getByText('Day', { exact: true }).click();
  await expect(figures.getByText('no meter', { exact: true }).first()).toBeVisible();
});

/** What a person waits for: everything up to a page that can be used. Charts come after it. */
const FIRST_PAGE_BYTES_MAX = 350 * 1024;

plain('the first page is small', async ({ page }) => {
  const sizes: Promise<number>[] = [];
  page.on('requestfinished', (request) => {
    sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  await page.goto('/metering');
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  const millis = await page.evaluate(() => Math.round(performance.now()));
  await page.getByLabel('Access token', { exact: true }).fill(token());
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Metering' })).toBeVisible();
  await page.waitForLoadState('networkidle');
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  console.log(`first page: ${Math.round(bytes / 1024)} KiB, usable after ${millis} ms`);
  expect(bytes).toBeGreaterThan(100 * 1024);
  expect(bytes).toBeLessThan(FIRST_PAGE_BYTES_MAX);
});

test('a narrow screen has all of it', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/metering');
  await page.getByRole('button', { name: 'Open the menu' }).click();
  await page.getByRole('link', { name: 'Billing', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Billing' })).toBeVisible();
  await page.getByRole('button', { name: 'Change to dark colors' }).click();
  await isAccessible(page);
  await page.getByRole('link', { name: 'Usance, home' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/$/);
});

test('what is not there is said', async ({ page }) => {
  await page.goto('/metering/meters/01KJM00000000000000000METR');
  await expect(page.getByText('There is no such meter')).toBeVisible();
  await page.goto('/nowhere/at/all');
  await expect(page.getByText('There is no such page')).toBeVisible();
  await isAccessible(page);
});

test('a failure is said in the words of the API, and can be tried again', async ({ page }) => {
  let isDown = true;
  await page.route('**/v3/openmeter/meters?**', async (route) => {
    if (isDown) {
      await route.fulfill({
        status: 500,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          status: 500,
          title: 'Internal Server Error',
          detail: 'something went wrong here; quote error 4711',
          instance: 'urn:request:01KJM0000000000000000REQ01',
        }),
      });
    } else {
      await route.continue();
    }
  });
  await page.goto('/metering');
  await expect(page.getByRole('alert')).toContainText('Something went wrong here; quote error 4711.');
  await isAccessible(page);
  isDown = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('alert')).toBeHidden();
  await expect(page.getByLabel('Search meters by name')).toBeVisible();
});
