import { describe, expect, it } from 'vitest';
import type { Schemas } from '../api/client';
import { explain } from './explanation';

type Line = Schemas['BillingInvoiceStandardLine'];

const totals = (total: string, amount = total): Schemas['BillingTotals'] => ({
  amount,
  taxes_total: '0.00',
  taxes_inclusive_total: '0.00',
  taxes_exclusive_total: '0.00',
  charges_total: '0.00',
  discounts_total: '0.00',
  credits_total: '0.00',
  total,
});

const detail = (
  name: string,
  quantity: string,
  unit_price: string,
  amount: string,
  more: Partial<Schemas['BillingInvoiceDetailedLine']> = {},
): Schemas['BillingInvoiceDetailedLine'] => ({
  id: '01KJM000000000000000DETA11',
  created_at: '2026-03-01T00:00:00Z',
  updated_at: '2026-03-01T00:00:00Z',
  service_period: { from: '2026-03-01T00:00:00Z', to: '2026-04-01T00:00:00Z' },
  category: 'regular',
  name,
  quantity,
  unit_price,
  totals: totals(amount),
  ...more,
});

const line = (more: Partial<Line>): Line => ({
  name: 'Agent Runs',
  created_at: '2026-03-01T00:00:00Z',
  updated_at: '2026-03-01T00:00:00Z',
  type: 'standard_line',
  lifecycle_controller: 'system',
  service_period: { from: '2026-03-01T00:00:00Z', to: '2026-04-01T00:00:00Z' },
  totals: totals('3.00'),
  rate_card: { price: { type: 'unit', amount: '1' } },
  detailed_lines: [],
  ...more,
});

describe('an invoice line is explained', () => {
  it('by its quantity and its price', () => {
    expect(
      explain(
        line({
          usage_quantity_detail: { raw_quantity: '3', invoiced_quantity: '3' },
          detailed_lines: [detail('Agent Runs: unit price', '3', '1', '3.00')],
        }),
        'USD',
      ),
    ).toEqual(['3 units metered in the period.', 'Unit price: 3 × $1 = $3.00.']);
  });

  it('by what is free, what is converted, and what is off', () => {
    expect(
      explain(
        line({
          totals: totals('9.00', '10.00'),
          usage_quantity_detail: { raw_quantity: '1500', invoiced_quantity: '2', display_unit: 'packages' },
          discounts: { usage: [{ id: '01', reason: 'ratecard_usage', quantity: '500' }] },
          detailed_lines: [
            detail('Agent Runs: unit price', '2', '5', '10.00', {
              discounts: { amount: [{ id: '01', reason: 'ratecard_percentage', amount: '1.00' }] },
            }),
          ],
        }),
        'EUR',
      ),
    ).toEqual([
      '1,500 units metered in the period.',
      '500 of them are free by the usage discount.',
      'Invoiced: 2 packages.',
      'Unit price: 2 × €5 = €10.00.',
      'Less €1.00 by the percentage discount.',
      'Together: €9.00.',
    ]);
  });

  it('also when nothing is charged', () => {
    expect(explain(line({ totals: totals('0.00') }), 'USD')).toEqual(['Nothing is charged.']);
  });
});
