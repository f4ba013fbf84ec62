import type { Schemas } from '../api/client';

type UnitCost = Schemas['BillingFeatureUnitCost'];
type LLM = Schemas['BillingFeatureLLMUnitCost'];

export const TOKEN_TYPES: Schemas['BillingFeatureLLMTokenType'][] = [
  'input',
  'output',
  'cache_read',
  'cache_write',
  'reasoning',
  'request',
  'response',
];

/** Where a part of a language model's price comes from: a fixed text, or a label of the meter. */
export interface Part {
  from: 'static' | 'property';
  value: string;
}

export interface UnitCostForm {
  kind: 'none' | 'manual' | 'llm';
  amount: string;
  provider: Part;
  model: Part;
  tokenType: Part;
}

/** What one unit costs us, as the form shows it. The generated type forgets the discriminator, hence `unknown`. */
export function unitCostForm(cost: unknown): UnitCostForm {
  const known = cost as UnitCost | undefined;
  const part = (fixed: string | undefined, property: string | undefined): Part =>
    property !== undefined ? { from: 'property', value: property } : { from: 'static', value: fixed ?? '' };
  const llm = known?.type === 'llm' ? known : undefined;
  return {
    kind: known?.type ?? 'none',
    amount: known?.type === 'manual' ? known.amount : '',
    provider: part(llm?.provider, llm?.provider_property),
    model: part(llm?.model, llm?.model_property),
    tokenType: part(llm?.token_type, llm?.token_type_property),
  };
}

/** The other way round; undefined when there is none. */
export function unitCostOf(form: UnitCostForm): UnitCost | undefined {
  switch (form.kind) {
    case 'none':
      return undefined;
    case 'manual':
      return { type: 'manual', amount: form.amount.trim() };
    case 'llm': {
      const part = (name: 'provider' | 'model' | 'token_type', { from, value }: Part) =>
        value ? { [from === 'property' ? `${name}_property` : name]: value } : {};
      return {
        type: 'llm',
        ...part('provider', form.provider),
        ...part('model', form.model),
        ...part('token_type', form.tokenType),
      } as LLM;
    }
  }
}

export function unitCostText(cost: unknown): string {
  const known = cost as UnitCost | undefined;
  switch (known?.type) {
    case undefined:
      return 'None';
    case 'manual':
      return `$${known.amount} per unit`;
    case 'llm':
      return [
        known.provider ?? `provider from ${known.provider_property}`,
        known.model ?? `model from ${known.model_property}`,
        known.token_type ?? `token type from ${known.token_type_property}`,
      ].join(', ');
  }
}
