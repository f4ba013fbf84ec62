import { api, send } from './api';

/** The ids of what a shop has that sells an AI product, for pages that need something to show. */
export interface Shop {
  meterId: string;
  featureId: string;
  planId: string;
  draftId: string;
  addonId: string;
  customerId: string;
}

interface Made {
  id: string;
}

/** Every page, with something on it. */
export function pagesOf(shop: Shop): [name: string, path: string][] {
  const customer = `/billing/customers/${shop.customerId}`;
  return [
    ['home', '/'],
    ['meters', '/metering'],
    ['meter-new', '/metering/new'],
    ['meter', `/metering/meters/${shop.meterId}?by=agent_name`],
    ['events', '/metering/events'],
    ['features', '/catalog'],
    ['feature-new', '/catalog/features/new'],
    ['feature', `/catalog/features/${shop.featureId}`],
    ['plans', '/catalog/plans'],
    ['plan', `/catalog/plans/${shop.planId}`],
    ['plan-draft', `/catalog/plans/${shop.draftId}`],
    ['add-ons', '/catalog/add-ons'],
    ['add-on', `/catalog/add-ons/${shop.addonId}`],
    ['customers', '/billing'],
    ['customer-new', '/billing/customers/new'],
    ['customer', customer],
    ['customer-usage', `${customer}/usage`],
    ['customer-subscription', `${customer}/subscription`],
    ['customer-invoicing', `${customer}/invoicing`],
    ['tax-codes', '/settings/tax-codes'],
    ['currencies', '/settings/currencies'],
    ['access-tokens', '/settings/access-tokens'],
    ['not-found', '/metering/meters/01KJM00000000000000000METR'],
  ];
}

/**
 * Gives a system what a shop has: meters, features, plans, add-ons, customers, and a day of events.
 * The mark is put behind every key, for a system in which there is a shop already.
 */
