import type { Schemas } from '../api/client';

type Condition = Schemas['QueryFilterStringMapItem'];

export type Operator = 'eq' | 'neq' | 'in' | 'nin' | 'contains' | 'ncontains' | 'exists' | 'missing';

export const OPERATORS: { value: Operator; label: string }[] = [
  { value: 'eq', label: 'Equals' },
  { value: 'neq', label: 'Does not equal' },
  { value: 'in', label: 'Is one of' },
  { value: 'nin', label: 'Is none of' },
  { value: 'contains', label: 'Contains' },
  { value: 'ncontains', label: 'Does not contain' },
  { value: 'exists', label: 'Is there' },
  { value: 'missing', label: 'Is not there' },
];

/** One line of a feature's slice: a dimension, and what must hold for it. */
export interface ConditionRow {
  id: string;
  dimension: string;
  operator: Operator;
  /** Several are separated by commas. */
  value: string;
}

export function conditionRow(): ConditionRow {
  return { id: crypto.randomUUID(), dimension: '', operator: 'eq', value: '' };
}

export function conditionsOf(rows: ConditionRow[]): Record<string, Condition> {
  return Object.fromEntries(
    rows.filter(({ dimension }) => dimension).map((row) => [row.dimension, conditionOf(row)]),
  );
}

function conditionOf({ operator, value }: ConditionRow): Condition {
  switch (operator) {
    case 'exists':
      return { exists: true };
    case 'missing':
      return { exists: false };
    case 'in':
    case 'nin':
      return {
        [operator]: value
          .split(',')
          .map((one) => one.trim())
          .filter(Boolean),
      };
    default:
      return { [operator]: value };
  }
}

/** The slice in words: `model equals gpt-5, region is one of eu, us`. */
export function conditionsText(filters: Record<string, Condition> | undefined): string {
  const words = Object.entries(filters ?? {}).map(([dimension, condition]) => {
    const parts = Object.entries(condition).map(([operator, value]) => {
      if (operator === 'exists') {
        return value ? 'is there' : 'is not there';
      }
      const label = OPERATORS.find((one) => one.value === operator)?.label.toLowerCase() ?? operator;
      return `${label} ${Array.isArray(value) ? value.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join(', ') : String(value)}`;
    });
    return `${dimension} ${parts.join(' and ')}`;
  });
  return words.join('; ') || '—';
}
