import { own } from './api';
import { expect, isAccessible, test } from './console';
import { openShop, pagesOf, type Shop } from './shop';

let shop: Shop;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  shop = await openShop(own(''));
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, viewport: { width: 390, height: 844 } });

    test(`every page fits a telephone and can be read, ${colorScheme}`, async ({ page }) => {
      test.setTimeout(300_000);
      for (const [name, path] of pagesOf(shop)) {
        await test.step(name, async () => {
          await page.goto(path);
          await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
          await expect(page.locator('.mantine-Skeleton-root')).toHaveCount(0);
          await isAccessible(page);
          const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          expect(overflow, 'pixels that stick out at the side').toBeLessThanOrEqual(0);
        });
      }
    });
  });
}
