import { execFileSync } from 'node:child_process';
import { URL_BASE, token } from './api';
import { choose, expect, isAccessible, test } from './console';

/** The first user's guide, click by click, on a system that nobody has used before. */
test('the guide leads from a template to an invoice with three agent runs', async ({ page }) => {
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const link = (name: string) => page.getByRole('link', { name, exact: true });
  const section = (name: string) =>
    page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name, exact: true });
  const field = (label: string) => page.getByRole('textbox', { name: label, exact: true });

  await test.step('Create a meter', async () => {
    await section('Metering & Billing').click();
    await expect(page).toHaveURL(/\/metering$/);
    await link('New meter').click();
    await button('Templates').click();
    await page.getByRole('menuitem', { name: 'Count agent runs' }).click();
    await expect(field('Key')).toHaveValue('agent_runs_total');
    await expect(field('Event Type Filter')).toHaveValue('agent_run');
    await button('Save').click();
    await expect(page.getByRole('heading', { name: 'Count Agent Runs' })).toBeVisible();
    await isAccessible(page);
  });

  await test.step('Create a feature', async () => {
    await section('Metering & Billing').click();
    await section('Product Catalog').click();
    await link('Create Feature').click();
    await field('Name').fill('Agent Runs');
    await choose(page, 'Meter', 'Count Agent Runs');
    await button('Save').click();
    await expect(link('Agent Runs')).toBeVisible();
    await isAccessible(page);
  });

  await test.step('Create a plan and rate card', async () => {
    await section('Metering & Billing').click();
    await section('Product Catalog').click();
    await page.getByRole('tab', { name: 'Plans' }).click();
    await link('Create Plan').click();
    await field('Name').fill('Premium Plan');
    await choose(page, 'Billing cadence', '1 month');
    await button('Save').click();
    await button('Add Rate Card').click();
    await choose(page, 'Feature', 'Agent Runs');
    await button('Next Step').click();
    await choose(page, 'Pricing model', 'Usage based');
    await field('Price per unit').fill('1');
    await expect(page.getByTestId('example-total')).toHaveText('$100.00');
    await isAccessible(page);
    await button('Next Step').click();
    await page.getByRole('radio', { name: 'Boolean' }).check();
    await button('Save Rate Card').click();
    await expect(page.getByText('$1 per unit')).toBeVisible();
    await button('Publish Plan').click();
    await button('Publish').click();
    await expect(page.getByText('active', { exact: true })).toBeVisible();
    await isAccessible(page);
  });

  await test.step('Start a subscription', async () => {
    await section('Metering & Billing').click();
    await section('Billing').click();
    await link('Create Customer').click();
    await field('Name').fill('Acme Inc');
    await field('Key').fill('acme-inc');
    await button('Save').click();
    await page.getByRole('tab', { name: 'Subscription' }).click();
    await button('Create a Subscription').click();
    await choose(page, 'Subscribed Plan', 'Premium Plan');
    await button('Next Step').click();
    await button('Start Subscription').click();
    await expect(page.getByRole('heading', { name: 'Premium Plan' })).toBeVisible();
    await isAccessible(page);
  });

  await test.step('Send three events', () => {
    const now = new Date().toISOString().replace(/\.\d+Z/, 'Z');
    run('8655CDD7-0775-4AEA-AF8C-89C47EBC8828', 'summarizer', now);
    run('3EC7EFD0-5B78-47A4-AE9E-15965675CF95', 'summarizer', now);
    run('48FC220C-C124-4B73-B378-7DC5CF88DD1A', 'translator', now);
  });

  await test.step('Check the invoice', async () => {
    await section('Metering & Billing').click();
    await section('Billing').click();
    await link('Acme Inc').click();
    await page.getByRole('tab', { name: 'Invoicing' }).click();
    await button('Preview Invoice').click();
    await expect(page.getByRole('heading', { name: 'Lines' })).toBeVisible();
    const line = page.getByRole('table', { name: 'Lines' }).getByRole('row', { name: /Agent Runs/ });
    await expect(line.getByRole('cell').nth(1)).toHaveText('3');
    await expect(line.getByRole('cell').nth(3)).toHaveText('$3.00');
    await expect(page.getByText('× $1 = $3.00')).toBeVisible();
    await isAccessible(page);
  });

  await test.step('See new usage without a reload', async () => {
    run('4D3A2F6C-0000-4000-8000-000000000004', 'translator', new Date().toISOString());
    const line = page.getByRole('table', { name: 'Lines' }).getByRole('row', { name: /Agent Runs/ });
    await expect(line.getByRole('cell').nth(1)).toHaveText('4');
    await page.getByRole('link', { name: 'See these events' }).click();
    await expect(page.getByRole('table', { name: 'Events' }).getByRole('row')).toHaveCount(5);
  });
});

/** The curl of the guide, with our address. */
function run(id: string, agent: string, time: string) {
  execFileSync('curl', [
    ...['-X', 'POST', `${URL_BASE}/v3/openmeter/events`],
    ...['--no-progress-meter', '--fail-with-body'],
    ...['-H', `Authorization: Bearer ${token()}`],
    ...['-H', 'Content-Type: application/cloudevents+json'],
    '--json',
    JSON.stringify({
      specversion: '1.0',
      type: 'agent_run',
      id,
      source: 'acme-platform',
      time,
      datacontenttype: 'application/json',
      subject: 'acme-inc',
      data: { agent_name: agent },
    }),
  ]);
}
