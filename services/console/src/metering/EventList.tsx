import {
  Alert,
  Badge,
  Button,
  Code,
  Group,
  SimpleGrid,
  Switch,
  Text,
  TextInput,
  UnstyledButton,
} from '@mantine/core';
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
import { shortFault } from './faults';
import { METERING_TABS } from './tabs';
import { useEventStream } from './useEventStream';

type Ingested = Schemas['MeteringIngestedEvent'];

/** What the list can be narrowed to, and the parameters of the page's address. */
const FILTERS = [
  { name: 'type', label: 'Type' },
  { name: 'subject', label: 'Subject' },
  { name: 'source', label: 'Source' },
  { name: 'id', label: 'Id' },
] as const;

const keyOfEvent = ({ event }: Ingested) => `${event.source}\n${event.id}`;

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
  const equal = Object.fromEntries(
    FILTERS.flatMap(({ name }) => {
      const value = asked.get(name);
      return value ? [[name, value] as const] : [];
    }),
  );

  // Followed is the beginning of the list, and only by what the stream can filter.
  const followable = !after && !from && !to && !customer && !equal.id;
  const [wanted, setWanted] = useState(true);
  const following = wanted && followable;
  const stream = useEventStream(following, equal);

  const events = $api.useQuery(
    'get',
    '/v3/openmeter/events',
    {
      params: {
        query: {
          page: { size: 50, after },
          sort: 'ingested_at desc',
          filter: {
            ...Object.fromEntries(Object.entries(equal).map(([name, value]) => [name, { eq: value }])),
            ...(customer ? { customer_id: { eq: customer } } : {}),
            ...(from || to ? { time: { ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) } } : {}),
          },
        },
      },
    },
    { placeholderData: (old) => old },
  );
  const narrowed = [...params.keys()].some((name) => name !== 'after');
  return (
    <Page
      title="Metering"
      description="Events as they come in, each with what became of it."
      tabs={METERING_TABS}
    >
      <SimpleGrid cols={{ base: 2, md: 4 }} mb="sm">
        {FILTERS.map(({ name, label }) => (
          <TextInput
            key={name}
            label={label}
            placeholder="Any"
            value={params.get(name) ?? ''}
            onChange={({ currentTarget: { value } }) => set({ [name]: value })}
          />
        ))}
      </SimpleGrid>
      <Group justify="space-between" mb="sm">
        <Group gap="xs">
          {customer && <Badge variant="default">Customer {customer}</Badge>}
          {from && <Badge variant="default">From {moment(from)}</Badge>}
          {to && <Badge variant="default">To {moment(to)}</Badge>}
          {(customer || from || to) && (
            <Button
              variant="subtle"
              size="compact-xs"
              onClick={() => set({ customer: null, from: null, to: null })}
            >
              Show all
            </Button>
          )}
        </Group>
        <Group gap="xs">
          {following && (
            <Text size="sm" c="dimmed" role="status">
              {{ connecting: 'Connecting…', live: 'Live', lost: 'Not live' }[stream.state]}
            </Text>
          )}
          <Switch
            label="Follow new events"
            checked={following}
            disabled={!followable}
            onChange={({ currentTarget: { checked } }) => setWanted(checked)}
          />
        </Group>
      </Group>
      {stream.gap && following && (
        <Alert color="yellow" variant="light" mb="sm" title="More events come than can be shown one by one">
          Some were passed over here. All of them are stored and counted; narrow the list to see fewer.
        </Alert>
      )}
      <Loaded query={events} what="events">
        {({ data, meta }) => {
          const fresh = new Set(stream.events.map(keyOfEvent));
          const rows = [...stream.events, ...data.filter((row) => !fresh.has(keyOfEvent(row)))];
          return (
            <>
              <Listing
                label="Events"
                rows={rows}
                rowKey={keyOfEvent}
                columns={[
                  {
                    label: 'Time',
                    cell: (row) => (
                      <UnstyledButton
                        onClick={() => setOpen(row)}
                        c="var(--mantine-color-anchor)"
                        fz="sm"
                        style={{ whiteSpace: 'nowrap' }}
                      >
                        {moment(row.event.time ?? row.ingested_at)}
                      </UnstyledButton>
                    ),
                  },
                  { label: 'Type', cell: ({ event }) => <Code>{event.type}</Code> },
                  { label: 'Subject', cell: ({ event }) => event.subject },
                  { label: 'Source', cell: ({ event }) => event.source, from: 'md' },
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
          );
        }}
      </Loaded>
      {open && <EventDrawer ingested={open} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}

function State({ row }: { row: Ingested }) {
  const fault = shortFault(row);
  return fault ? <Badge color="red.9">{fault}</Badge> : <Badge color="teal.9">Counted</Badge>;
}
