import type { Schemas } from '../api/client';

type Aggregation = Schemas['MeterAggregation'];

/** What a meter makes of its events, in the words of the list and of the forms. */
export const AGGREGATIONS: { value: Aggregation; label: string; description: string }[] = [
  { value: 'count', label: 'COUNT', description: 'How many events there were.' },
  { value: 'sum', label: 'SUM', description: 'The values of all events added up.' },
  { value: 'unique_count', label: 'UNIQUE COUNT', description: 'How many different values there were.' },
  { value: 'avg', label: 'AVG', description: 'The mean of the values.' },
  { value: 'min', label: 'MIN', description: 'The smallest value.' },
  { value: 'max', label: 'MAX', description: 'The largest value.' },
  { value: 'latest', label: 'LATEST', description: 'The value of the last event.' },
];

export function aggregationLabel(aggregation: Aggregation): string {
  return AGGREGATIONS.find(({ value }) => value === aggregation)?.label ?? aggregation;
}
