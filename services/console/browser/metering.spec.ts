import { api, own, send } from './api';
import { choose, expect, isAccessible, test } from './console';

test('a meter is tried before it is saved, shows its usage, is edited and deleted', async ({ page }) => {
  const type = own('prompt');
  await send(
    { type, subject: own('s'), data: { tokens: 120, model: 'small' } },
    { type, subject: own('s'), data: { tokens: 'many', model: 'large' } },
  );
  await page.goto('/metering/new');
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  await field('Name').fill(`Tokens ${type}`);
  await expect(field('Key')).toHaveValue(`tokens_${type}`);
  await field('Event Type Filter').fill(type);
  await choose(page, 'Aggregation', 'SUM');
  await field('Value property').fill('$.[');
  await expect(page.getByText('is not a JSONPath')).toBeVisible();
  await field('Value property').fill('$.tokens');
  await page.getByRole('button', { name: 'Add label' }).click();
  await field('Name of label 1').fill('model');
  await expect(field('JSONPath of label 1')).toHaveValue('$.model');
  await expect(page.getByText('+120')).toBeVisible();
  await expect(page.getByText('Not counted')).toBeVisible();
  await page.getByText('Pasted event').click();
  await page.getByLabel('An event, or its data').fill('{"specversion": "1.0", "data": {"tokens": 1500}}');
  await expect(page.getByText('+1,500')).toBeVisible();
  await isAccessible(page);
  await page.getByRole('button', { name: 'Save' }).click();

  await expect(page.getByRole('heading', { name: `Tokens ${type}` })).toBeVisible();
  const usage = page.getByRole('table', { name: 'Usage' });
  await expect(usage.getByRole('row')).toHaveCount(2);
  await expect(usage.getByRole('cell', { name: '120', exact: true })).toBeVisible();
  await expect(page.getByRole('img', { name: /Usage of/ })).toBeVisible();
  await page.getByLabel('Group by', { exact: true }).and(page.locator('input')).click();
  await page.getByRole('option', { name: 'model' }).click();
  await page.keyboard.press('Escape');
  await expect(usage.getByRole('cell', { name: 'small' })).toBeVisible();
  await page.reload();
  await expect(usage.getByRole('cell', { name: 'small' })).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV' }).click();
  expect((await download).suggestedFilename()).toBe(`tokens_${type}.csv`);
  await page.getByRole('tab', { name: 'API call' }).click();
  await expect(page.getByText('"group_by_dimensions"')).toBeVisible();
  await isAccessible(page);

  await send({ type, subject: own('s'), data: { tokens: 30, model: 'small' } });
  await page.getByRole('tab', { name: 'Table' }).click();
  await expect(usage.getByRole('cell', { name: '150', exact: true })).toBeVisible();

  await page.getByRole('link', { name: 'Edit' }).click();
  await field('Name').fill(`All tokens ${type}`);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: `All tokens ${type}` })).toBeVisible();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete meter' }).click();
  await expect(page.getByRole('heading', { name: 'Metering' })).toBeVisible();
  await page.getByLabel('Search meters by name').fill(type);
  await expect(page.getByText('No meter is called')).toBeVisible();
});

test('what the API refuses is said at its field', async ({ page }) => {
  await page.goto('/metering/new');
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Give the meter a name.')).toBeVisible();
  await field('Name').fill('Wrong');
  await field('Key').fill('Not A Key');
  await field('Event Type Filter').fill('x');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert')).toContainText('Correct the fields that are marked');
  await expect(field('Key')).toHaveAttribute('aria-invalid', 'true');
});

test('events come in live, each with why it counts or not', async ({ page }) => {
  const type = own('job');
  const key = own('customer');
  await api('POST', '/meters', {
    name: `Seconds ${type}`,
    key: type,
    event_type: type,
    aggregation: 'sum',
    value_property: '$.seconds',
  });
  const customer = await api<{ id: string }>('POST', '/customers', { name: `Customer ${key}`, key });
  await page.goto('/metering/events');
  await page.getByLabel('Type', { exact: true }).fill(type);
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  const rows = page.getByRole('table', { name: 'Events' }).getByRole('row');

  await send({ type, subject: key, data: { seconds: 12.5 } });
  await expect(rows).toHaveCount(2);
  await isAccessible(page);
  await rows.nth(1).getByRole('button').click();
  const drawer = page.getByRole('dialog');
  await expect(drawer).toContainText(`Seconds ${type} counts it as 12.5`);
  await expect(drawer).toContainText(`It is the usage of Customer ${key}`);
  await expect(drawer).toContainText('has no subscription, so it is on no invoice');
  await expect(drawer).toContainText('It counts once');
  await expect(drawer).toContainText('"seconds": 12.5');
  await isAccessible(page);
  await page.keyboard.press('Escape');

  await send({ type, subject: own('nobody'), data: { seconds: 'long' } });
  await expect(rows).toHaveCount(3);
  await rows.nth(1).getByRole('button').click();
  await expect(drawer).toContainText('does not count it: $.seconds is not a decimal number');
  await expect(drawer).toContainText('No customer has the subject');
  await page.keyboard.press('Escape');

  const unknown = own('unmetered');
  await page.getByLabel('Type', { exact: true }).fill(unknown);
  await expect(page.getByText('No event is like this')).toBeVisible();
  await send({ type: unknown, subject: key, data: {} });
  await expect(rows).toHaveCount(2);
  await rows.nth(1).getByRole('button').click();
  await expect(drawer).toContainText(`No meter counts events of type ${unknown}`);
  await page.keyboard.press('Escape');

  await page.goto(`/metering/events?customer=${customer.id}`);
  await expect(rows).toHaveCount(3);
});
