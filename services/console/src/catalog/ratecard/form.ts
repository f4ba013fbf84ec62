import type { Schemas } from '../../api/client';
import { decimal, duration, money } from '../../ui/format';

type RateCard = Schemas['BillingRateCard'];
type Tier = Schemas['BillingPriceTier'];

export type PricingModel = 'free' | 'flat' | 'usage' | 'tiered' | 'package' | 'dynamic';

export const PRICING_MODELS: { value: PricingModel; label: string; example: string }[] = [
  { value: 'free', label: 'Free', example: 'Costs nothing, and says so on the invoice.' },
  { value: 'flat', label: 'Flat fee', example: 'A fixed amount each period or once, such as $49 a month.' },
  { value: 'usage', label: 'Usage based', example: 'A price for each unit: 3 runs at $1 are $3.' },
  { value: 'tiered', label: 'Tiered', example: 'The price of a unit depends on how many there are.' },
  {
    value: 'package',
    label: 'Package',
    example: 'Sold in packages: 21 units at $10 per 20 are two packages, $20.',
  },
  { value: 'dynamic', label: 'Dynamic', example: 'The meter counts money already: $100 times 1.2 are $120.' },
];

export type EntitlementKind = 'none' | 'boolean' | 'static' | 'metered';

export interface TierRow {
  id: string;
  /** Last unit of the tier; '' in the last tier. */
  upTo: string;
  unitPrice: string;
  flatPrice: string;
}

export function tierRow(upTo = '', unitPrice = '', flatPrice = ''): TierRow {
  return { id: crypto.randomUUID(), upTo, unitPrice, flatPrice };
}

/** What the wizard asks for. Decimals stay the text that was typed. */
export interface RateCardForm {
  /** '' when it is a flat fee without a feature. */
  featureId: string;
  name: string;
  key: string;
  model: PricingModel | '';
  /** '' is once. */
  cadence: string;
  paymentTerm: Schemas['BillingPricePaymentTerm'];
  amount: string;
  mode: 'graduated' | 'volume';
  tiers: TierRow[];
  packageSize: string;
  multiplier: string;
  freeUnits: string;
  percentage: string;
  minimum: string;
  maximum: string;
  taxBehavior: Schemas['BillingTaxBehavior'] | '';
  taxCodeId: string;
  entitlement: EntitlementKind;
  config: string;
  limit: string;
  softLimit: boolean;
  usagePeriod: string;
  /** A conversion of units that none of the models made; it is kept as it is. */
  unitConfig?: Schemas['BillingUnitConfig'];
}

export function emptyForm(cadence: string): RateCardForm {
  return {
    featureId: '',
    name: '',
    key: '',
    model: '',
    cadence,
    paymentTerm: 'in_arrears',
    amount: '',
    mode: 'graduated',
    tiers: [tierRow('1000'), tierRow()],
    packageSize: '',
    multiplier: '1',
    freeUnits: '',
    percentage: '',
    minimum: '',
    maximum: '',
    taxBehavior: '',
    taxCodeId: '',
    entitlement: 'none',
    config: '{}',
    limit: '',
    softLimit: false,
    usagePeriod: '',
  };
}

function isPackage(config: Schemas['BillingUnitConfig'] | undefined): boolean {
  return config?.operation === 'divide' && config.rounding === 'ceiling' && !config.precision;
}

/** A rate card as the wizard shows it. */
export function formOf(card: RateCard): RateCardForm {
  const { price, unit_config: unitConfig, entitlement } = card;
  const form: RateCardForm = {
    ...emptyForm(card.billing_cadence ?? ''),
    featureId: card.feature?.id ?? '',
    name: card.name,
    key: card.key,
    paymentTerm: card.payment_term ?? 'in_arrears',
    freeUnits: card.discounts?.usage ?? '',
    percentage: card.discounts?.percentage?.toString() ?? '',
    minimum: card.commitments?.minimum_amount ?? '',
    maximum: card.commitments?.maximum_amount ?? '',
    taxBehavior: card.tax_config?.behavior ?? '',
    taxCodeId: card.tax_config?.code.id ?? '',
    entitlement: entitlement?.type ?? 'none',
  };
  switch (price.type) {
    case 'free':
      form.model = 'free';
      break;
    case 'flat':
      form.model = 'flat';
      form.amount = price.amount;
      break;
    case 'unit':
      if (isPackage(unitConfig)) {
        form.model = 'package';
        form.amount = price.amount;
        form.packageSize = unitConfig?.conversion_factor ?? '';
      } else if (unitConfig?.operation === 'multiply' && price.amount === '1') {
        form.model = 'dynamic';
        form.multiplier = unitConfig.conversion_factor;
      } else {
        form.model = 'usage';
        form.amount = price.amount;
      }
      break;
    case 'graduated':
    case 'volume':
      form.model = 'tiered';
      form.mode = price.type;
      form.tiers = price.tiers.map(({ up_to_amount, unit_price, flat_price }) =>
        tierRow(up_to_amount ?? '', unit_price?.amount ?? '', flat_price?.amount ?? ''),
      );
      break;
  }
  if (unitConfig && form.model !== 'package' && form.model !== 'dynamic') {
    form.unitConfig = unitConfig;
  }
  if (entitlement?.type === 'static') {
    form.config = JSON.stringify(entitlement.config, null, 2);
  } else if (entitlement?.type === 'metered') {
    form.limit = entitlement.limit?.toString() ?? '';
    form.softLimit = entitlement.is_soft_limit ?? false;
    form.usagePeriod = entitlement.usage_period ?? '';
  }
  return form;
}

