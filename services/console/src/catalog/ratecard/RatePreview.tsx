import { Divider, Group, List, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Suspense, lazy, useState } from 'react';
import { $api, type Schemas } from '../../api/client';
import { asProblem } from '../../api/problem';
import { decimal, money } from '../../ui/format';
import { isDecimal } from './form';

const PriceCurve = lazy(() => import('./PriceCurve'));

interface Props {
  card: Schemas['BillingRateCard'];
  currency: string;
  /** Whether the form is complete enough to ask. */
  ready: boolean;
}

/** What the price makes of a quantity: the bill, the arithmetic in words, and the curve; while one types. */
export function RatePreview({ card, currency, ready }: Props) {
  const [quantity, setQuantity] = useState('100');
  // Without the feature: the price is what matters here, and names come later.
  const [asked] = useDebouncedValue(
    JSON.stringify({
      currency,
      quantity: isDecimal(quantity) ? quantity.trim() : '0',
      rate_card: {
        ...card,
        feature: undefined,
        entitlement: undefined,
        name: card.name || 'Example',
        key: card.key || 'example',
      },
    }),
    250,
  );
  const preview = $api.useQuery(
    'post',
    '/v3/openmeter/rate-cards/preview',
    { body: JSON.parse(asked) as Schemas['RateCardPreviewRequest'] },
    { enabled: ready, placeholderData: (old) => old, retry: false },
  );
  return (
    <Stack gap="sm">
      <Title order={3} size="h5">
        An example bill
      </Title>
      <TextInput
        label="Quantity in the period"
        inputMode="decimal"
        value={quantity}
        error={isDecimal(quantity) ? undefined : 'A decimal, such as 100.'}
        onChange={({ currentTarget: { value } }) => setQuantity(value)}
      />
      {!ready && (
        <Text size="sm" c="dimmed">
          Fill in the price to see what a quantity costs.
        </Text>
      )}
      {ready && preview.isPending && <Skeleton h={120} />}
      {ready && preview.error && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {asProblem(preview.error)
            .faults.map(({ reason }) => reason)
            .join('; ') || asProblem(preview.error).detail}
        </Text>
      )}
      {ready && !preview.error && preview.data && <Bill preview={preview.data} />}
    </Stack>
  );
}

function Bill({ preview }: { preview: Schemas['RateCardPreview'] }) {
  const { currency, totals, usage_quantity_detail: usage } = preview;
  return (
    <Stack gap="sm" aria-live="polite">
      <Group justify="space-between">
        <Text size="sm">
          {decimal(usage.invoiced_quantity)} {usage.display_unit ?? 'units'} invoiced
        </Text>
        <Text fw={650} size="lg" className="figures" data-testid="example-total">
          {money(totals.total, currency)}
        </Text>
      </Group>
      <List size="sm" c="dimmed" spacing={2}>
        {preview.explanation.map((sentence, i) => (
          <List.Item key={i}>{sentence}</List.Item>
        ))}
      </List>
      <Divider />
      <Suspense fallback={<Skeleton h={180} />}>
        <PriceCurve curve={preview.curve} currency={currency} />
      </Suspense>
    </Stack>
  );
}
