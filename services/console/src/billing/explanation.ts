import type { Schemas } from '../api/client';
import { decimal, money } from '../ui/format';

type Line = Schemas['BillingInvoiceStandardLine'];

const REASONS: Record<Schemas['BillingInvoiceDiscountReason'], string> = {
  maximum_spend: 'the maximum commitment',
  ratecard_percentage: 'the percentage discount',
  ratecard_usage: 'the usage discount',
};

/** The arithmetic of an invoice line, a sentence for each step. The figures are the invoice's own. */
export function explain(line: Line, currency: string): string[] {
  const sentences: string[] = [];
  const usage = line.usage_quantity_detail;
  if (usage) {
    sentences.push(`${count(usage.raw_quantity, 'unit')} metered in the period.`);
    for (const { quantity } of line.discounts?.usage ?? []) {
      sentences.push(`${decimal(quantity)} of them are free by ${REASONS.ratecard_usage}.`);
    }
    if (usage.invoiced_quantity !== usage.raw_quantity) {
      const unit = usage.display_unit ?? (usage.invoiced_quantity === '1' ? 'unit' : 'units');
      sentences.push(`Invoiced: ${decimal(usage.invoiced_quantity)} ${unit}.`);
    }
  }
  for (const detail of line.detailed_lines) {
    const name = detail.name.replace(`${line.name}: `, '');
    sentences.push(
      detail.category === 'commitment'
        ? `${capital(name)}: ${money(detail.totals.amount === '0.00' ? detail.totals.total : detail.totals.amount, currency)} on top.`
        : `${capital(name)}: ${decimal(detail.quantity)} × ${money(detail.unit_price, currency)} = ${money(detail.totals.amount, currency)}.`,
    );
    for (const { reason, amount } of detail.discounts?.amount ?? []) {
      sentences.push(`Less ${money(amount, currency)} by ${REASONS[reason]}.`);
    }
  }
  if (line.detailed_lines.length === 0) {
    sentences.push('Nothing is charged.');
  } else if (
    line.detailed_lines.length !== 1 ||
    line.detailed_lines[0]?.totals.amount !== line.totals.total
  ) {
    sentences.push(`Together: ${money(line.totals.total, currency)}.`);
  }
  return sentences;
}

function count(value: string, unit: string): string {
  return `${decimal(value)} ${value === '1' ? unit : `${unit}s`}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