const DECIMAL = /^\d+(\.\d+)?$/;

export function isDecimal(text: string): boolean {
  return DECIMAL.test(text.trim());
}

/** What is wrong with the price so far, by field of the form. The API checks more, and has the last word. */
export function priceFaults(form: RateCardForm): Record<string, string> {
  const faults: Record<string, string> = {};
  const need = (field: keyof RateCardForm, what: string) => {
    if (!isDecimal(String(form[field]))) {
      faults[field] = `Say ${what}, such as 1 or 0.25.`;
    }
  };
  const may = (field: keyof RateCardForm) => {
    if (String(form[field]).trim() && !isDecimal(String(form[field]))) {
      faults[field] = 'A decimal, such as 100 or 0.25.';
    }
  };
  switch (form.model) {
    case '':
      faults.model = 'Choose how it is priced.';
      break;
    case 'flat':
      need('amount', 'the price');
      break;
    case 'usage':
      need('amount', 'the price per unit');
      break;
    case 'package':
      need('amount', 'the price per package');
      need('packageSize', 'how many units are in a package');
      break;
    case 'dynamic':
      need('multiplier', 'by what the metered amount is multiplied');
      break;
    case 'tiered':
      form.tiers.forEach(({ upTo, unitPrice, flatPrice }, i) => {
        const last = i === form.tiers.length - 1;
        if (!last && !isDecimal(upTo)) {
          faults[`tiers.${i}`] = 'Say the last unit of this tier.';
        } else if (![unitPrice, flatPrice].some((price) => price.trim())) {
          faults[`tiers.${i}`] = 'Give it a unit price, a flat price, or both.';
        } else if ([unitPrice, flatPrice].some((price) => price.trim() && !isDecimal(price))) {
          faults[`tiers.${i}`] = 'Prices are decimals, such as 1 or 0.25.';
        } else if (i > 0 && !last && Number(upTo) <= Number(form.tiers[i - 1]?.upTo)) {
          faults[`tiers.${i}`] = 'Tiers must grow.';
        }
      });
      break;
    case 'free':
      break;
  }
  (['freeUnits', 'percentage', 'minimum', 'maximum'] as const).forEach(may);
  if (form.percentage.trim() && Number(form.percentage) > 100) {
    faults.percentage = 'At most 100.';
  }
  if (form.minimum.trim() && form.maximum.trim() && Number(form.minimum) > Number(form.maximum)) {
    faults.maximum = 'At least the minimum.';
  }
  return faults;
}

export function entitlementFaults(form: RateCardForm): Record<string, string> {
  if (form.entitlement === 'static') {
    try {
      const config: unknown = JSON.parse(form.config);
      if (typeof config === 'object' && config !== null && !Array.isArray(config)) {
        return {};
      }
    } catch {
      // Falls through to the same answer.
    }
    return { config: 'A JSON object, such as {"seats": 5}.' };
  }
  return form.entitlement === 'metered' && form.limit.trim() && !isDecimal(form.limit)
    ? { limit: 'A number of units, such as 1000.' }
    : {};
}

function tiersOf(rows: TierRow[]): Tier[] {
  return rows.map(({ upTo, unitPrice, flatPrice }, i) => ({
    ...(i < rows.length - 1 ? { up_to_amount: upTo.trim() } : {}),
    ...(unitPrice.trim() ? { unit_price: { type: 'unit' as const, amount: unitPrice.trim() } } : {}),
    ...(flatPrice.trim() ? { flat_price: { type: 'flat' as const, amount: flatPrice.trim() } } : {}),
  }));
}

function priceOf(form: RateCardForm): Pick<RateCard, 'price' | 'unit_config'> {
  const kept = form.unitConfig ? { unit_config: form.unitConfig } : {};
  switch (form.model) {
    case '':
    case 'free':
      return { price: { type: 'free' } };
    case 'flat':
      return { price: { type: 'flat', amount: form.amount.trim() } };
    case 'usage':
      return { price: { type: 'unit', amount: form.amount.trim() }, ...kept };
    case 'tiered':
      return { price: { type: form.mode, tiers: tiersOf(form.tiers) }, ...kept };
    case 'package':
      return {
        price: { type: 'unit', amount: form.amount.trim() },
        unit_config: {
          operation: 'divide',
          conversion_factor: form.packageSize.trim(),
          rounding: 'ceiling',
          display_unit: 'packages',
        },
      };
    case 'dynamic':
      return {
        price: { type: 'unit', amount: '1' },
        unit_config: { operation: 'multiply', conversion_factor: form.multiplier.trim() },
      };
  }
}

