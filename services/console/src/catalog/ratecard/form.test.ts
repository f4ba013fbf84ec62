import { describe, expect, it } from 'vitest';
import type { Schemas } from '../../api/client';
import { ProblemError } from '../../api/problem';
import { rateCardFaults } from './faults';
import { emptyForm, formOf, priceFaults, priceText, rateCardOf, tierRow, type RateCardForm } from './form';

type RateCard = Schemas['BillingRateCard'];

const BASE = {
  name: 'Runs',
  key: 'runs',
  feature: { id: '01KJM00000000000000000FEAT' },
  billing_cadence: 'P1M',
  payment_term: 'in_arrears',
} as const;

const CARDS: [string, RateCard][] = [
  ['free', { ...BASE, price: { type: 'free' } }],
  ['flat in advance', { ...BASE, price: { type: 'flat', amount: '49.00' }, payment_term: 'in_advance' }],
  [
    'flat, once',
    { name: 'Setup', key: 'setup', price: { type: 'flat', amount: '100' }, payment_term: 'in_arrears' },
  ],
  [
    'per unit with everything',
    {
      ...BASE,
      price: { type: 'unit', amount: '0.000001234567890123' },
      discounts: { percentage: 12.5, usage: '100' },
      commitments: { minimum_amount: '5', maximum_amount: '500' },
      tax_config: { code: { id: '01KJM000000000000000000TAX' }, behavior: 'inclusive' },
      entitlement: { type: 'metered', is_soft_limit: true, limit: 1000, usage_period: 'P1W' },
    },
  ],
  [
    'per unit with a conversion of its own',
    {
      ...BASE,
      price: { type: 'unit', amount: '2.5' },
      unit_config: { operation: 'divide', conversion_factor: '1000000', rounding: 'half_up', precision: 2 },
    },
  ],
  [
    'graduated',
    {
      ...BASE,
      price: {
        type: 'graduated',
        tiers: [
          { up_to_amount: '10', flat_price: { type: 'flat', amount: '5' } },
          {
            up_to_amount: '100',
            unit_price: { type: 'unit', amount: '0.5' },
            flat_price: { type: 'flat', amount: '1' },
          },
          { unit_price: { type: 'unit', amount: '0.1' } },
        ],
      },
      entitlement: { type: 'static', config: { seats: 5 } },
    },
  ],
  [
    'volume',
    {
      ...BASE,
      price: { type: 'volume', tiers: [{ unit_price: { type: 'unit', amount: '1' } }] },
      entitlement: { type: 'boolean' },
    },
  ],
  [
    'package',
    {
      ...BASE,
      price: { type: 'unit', amount: '10' },
      unit_config: {
        operation: 'divide',
        conversion_factor: '20',
        rounding: 'ceiling',
        display_unit: 'packages',
      },
    },
  ],
  [
    'dynamic',
    {
      ...BASE,
      price: { type: 'unit', amount: '1' },
      unit_config: { operation: 'multiply', conversion_factor: '1.2' },
    },
  ],
];

describe('the form of a rate card', () => {
  it.each(CARDS)('keeps a rate card that is %s as it is', (_, card) => {
    expect(rateCardOf(formOf(card))).toEqual(card);
  });

  it.each(CARDS)('finds nothing wrong with a rate card that is %s', (_, card) => {
    expect(priceFaults(formOf(card))).toEqual({});
  });

  it('leaves out what a model does not have', () => {
    const form: RateCardForm = { ...formOf(CARDS[3]?.[1] as RateCard), model: 'flat', amount: '1' };
    const card = rateCardOf(form);
    expect(card.discounts).toEqual({ percentage: 12.5 });
    expect(card.commitments).toBeUndefined();
  });

  it.each<[string, Partial<RateCardForm>, string[]]>([
    ['no model', {}, ['model']],
    ['no price', { model: 'usage' }, ['amount']],
    ['a price with a comma', { model: 'usage', amount: '1,5' }, ['amount']],
    ['a negative price', { model: 'flat', amount: '-1' }, ['amount']],
    ['half a package', { model: 'package', amount: '1' }, ['packageSize']],
    [
      'tiers that shrink',
      { model: 'tiered', tiers: [tierRow('10', '1'), tierRow('5', '1'), tierRow('', '1')] },
      ['tiers.1'],
    ],
    ['a tier without a price', { model: 'tiered', tiers: [tierRow('10', '1'), tierRow()] }, ['tiers.1']],
    ['a maximum below the minimum', { model: 'usage', amount: '1', minimum: '5', maximum: '4' }, ['maximum']],
    ['more than all off', { model: 'flat', amount: '1', percentage: '101' }, ['percentage']],
  ])('says what is wrong with %s', (_, changed, fields) => {
    expect(Object.keys(priceFaults({ ...emptyForm('P1M'), ...changed }))).toEqual(fields);
  });
});

describe('a price in a few words', () => {
  it.each([
    [0, 'Free'],
    [1, '$49.00'],
    [3, '$0.000001234567890123 per unit'],
    [5, 'Graduated, 3 tiers'],
    [7, '$10 per 20 units'],
    [8, '1.2 × metered amount'],
  ])('%#: %s', (index, text) => {
    expect(priceText(CARDS[index]?.[1] as RateCard, 'USD')).toBe(text);
  });
});

describe('faults of the API', () => {
  it('are told at the fields of the rate card that they are about', () => {
    const failure = new ProblemError(400, 'Bad Request', 'two are wrong', undefined, [
      { field: 'phases[0].rate_cards[2].price.tiers[1].unit_price.amount', reason: 'must be a decimal' },
      { field: '$.phases[0].rate_cards[2].commitments.minimum_amount', reason: 'is too much' },
      { field: 'phases[0].rate_cards[1].name', reason: 'is another one' },
    ]);
    expect(rateCardFaults(failure, 'phases.0.rate_cards.2')).toEqual({
      fields: { 'tiers.1': 'must be a decimal', minimum: 'is too much' },
      others: [{ field: 'phases[0].rate_cards[1].name', reason: 'is another one' }],
    });
  });
});
