import type { Schemas } from '../api/client';

const SHORT: Record<string, string> = {
  customer_not_found: 'No customer',
  meter_not_found: 'No meter',
  meter_value_missing: 'No value',
  meter_value_invalid: 'Not a number',
};

/** What keeps an event from counting, in a word or two; undefined when nothing does. */
export function shortFault({
  validation_errors: faults = [],
}: Schemas['MeteringIngestedEvent']): string | undefined {
  const [first] = faults;
  return first && (SHORT[first.code] ?? 'Not counted');
}