function entitlementOf(form: RateCardForm): RateCard['entitlement'] {
  switch (form.entitlement) {
    case 'none':
      return undefined;
    case 'boolean':
      return { type: 'boolean' };
    case 'static':
      return { type: 'static', config: JSON.parse(form.config) as unknown };
    case 'metered':
      return {
        type: 'metered',
        is_soft_limit: form.softLimit,
        ...(form.limit.trim() ? { limit: Number(form.limit) } : {}),
        ...(form.usagePeriod ? { usage_period: form.usagePeriod } : {}),
      };
  }
}

/** Whether usage has a say in the price. */
export function isUsagePriced(model: PricingModel | ''): boolean {
  return model === 'usage' || model === 'tiered' || model === 'package' || model === 'dynamic';
}

/** The rate card that the form describes. */
export function rateCardOf(form: RateCardForm): RateCard {
  const usage = isUsagePriced(form.model);
  const discounts = {
    ...(form.percentage.trim() && form.model !== 'free' ? { percentage: Number(form.percentage) } : {}),
    ...(form.freeUnits.trim() && usage ? { usage: form.freeUnits.trim() } : {}),
  };
  const commitments = usage
    ? {
        ...(form.minimum.trim() ? { minimum_amount: form.minimum.trim() } : {}),
        ...(form.maximum.trim() ? { maximum_amount: form.maximum.trim() } : {}),
      }
    : {};
  const entitlement = entitlementOf(form);
  return {
    name: form.name.trim(),
    key: form.key.trim(),
    ...(form.featureId ? { feature: { id: form.featureId } } : {}),
    ...(form.cadence ? { billing_cadence: form.cadence } : {}),
    ...priceOf(form),
    payment_term: form.model === 'flat' ? form.paymentTerm : 'in_arrears',
    ...(Object.keys(discounts).length > 0 ? { discounts } : {}),
    ...(Object.keys(commitments).length > 0 ? { commitments } : {}),
    ...(form.taxCodeId
      ? {
          tax_config: {
            code: { id: form.taxCodeId },
            ...(form.taxBehavior ? { behavior: form.taxBehavior } : {}),
          },
        }
      : {}),
    ...(entitlement ? { entitlement } : {}),
  };
}

/** A price in a few words: `$1 per unit`, `graduated, 3 tiers`. */
export function priceText(card: Pick<RateCard, 'price' | 'unit_config'>, currency: string): string {
  const { price, unit_config: config } = card;
  switch (price.type) {
    case 'free':
      return 'Free';
    case 'flat':
      return money(price.amount, currency);
    case 'unit':
      if (isPackage(config)) {
        return `${money(price.amount, currency)} per ${decimal(config?.conversion_factor ?? '')} units`;
      }
      if (config?.operation === 'multiply') {
        return `${decimal(config.conversion_factor)} × metered amount${price.amount === '1' ? '' : ` × ${price.amount}`}`;
      }
      return `${money(price.amount, currency)} per ${config?.display_unit ?? 'unit'}`;
    case 'graduated':
    case 'volume':
      return `${price.type === 'graduated' ? 'Graduated' : 'Volume'}, ${price.tiers.length} tiers`;
  }
}

export function entitlementText({ entitlement }: RateCard): string {
  switch (entitlement?.type) {
    case undefined:
      return 'None';
    case 'boolean':
      return 'Boolean';
    case 'static':
      return 'Static';
    case 'metered':
      return entitlement.limit === undefined
        ? 'Metered, no limit'
        : `Metered, ${decimal(String(entitlement.limit))}${entitlement.usage_period ? ` per ${duration(entitlement.usage_period)}` : ''}`;
  }
}

/** Where a fault of the API is in the form: `price.tiers[1].unit_price` is `tiers.1`. */
export const FAULT_FIELDS: [RegExp, (match: RegExpMatchArray) => string][] = [
  [/^price\.tiers\.(\d+)/, ([, i]) => `tiers.${i}`],
  [/^price\.tiers/, () => 'tiers'],
  [/^price\.amount/, () => 'amount'],
  [/^price/, () => 'model'],
  [/^unit_config\.conversion_factor/, () => 'packageSize'],
  [/^unit_config/, () => 'model'],
  [/^discounts\.usage/, () => 'freeUnits'],
  [/^discounts\.percentage/, () => 'percentage'],
  [/^commitments\.minimum/, () => 'minimum'],
  [/^commitments\.maximum/, () => 'maximum'],
  [/^commitments/, () => 'minimum'],
  [/^tax_config\.behavior/, () => 'taxBehavior'],
  [/^tax_config/, () => 'taxCodeId'],
  [/^billing_cadence/, () => 'cadence'],
  [/^payment_term/, () => 'paymentTerm'],
  [/^entitlement\.limit/, () => 'limit'],
  [/^entitlement\.config/, () => 'config'],
  [/^entitlement\.usage_period/, () => 'usagePeriod'],
  [/^entitlement/, () => 'entitlement'],
  [/^feature/, () => 'featureId'],
  [/^name/, () => 'name'],
  [/^key/, () => 'key'],
];
