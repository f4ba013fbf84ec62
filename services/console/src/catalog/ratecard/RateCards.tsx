import { ActionIcon, Button, Group, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { Schemas } from '../../api/client';
import { asProblem } from '../../api/problem';
import { Listing } from '../../ui/Listing';
import { every } from '../../ui/format';
import { RateCardWizard } from './RateCardWizard';
import { entitlementText, priceText } from './form';

type RateCard = Schemas['BillingRateCard'];

interface Props {
  cards: RateCard[];
  currency: string;
  cadence: string;
  /** Stores all rate cards; left out where they are fixed. */
  save?: ((cards: RateCard[]) => Promise<unknown>) | undefined;
  /** Where the rate cards are in the request that `save` makes. */
  prefix: string;
}

/** The rate cards of a phase or an add-on, and the wizard that changes them. */
export function RateCards({ cards, currency, cadence, save, prefix }: Props) {
  const [open, setOpen] = useState<number | 'new'>();
  const remove = (index: number) =>
    modals.openConfirmModal({
      title: `Remove ${cards[index]?.name}?`,
      children: <Text size="sm">It is no longer part of this draft.</Text>,
      labels: { confirm: 'Remove', cancel: 'Not now' },
      confirmProps: { color: 'red.8' },
      onConfirm: () =>
        void save?.(cards.filter((_, i) => i !== index)).catch((failure: unknown) =>
          modals.open({
            title: 'It was not removed',
            children: <Text size="sm">{asProblem(failure).detail}</Text>,
          }),
        ),
    });
  return (
    <Stack gap="sm">
      <Listing
        label="Rate cards"
        rows={cards.map((card, index) => ({ card, index }))}
        rowKey={({ card }) => card.key}
        columns={[
          { label: 'Rate card', cell: ({ card }) => card.name },
          {
            label: 'Price',
            cell: ({ card }) => priceText(card, typeof card.currency === 'string' ? card.currency : currency),
          },
          {
            label: 'Billed',
            cell: ({ card }) => every(card.billing_cadence),
            from: 'sm',
          },
          { label: 'Entitlement', cell: ({ card }) => entitlementText(card), from: 'sm' },
          ...(save
            ? [
                {
                  label: 'Actions',
                  right: true,
                  cell: ({ card, index }: { card: RateCard; index: number }) => (
                    <Group gap={4} justify="flex-end" wrap="nowrap">
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        aria-label={`Edit ${card.name}`}
                        onClick={() => setOpen(index)}
                      >
                        <IconPencil size={16} />
                      </ActionIcon>
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        aria-label={`Remove ${card.name}`}
                        onClick={() => remove(index)}
                      >
                        <IconTrash size={16} />
                      </ActionIcon>
                    </Group>
                  ),
                },
              ]
            : []),
        ]}
        empty={
          <Text size="sm" c="dimmed">
            No rate cards yet. A rate card says what a feature costs.
          </Text>
        }
      />
      {save && (
        <Button
          variant="light"
          w="fit-content"
          leftSection={<IconPlus size={16} />}
          onClick={() => setOpen('new')}
        >
          Add Rate Card
        </Button>
      )}
      {save && open !== undefined && (
        <RateCardWizard
          currency={currency}
          cadence={cadence}
          {...(typeof open === 'number' && cards[open] ? { card: cards[open] } : {})}
          prefix={`${prefix}.${open === 'new' ? cards.length : open}`}
          save={(card) =>
            save(open === 'new' ? [...cards, card] : cards.map((old, i) => (i === open ? card : old)))
          }
          onClose={() => setOpen(undefined)}
        />
      )}
    </Stack>
  );
}
