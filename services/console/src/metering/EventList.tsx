import { Badge, Button, Code, Group, SimpleGrid, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconActivity } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { $api, type Schemas } from '../api/client';
import { EmptyState } from '../ui/EmptyState';
import { Listing } from '../ui/Listing';
import { Loaded } from '../ui/Loaded';
import { Page } from '../ui/Page';
import { moment } from '../ui/format';
import { EventDrawer } from './EventDrawer';
import { METERING_TABS } from './tabs';

type Ingested = Schemas['MeteringIngestedEvent'];

/** New events are there without a reload. */
const REFRESH_MILLIS = 2_000;

/** What the list can be narrowed to, and the parameters of the page's address. */
const FILTERS = ['type', 'subject', 'source', 'id'] as const;

export function EventList() {
  const [params, setParams] = useSearchParams();
  const [settled] = useDebouncedValue(params.toString(), 250);
  const asked = new URLSearchParams(settled);
  const [open, setOpen] = useState<Ingested>();
  const set = (changes: Record<string, string | null>) =>
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        next.delete('after');
        for (const [name, value] of Object.entries(changes)) {
          if (value) {
            next.set(name, value);
          } else {
            next.delete(name);
          }
        }
        return next;
      },
      { replace: !('after' in changes) },
    );
  const after = asked.get('after') ?? undefined;
  const from = asked.get('from');
  const to = asked.get('to');
  const customer = asked.get('customer');
  const events = $api.useQuery(
    'get',
    '/v3/openmeter/events',
    {
      params: {
        query: {
          page: { size: 50, after },
          sort: 'ingested_at desc',
          filter: {
            ...Object.fromEntries(
              FILTERS.flatMap((name) => {
                const value = asked.get(name);
                return value ? [[name, { eq: value }]] : [];
              }),
            ),
            ...(customer ? { customer_id: { eq: customer } } : {}),
            ...(from || to ? { time: { ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) } } : {}),
          },
        },
      },
    },
    { placeholderData: (old) => old, refetchInterval: after ? false : REFRESH_MILLIS },
  );
  const narrowed = [...params.keys()].some((name) => name !== 'after');
  return (
    <Page
      title="Metering"
      description="Events as they come in, each with its customer, or the reason why it counts nowhere."
      tabs={METERING_TABS}
    >
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} mb="sm">
        {FILTERS.map((name) => (
          <TextInput
            key={name}
            label={name === 'id' ? 'Id' : name.charAt(0).toUpperCase() + name.slice(1)}
            placeholder="Any"
            value={params.get(name) ?? ''}
            onChange={({ currentTarget: { value } }) => set({ [name]: value })}
          />
        ))}
      </SimpleGrid>
      {(customer ?? from ?? to) && (
        <Group gap="xs" mb="sm">
          {customer && <Badge variant="light">Customer {customer}</Badge>}
          {from && <Badge variant="light">From {moment(from)}</Badge>}
          {to && <Badge variant="light">To {moment(to)}</Badge>}
          <Button
            variant="subtle"
            size="compact-xs"
            onClick={() => set({ customer: null, from: null, to: null })}
          >
            Show all
          </Button>
        </Group>
      )}
      <Loaded query={events} what="events">
        {({ data, meta }) => (
          <>
            <Listing
              label="Events"
              rows={data}
              rowKey={({ event }) => `${event.source} ${event.id}`}
              columns={[
                {
                  label: 'Time',
                  cell: (row) => (
                    <UnstyledButton onClick={() => setOpen(row)} c="var(--mantine-color-anchor)" fz="sm">
                      {moment(row.event.time ?? row.ingested_at)}
                    </UnstyledButton>
                  ),
                },
                { label: 'Type', cell: ({ event }) => <Code>{event.type}</Code> },
                { label: 'Subject', cell: ({ event }) => event.subject },
                { label: 'Source', cell: ({ event }) => event.source, from: 'md' },
                { label: 'Id', cell: ({ event }) => event.id, from: 'md' },
                { label: 'State', cell: (row) => <State row={row} /> },
              ]}
              empty={
                narrowed ? (
                  <EmptyState
                    icon={IconActivity}
                    title="No event is like this"
                    action={
                      <Button component={Link} to="/metering/events" variant="subtle">
                        Show all
                      </Button>
                    }
                  />
                ) : (
                  <EmptyState
                    icon={IconActivity}
                    title="No events yet"
                    action={
                      <Button component={Link} to="/" variant="light" mt="sm">
                        How to send one
                      </Button>
                    }
                  >
                    They show here the moment they come in.
                  </EmptyState>
                )
              }
            />
            {(after ?? meta.page.next) && (
              <Group justify="center" mt="md">
                {after && (
                  <Button variant="default" onClick={() => set({ after: null })}>
                    Newest
                  </Button>
                )}
                {meta.page.next && (
                  <Button variant="default" onClick={() => set({ after: meta.page.next })}>
                    Older
                  </Button>
                )}
              </Group>
            )}
          </>
        )}
      </Loaded>
      {open && <EventDrawer ingested={open} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}

function State({ row }: { row: Ingested }) {
  return row.validation_errors?.length ? (
    <Badge color="red.9">{row.validation_errors[0]?.message}</Badge>
  ) : (
    <Badge color="teal.9">Counted</Badge>
  );
}
