import { Alert, List } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import type { Schemas } from '../api/client';
import { fieldPath } from '../api/problem';

/** What stands in the way of publishing, each at its place. */
export function ValidationErrors({
  errors,
  phases = [],
}: {
  errors: Schemas['ProductCatalogValidationError'][];
  phases?: Schemas['BillingPlanPhase'][];
}) {
  if (errors.length === 0) {
    return null;
  }
  return (
    <Alert color="yellow" variant="light" icon={<IconListCheck />} title="Before it can be published">
      <List size="sm">
        {errors.map(({ code, message, field }) => (
          <List.Item key={`${code} ${field}`}>
            {place(field, phases)}
            {message}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

/** `phases[0].rate_cards[1]` by the names that a person has given. */
function place(field: string, phases: Schemas['BillingPlanPhase'][]): string {
  const [, phaseIndex, , cardIndex] = fieldPath(field).match(/^phases\.(\d+)(\.rate_cards\.(\d+))?/) ?? [];
  const phase = phaseIndex === undefined ? undefined : phases[Number(phaseIndex)];
  const card = cardIndex === undefined ? undefined : phase?.rate_cards[Number(cardIndex)];
  const names = [phase?.name, card?.name].filter(Boolean);
  return names.length > 0 ? `${names.join(', ')}: ` : '';
}