export async function openShop(mark = ''): Promise<Shop> {
  const runs = await api<Made>('POST', '/meters', {
    name: 'Count Agent Runs',
    key: `agent_runs_total${mark}`,
    event_type: 'agent_run',
    aggregation: 'count',
    dimensions: { agent_name: '$.agent_name' },
  });
  const tokens = await api<Made>('POST', '/meters', {
    name: 'LLM Tokens',
    key: `llm_tokens_total${mark}`,
    event_type: 'prompt',
    aggregation: 'sum',
    value_property: '$.tokens',
    dimensions: { model: '$.model', type: '$.type' },
  });
  await api('POST', '/meters', {
    name: 'GPU Seconds',
    key: `gpu_seconds_total${mark}`,
    event_type: 'gpu.job',
    aggregation: 'sum',
    value_property: '$.seconds',
    dimensions: { gpu: '$.gpu' },
  });
  const feature = await api<Made>('POST', '/features', {
    name: 'Agent Runs',
    key: `agent_runs${mark}`,
    meter: { id: runs.id },
    unit_cost: { type: 'manual', amount: '0.31' },
  });
  const input = await api<Made>('POST', '/features', {
    name: 'Input Tokens',
    key: `input_tokens${mark}`,
    meter: { id: tokens.id, filters: { type: { eq: 'input' } } },
  });
  await api('POST', '/features', { name: 'Priority Support', key: `priority_support${mark}` });
  const cards = [
    {
      name: 'Platform fee',
      key: 'platform_fee',
      billing_cadence: 'P1M',
      price: { type: 'flat', amount: '49' },
      payment_term: 'in_advance',
    },
    {
      name: 'Agent Runs',
      key: `agent_runs${mark}`,
      feature: { id: feature.id },
      billing_cadence: 'P1M',
      price: {
        type: 'graduated',
        tiers: [
          { up_to_amount: '100', unit_price: { type: 'unit', amount: '1' } },
          { up_to_amount: '1000', unit_price: { type: 'unit', amount: '0.8' } },
          { unit_price: { type: 'unit', amount: '0.5' } },
        ],
      },
      entitlement: { type: 'boolean' },
    },
    {
      name: 'Input Tokens',
      key: `input_tokens${mark}`,
      feature: { id: input.id },
      billing_cadence: 'P1M',
      price: { type: 'unit', amount: '2.5' },
      unit_config: {
        operation: 'divide',
        conversion_factor: '1000000',
        rounding: 'ceiling',
        display_unit: 'million tokens',
      },
      discounts: { percentage: 10 },
    },
  ];
  const addon = await api<Made>('POST', '/addons', {
    name: 'Priority Support',
    key: `priority_support${mark}`,
    instance_type: 'single',
    currency: 'USD',
    rate_cards: [
      {
        name: 'Priority Support',
        key: `priority_support_fee${mark}`,
        billing_cadence: 'P1M',
        price: { type: 'flat', amount: '200' },
      },
    ],
  });
  await api('POST', `/addons/${addon.id}/publish`);
  const plan = await api<Made>('POST', '/plans', {
    name: 'Premium Plan',
    key: `premium_plan${mark}`,
    currency: 'USD',
    billing_cadence: 'P1M',
    phases: [{ name: 'Default', key: 'default', rate_cards: cards }],
  });
  await api('POST', `/plans/${plan.id}/addons`, {
    name: 'Priority Support',
    addon: { id: addon.id },
    from_plan_phase: 'default',
  });
  await api('POST', `/plans/${plan.id}/publish`);
  const draft = await api<Made>('POST', '/plans', {
    name: 'Enterprise Plan',
    key: `enterprise_plan${mark}`,
    currency: 'USD',
    billing_cadence: 'P1M',
    phases: [
      {
        name: 'Trial',
        key: 'trial',
        duration: 'P1M',
        rate_cards: [{ ...cards[1], price: { type: 'free' } }],
      },
      { name: 'Default', key: 'default', rate_cards: [] },
    ],
  });
  const names = ['Acme Inc', 'Globex', 'Initech', 'Umbrella', 'Hooli'];
  const customers = [];
  for (const name of names) {
    const key = name.toLowerCase().replace(' ', '-') + mark;
    const customer = await api<Made>('POST', '/customers', {
      name,
      key,
      primary_email: `billing@${key}.example`,
      ...(name === 'Acme Inc'
        ? { usage_attribution: { subject_keys: [`acme-eu${mark}`, `acme-us${mark}`] } }
        : {}),
    });
    await api('POST', '/subscriptions', { customer: { id: customer.id }, plan: { id: plan.id } });
    customers.push({ id: customer.id, key });
  }
  await aDayOfEvents(customers.map(({ key }) => key));
  return {
    meterId: runs.id,
    featureId: feature.id,
    planId: plan.id,
    draftId: draft.id,
    addonId: addon.id,
    customerId: customers[0]?.id ?? '',
  };
}

/** Events of the last day, and some of this moment; the same each time but for their ids. */
async function aDayOfEvents(subjects: string[]): Promise<void> {
  const agents = ['summarizer', 'translator', 'researcher', 'coder'];
  const models = ['gpt-5', 'claude-sonnet-4', 'gemini-3'];
  const now = Date.now();
  const events = [];
  for (let i = 0; i < 1200; i++) {
    // More at the end of the day than at its beginning, and most of the first customer.
    const age = Math.floor((1 - Math.sqrt(i / 1200)) * 24 * 3600);
    const ago = i % 9 === 0 ? 0 : i % 3 === 0 ? (i * 13) % 3500 : age;
    const time = new Date(now - ago * 1000).toISOString();
    const subject = subjects[Math.floor(((i * 7) % 25) ** 0.5) % subjects.length];
    events.push(
      i % 3 === 1
        ? {
            type: 'prompt',
            time,
            subject,
            data: {
              tokens: 900 + ((i * 37) % 4000),
              model: models[i % models.length],
              type: i % 2 === 0 ? 'input' : 'output',
            },
          }
        : { type: 'agent_run', time, subject, data: { agent_name: agents[(i * 5) % agents.length] } },
    );
  }
  events.push(
    { type: 'agent_runs', subject: 'acme-inc', data: { agent_name: 'summarizer' } },
    { type: 'agent_run', subject: 'acme-inc-typo', data: { agent_name: 'summarizer' } },
    { type: 'prompt', subject: 'globex', data: { tokens: 'many', model: 'gpt-5', type: 'input' } },
  );
  await send(...events);
}
