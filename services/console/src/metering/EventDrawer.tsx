import { Anchor, Code, Drawer, List, Stack, ThemeIcon, Title } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { $api, type Schemas } from '../api/client';
import { useMay } from '../session/session';
import { Facts } from '../ui/Facts';
import { decimal, moment } from '../ui/format';

type Ingested = Schemas['MeteringIngestedEvent'];
type Meter = Schemas['Meter'];

/** One event: what became of it and why, and the event itself. */
export function EventDrawer({ ingested, onClose }: { ingested: Ingested; onClose: () => void }) {
  const { event, ingested_at, stored_at } = ingested;
  // Whose it is may have changed since it was listed.
  const again = $api.useQuery('get', '/v3/openmeter/events', {
    params: {
      query: { page: { size: 1 }, filter: { id: { eq: event.id }, source: { eq: event.source } } },
    },
  });
  const now = again.data?.data[0] ?? ingested;
  return (
    <Drawer opened onClose={onClose} position="right" size="lg" title={`Event ${event.id}`}>
      <Stack>
        <section>
          <Title order={2} size="h5" mb="xs">
            Why
          </Title>
          <List spacing="sm" size="sm" center={false}>
            <MetersOf ingested={now} />
            <CustomerOf ingested={now} />
            <Reason good>
              It counts once, however often it comes again: an event is known by its source and id, for ever.
            </Reason>
          </List>
        </section>
        <Facts
          facts={[
            ['Happened', moment(event.time ?? ingested_at)],
            ['Received', moment(ingested_at)],
            ['Stored', moment(stored_at)],
          ]}
        />
        <section>
          <Title order={2} size="h5" mb="xs">
            As it came
          </Title>
          <Code block tabIndex={0}>
            {JSON.stringify(event, null, 2)}
          </Code>
        </section>
      </Stack>
    </Drawer>
  );
}

/** One reason, good or bad. */
function Reason({ good, children }: { good: boolean; children: ReactNode }) {
  return (
    <List.Item
      icon={
        <ThemeIcon size={20} radius="xl" color={good ? 'teal.9' : 'red.9'}>
          {good ? <IconCheck size={14} aria-label="Yes" /> : <IconX size={14} aria-label="No" />}
        </ThemeIcon>
      }
    >
      {children}
    </List.Item>
  );
}

/** Which meters count it, and what it adds to each. */
function MetersOf({ ingested: { event } }: { ingested: Ingested }) {
  const mayChange = useMay('changeMeters');
  const all = $api.useQuery('get', '/v3/openmeter/meters', { params: { query: { page: { size: 1000 } } } });
  const meters = all.data?.data.filter(({ event_type }) => event_type === event.type) ?? [];
  if (!all.data) {
    return null;
  }
  if (meters.length === 0) {
    return (
      <Reason good={false}>
        No meter counts events of type <Code>{event.type}</Code>.{' '}
        {mayChange && (
          <Anchor component={Link} to="/metering/new" inherit>
            Create one
          </Anchor>
        )}
        {mayChange && ': it '}
        {!mayChange && 'One that is created later '}
        counts this event, too.
      </Reason>
    );
  }
  return meters.map((meter) => <OneMeter key={meter.id} meter={meter} event={event} />);
}

function OneMeter({ meter, event }: { meter: Meter; event: Schemas['MeteringEvent'] }) {
  const check = $api.useQuery('post', '/v3/openmeter/meters/check', {
    body: {
      meter: {
        event_type: meter.event_type,
        aggregation: meter.aggregation,
        ...(meter.value_property ? { value_property: meter.value_property } : {}),
        ...(meter.dimensions ? { dimensions: meter.dimensions } : {}),
      },
      data: event.data ?? {},
    },
  });
  const tried = check.data?.events[0];
  const name = (
    <Anchor component={Link} to={`/metering/meters/${meter.id}`} inherit>
      {meter.name}
    </Anchor>
  );
  if (!tried) {
    return null;
  }
  if (meter.events_from && event.time && Date.parse(event.time) < Date.parse(meter.events_from)) {
    return (
      <Reason good={false}>
        {name} counts events from {moment(meter.events_from)} on, and this one happened before.
      </Reason>
    );
  }
  if (!tried.counted) {
    return (
      <Reason good={false}>
        {name} does not count it: {tried.message}. Send a correct one with another id.
      </Reason>
    );
  }
  const labels = Object.entries(tried.dimensions).map(([label, value]) => `${label} ${value}`);
  return (
    <Reason good>
      {name} counts it as{' '}
      <b>{tried.value && /^-?\d+(\.\d+)?$/.test(tried.value) ? decimal(tried.value) : tried.value}</b>
      {labels.length > 0 && `, with ${labels.join(', ')}`}.
    </Reason>
  );
}

/** Whose usage it is, and whether it is on an invoice. */
function CustomerOf({ ingested: { event, customer, ingested_at } }: { ingested: Ingested }) {
  const mayRead = useMay('readBilling');
  const mayChange = useMay('changeBilling');
  const customerId = customer?.id ?? '';
  const who = $api.useQuery(
    'get',
    '/v3/openmeter/customers/{customerId}',
    { params: { path: { customerId } } },
    { enabled: mayRead && customerId !== '' },
  );
  const subscriptions = $api.useQuery(
    'get',
    '/v3/openmeter/subscriptions',
    { params: { query: { page: { size: 1000 }, filter: { customer_id: { eq: customerId } } } } },
    { enabled: mayRead && customerId !== '' },
  );
  if (!customer) {
    return (
      <Reason good={false}>
        No customer has the subject <Code>{event.subject}</Code>.{' '}
        {mayChange && (
          <Anchor component={Link} to="/billing/customers/new" inherit>
            Create one with it as its key
          </Anchor>
        )}
        {mayChange && ', or include usage from it in one that is there. '}
        From then on this event belongs to it, too.
      </Reason>
    );
  }
  if (!who.data || !subscriptions.data) {
    return mayRead ? null : <Reason good>It is the usage of customer {customer.id}.</Reason>;
  }
  const happened = Date.parse(event.time ?? ingested_at);
  const covers = ({ active_from, active_to }: Schemas['BillingSubscription']) =>
    Date.parse(active_from) <= happened && (!active_to || happened < Date.parse(active_to));
  const all = subscriptions.data.data;
  const active = all.find(covers);
  const later = all.some(({ active_from }) => Date.parse(active_from) > happened);
  const name = (
    <Anchor component={Link} to={`/billing/customers/${customer.id}`} inherit>
      {who.data.name}
    </Anchor>
  );
  return (
    <>
      <Reason good>It is the usage of {name}.</Reason>
      {active ? (
        <Reason good>
          It happened within the subscription to {active.name}, so it is invoiced as that says.
        </Reason>
      ) : (
        <Reason good={false}>
          {all.length === 0
            ? `${who.data.name} has no subscription, so it is on no invoice.`
            : later
              ? `It happened before the subscription of ${who.data.name} began, so it is on no invoice.`
              : `It happened after the subscription of ${who.data.name} had ended, so it is on no invoice.`}
        </Reason>
      )}
    </>
  );
}
