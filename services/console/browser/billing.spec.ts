import { api, own, send } from './api';
import { choose, expect, isAccessible, test } from './console';

interface Made {
  id: string;
}

test('a customer with subjects that were seen is subscribed, invoiced, canceled and deleted', async ({
  page,
}) => {
  const type = own('run');
  const key = own('acme');
  const meter = await api<Made>('POST', '/meters', {
    name: type,
    key: type,
    event_type: type,
    aggregation: 'count',
  });
  const feature = await api<Made>('POST', '/features', {
    name: `Runs ${type}`,
    key: type,
    meter: { id: meter.id },
  });
  const plan = await api<Made>('POST', '/plans', {
    name: `Plan ${key}`,
    key: type,
    currency: 'USD',
    billing_cadence: 'P1M',
    phases: [
      {
        name: 'Default',
        key: 'default',
        rate_cards: [
          {
            name: 'Runs',
            key: type,
            feature: { id: feature.id },
            billing_cadence: 'P1M',
            price: {
              type: 'graduated',
              tiers: [
                { up_to_amount: '2', unit_price: { type: 'unit', amount: '1' } },
                { unit_price: { type: 'unit', amount: '0.5' } },
              ],
            },
            discounts: { percentage: 10 },
          },
        ],
      },
    ],
  });
  await api('POST', `/plans/${plan.id}/publish`);
  await send({ type, subject: `${key}-eu`, data: {} });

  const button = (label: string) => page.getByRole('button', { name: label, exact: true });
  const field = (label: string) => page.getByRole('textbox', { name: label, exact: true });
  await page.goto('/billing/customers/new');
  await field('Name').fill(`Customer ${key}`);
  await field('Key').fill(key);
  await page.getByLabel('Include usage from').and(page.locator('input')).fill(`${key}-e`);
  await page.getByRole('option', { name: `${key}-eu` }).click();
  await field('Primary e-mail').fill('billing@acme.example');
  await field('Currency').fill('??');
  await isAccessible(page);
  await button('Save').click();
  await expect(field('Currency')).toHaveAttribute('aria-invalid', 'true');
  await field('Currency').fill('USD');
  await button('Save').click();
  await expect(page.getByRole('heading', { name: `Customer ${key}` })).toBeVisible();
  await expect(page.getByText(`${key}-eu`)).toBeVisible();
  await isAccessible(page);

  await page.getByRole('tab', { name: 'Invoicing' }).click();
  await button('Preview Invoice').click();
  await expect(page.getByText('Nothing to invoice')).toBeVisible();
  await page.getByRole('link', { name: 'To the subscription' }).click();
  await button('Create a Subscription').click();
  await choose(page, 'Subscribed Plan', `Plan ${key}`);
  await button('Next Step').click();
  await isAccessible(page);
  await button('Start Subscription').click();
  await expect(page.getByText('active', { exact: true })).toBeVisible();

  const now = new Date().toISOString();
  await send(
    { type, subject: key, time: now, data: {} },
    { type, subject: key, time: now, data: {} },
    { type, subject: `${key}-eu`, time: now, data: {} },
  );
  await page.getByRole('tab', { name: 'Usage' }).click();
  await choose(page, 'Meter', type);
  await expect(
    page.getByRole('table', { name: 'Usage' }).getByRole('cell', { name: '4', exact: true }),
  ).toBeVisible();
  await isAccessible(page);
  await page.getByRole('tab', { name: 'Invoicing' }).click();
  await button('Preview Invoice').click();
  const lines = page.getByRole('table', { name: 'Lines' });
  await expect(lines).toContainText('3 units metered in the period.');
  await expect(lines).toContainText('2 × $1 = $2.00');
  await expect(lines).toContainText('1 × $0.5 = $0.50');
  await expect(lines).toContainText('by the percentage discount');
  await expect(lines).toContainText('Together: $2.25.');
  await isAccessible(page);
  await page.getByRole('link', { name: 'See these events' }).click();
  await expect(page.getByRole('table', { name: 'Events' }).getByRole('row')).toHaveCount(4);
  await page.goBack();

  await page.getByRole('tab', { name: 'Subscription' }).click();
  await button('Cancel Subscription').click();
  await button('Save Changes').click();
  await expect(page.getByText('canceled', { exact: true })).toBeVisible();
  await button('Undo cancellation').click();
  await expect(page.getByText('active', { exact: true })).toBeVisible();
  await button('Delete').click();
  await button('Delete customer').click();
  await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible();
  await button('Not now').click();
  await button('Cancel Subscription').click();
  await page.getByRole('radio', { name: 'Immediately' }).check();
  await button('Save Changes').click();
  await expect(page.getByText('No subscription', { exact: true })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Ended subscriptions' })).toContainText(`Plan ${key}`);

  await page.getByRole('link', { name: 'Edit' }).click();
  await field('Name').fill(`Renamed ${key}`);
  await button('Save').click();
  await expect(page.getByRole('heading', { name: `Renamed ${key}` })).toBeVisible();
  await button('Delete').click();
  await button('Delete customer').click();
  await page.getByLabel('Search customers by name').fill(key);
  await expect(page.getByText('No customer is called')).toBeVisible();
});
