import { api, own } from './api';
import { choose, expect, isAccessible, test } from './console';

interface Made {
  id: string;
}

async function aFeature(): Promise<{ name: string; key: string; meterName: string; id: string }> {
  const key = own('runs');
  const meterName = `Meter ${key}`;
  const meter = await api<Made>('POST', '/meters', {
    name: meterName,
    key,
    event_type: key,
    aggregation: 'count',
    dimensions: { model: '$.model' },
  });
  const name = `Feature ${key}`;
  const { id } = await api<Made>('POST', '/features', { name, key, meter: { id: meter.id } });
  return { name, key, meterName, id };
}

test('a feature is a slice of a meter, with a cost, and is archived', async ({ page }) => {
  const { meterName } = await aFeature();
  const name = `Slice ${own('x')}`;
  await page.goto('/catalog/features/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await choose(page, 'Meter', meterName);
  await page.getByRole('button', { name: 'Add group by filter' }).click();
  await choose(page, 'Group by, condition 1', 'model');
  await page.getByRole('textbox', { name: 'Value, condition 1' }).fill('gpt-5');
  await page.getByRole('radio', { name: 'Manual' }).check();
  await page.getByLabel('Amount in USD').fill('0.02');
  await isAccessible(page);
  await page.getByRole('button', { name: 'Save', exact: true }).click();

  await page.getByLabel('Search features by name').fill(name);
  await page.getByRole('link', { name }).click();
  await expect(page.getByText('model equals gpt-5')).toBeVisible();
  await expect(page.getByText('$0.02 per unit')).toBeVisible();
  await page.getByLabel('Amount in USD').fill('0.03');
  await page.getByRole('button', { name: 'Save unit cost' }).click();
  await expect(page.getByText('$0.03 per unit')).toBeVisible();
  await isAccessible(page);
  await page.getByRole('button', { name: 'Archive' }).click();
  await page.getByRole('button', { name: 'Archive feature' }).click();
  await page.getByLabel('Search features by name').fill(name);
  await expect(page.getByText('No feature is called')).toBeVisible();
});

test('the wizard makes a rate card of every pricing model, with its curve and an example bill', async ({
  page,
}) => {
  const { name } = await aFeature();
  const key = own('plan');
  const plan = await api<Made>('POST', '/plans', {
    name: `Plan ${key}`,
    key,
    currency: 'USD',
    billing_cadence: 'P1M',
    phases: [{ name: 'Default', key: 'default', rate_cards: [] }],
  });
  await page.goto(`/catalog/plans/${plan.id}`);
  await expect(page.getByText('Default: a phase needs a rate card')).toBeVisible();
  const button = (label: string) => page.getByRole('button', { name: label, exact: true });
  const field = (label: string) => page.getByRole('textbox', { name: label, exact: true });
  const bill = page.getByTestId('example-total');

  // One rate card goes through every model; the last is saved.
  await button('Add Rate Card').click();
  await choose(page, 'Feature', name);
  await button('Next Step').click();
  await button('Next Step').click();
  await expect(page.getByText('Choose how it is priced.')).toBeVisible();

  await choose(page, 'Pricing model', 'Free');
  await expect(bill).toHaveText('$0.00');
  await choose(page, 'Pricing model', 'Flat fee');
  await field('Price').fill('49');
  await expect(bill).toHaveText('$49.00');
  await choose(page, 'Pricing model', 'Usage based');
  await field('Price per unit').fill('0.25');
  await expect(bill).toHaveText('$25.00');
  await choose(page, 'Pricing model', 'Package');
  await field('Price per package').fill('10');
  await field('Quantity per package').fill('30');
  await expect(bill).toHaveText('$40.00');
  await choose(page, 'Pricing model', 'Dynamic');
  await field('Multiplier').fill('1.2');
  await expect(bill).toHaveText('$120.00');
  await choose(page, 'Pricing model', 'Tiered');
  await field('Last unit of tier 1').fill('10');
  await button('Next Step').click();
  await expect(page.getByText('Tier 1: Give it a unit price')).toBeVisible();
  await field('Unit price of tier 1').fill('1');
  await field('Unit price of tier 2').fill('0.5');
  await expect(bill).toHaveText('$55.00');
  await page.getByText('Volume', { exact: true }).click();
  await expect(bill).toHaveText('$50.00');
  await button('Advanced Settings').click();
  await field('Usage discount').fill('20');
  await field('Percentage discount').fill('10');
  await expect(bill).toHaveText('$36.00');
  await expect(page.getByRole('img', { name: 'Total over quantity' })).toBeVisible();
  await isAccessible(page);
  await button('Next Step').click();
  await page.getByRole('radio', { name: 'Metered' }).check();
  await page.getByLabel('Allowance for period').fill('1000');
  await isAccessible(page);
  await button('Save Rate Card').click();
  await expect(page.getByText('Volume, 2 tiers')).toBeVisible();
  await expect(page.getByText('Metered, 1,000')).toBeVisible();

  await page.getByRole('button', { name: `Edit ${name}` }).click();
  await button('Next Step').click();
  await expect(field('Unit price of tier 2')).toHaveValue('0.5');
  await expect(field('Usage discount')).toHaveValue('20');
  await field('Percentage discount').fill('101');
  await button('Next Step').click();
  await expect(page.getByText('At most 100.')).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();

  await button('Add Rate Card').click();
  await field('Name').fill('Platform fee');
  await button('Next Step').click();
  await choose(page, 'Pricing model', 'Flat fee');
  await field('Price').fill('49');
  await page.getByRole('radio', { name: 'In advance' }).check();
  await button('Next Step').click();
  await expect(page.getByRole('radio', { name: 'Boolean' })).toBeDisabled();
  await button('Save Rate Card').click();
  await expect(page.getByRole('cell', { name: 'Platform fee', exact: true })).toBeVisible();
});

test('a plan has phases, is published, gets a new version, and is archived', async ({ page }) => {
  const { key: featureKey, id } = await aFeature();
  const key = own('plan');
  const card = {
    name: 'Runs',
    key: featureKey,
    feature: { id },
    billing_cadence: 'P1M',
    price: { type: 'unit', amount: '1' },
  };
  const { id: planId } = await api<Made>('POST', '/plans', {
    name: `Plan ${key}`,
    key,
    currency: 'USD',
    billing_cadence: 'P1M',
    phases: [{ name: 'Default', key: 'default', rate_cards: [card] }],
  });
  const button = (label: string) => page.getByRole('button', { name: label, exact: true });
  await page.goto(`/catalog/plans/${planId}`);
  await button('Add phase').click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('After the trial');
  await button('Save').click();
  await expect(page.getByRole('region', { name: 'Phase After the trial' })).toBeVisible();
  await expect(page.getByText('1 month', { exact: true })).toBeVisible();
  await expect(button('Publish Plan')).toBeDisabled();
  await page.getByRole('button', { name: 'Edit phase After the trial' }).click();
  await button('Remove phase').click();
  await expect(page.getByRole('region', { name: 'Phase After the trial' })).toBeHidden();
  await page.getByRole('button', { name: 'Edit name and description' }).click();
  await page.getByRole('textbox', { name: 'Description' }).fill('For teams');
  await button('Save').click();
  await expect(page.getByText('For teams')).toBeVisible();

  const addonKey = own('support');
  const addon = await api<Made>('POST', '/addons', {
    name: `Support ${addonKey}`,
    key: addonKey,
    instance_type: 'multiple',
    currency: 'USD',
    rate_cards: [
      { name: 'Support', key: addonKey, billing_cadence: 'P1M', price: { type: 'flat', amount: '200' } },
    ],
  });
  await api('POST', `/addons/${addon.id}/publish`);
  await button('Attach add-on').click();
  await choose(page, 'Add-on', `Support ${addonKey}`);
  await page.getByLabel('At most').fill('3');
  await button('Attach').click();
  await expect(page.getByRole('table', { name: 'Add-ons of the plan' })).toContainText('3');
  await isAccessible(page);

  await button('Publish Plan').click();
  await button('Publish').click();
  await expect(page.getByText('active', { exact: true })).toBeVisible();
  await button('New version').click();
  await expect(page.getByText('Version 2', { exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Version 1' })).toBeVisible();
  await button('Delete').click();
  await button('Delete version').click();
  await expect(page.getByRole('tab', { name: 'Plans' })).toBeVisible();

  await page.goto(`/catalog/plans/${planId}`);
  await button('Archive').click();
  await button('Archive plan').click();
  await expect(page.getByText('archived', { exact: true })).toBeVisible();
});

test('an add-on is made, published and archived', async ({ page }) => {
  const name = `Extra ${own('x')}`;
  const button = (label: string) => page.getByRole('button', { name: label, exact: true });
  await page.goto('/catalog/add-ons/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await isAccessible(page);
  await button('Save').click();
  await button('Add Rate Card').click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Priority support');
  await button('Next Step').click();
  await choose(page, 'Pricing model', 'Flat fee');
  await page.getByRole('textbox', { name: 'Price', exact: true }).fill('200');
  await button('Next Step').click();
  await button('Save Rate Card').click();
  await button('Publish Add-on').click();
  await button('Publish').click();
  await expect(page.getByText('active', { exact: true })).toBeVisible();
  await isAccessible(page);
  await button('Archive').click();
  await button('Archive add-on').click();
  await expect(page.getByText('archived', { exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Add-ons' }).click();
  await page.getByLabel('Search add-ons by name').fill(name);
  await expect(page.getByRole('link', { name })).toBeVisible();
});
