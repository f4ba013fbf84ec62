import { expect, test as base } from '@playwright/test';
import { signIn } from './console';
import { openShop, pagesOf } from './shop';

const FOLDER = 'target/screenshots';

const SIZES = [
  { name: 'wide', width: 1280, height: 900 },
  { name: 'narrow', width: 390, height: 844 },
];

/** Every page, light and dark, wide and narrow: what a person sees, to be looked at by a person. */
base('pictures of every page', async ({ browser }) => {
  const empty = await browser.newPage({ viewport: { width: 1280, height: 860 } });
  await empty.goto('/');
  await expect(empty.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await empty.screenshot({ path: `${FOLDER}/sign-in.wide.light.png` });
  await signIn(empty);
  for (const [name, path] of [
    ['home-empty', '/'],
    ['meters-empty', '/metering'],
    ['events-empty', '/metering/events'],
    ['customers-empty', '/billing'],
    ['quick-start', '/quick-start'],
  ] as const) {
    await empty.goto(path);
    await empty.waitForTimeout(1000);
    await empty.screenshot({ path: `${FOLDER}/${name}.wide.light.png`, fullPage: true });
  }
  await empty.close();

  const shop = await openShop();
  const pages = pagesOf(shop);
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const { name: size, width, height } of SIZES) {
      const page = await browser.newPage({ viewport: { width, height }, colorScheme });
      await signIn(page);
      for (const [name, path] of pages) {
        await page.goto(path);
        await page.waitForTimeout(1500);
        if (name === 'customer-invoicing') {
          await page.getByRole('button', { name: 'Preview Invoice' }).click();
          await expect(page.getByRole('heading', { name: 'Lines' })).toBeVisible();
        }
        await page.screenshot({ path: `${FOLDER}/${name}.${size}.${colorScheme}.png` });
        // Nothing may stick out at the side.
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow, `${name} at ${width}`).toBeLessThanOrEqual(0);
      }
      await page.goto(`/catalog/plans/${shop.draftId}`);
      await page.getByRole('button', { name: 'Edit Agent Runs' }).click();
      await page.getByRole('button', { name: 'Next Step' }).click();
      await page.getByLabel('Pricing model', { exact: true }).and(page.locator('input')).click();
      await page.getByRole('option', { name: 'Tiered' }).click();
      await page.getByLabel('Unit price of tier 1').fill('1');
      await page.getByLabel('Unit price of tier 2').fill('0.8');
      await page.getByLabel('Quantity in the period').fill('2500');
      await page.waitForTimeout(1500);
      await page.screenshot({ path: `${FOLDER}/rate-card.${size}.${colorScheme}.png` });
      await page.close();
    }
  }
});
