import { Anchor, Badge, Button, Code, Select, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconGauge } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { $api, type Schemas } from '../api/client';
import { useMay } from '../session/session';
import { UsagePanel } from '../usage/UsagePanel';
import { ConfirmButton } from '../ui/ConfirmButton';
import { EmptyState } from '../ui/EmptyState';
import { Facts } from '../ui/Facts';
import { Loaded } from '../ui/Loaded';
import { NotFound } from '../ui/NotFound';
import { Page } from '../ui/Page';
import { Permitted } from '../session/Permitted';
import { day } from '../ui/format';
import { Invoicing } from './Invoicing';
import { SubscriptionTab } from './SubscriptionTab';

type Customer = Schemas['BillingCustomer'];

export function CustomerPage() {
  const { customerId = '' } = useParams();
  const customer = $api.useQuery('get', '/v3/openmeter/customers/{customerId}', {
    params: { path: { customerId } },
  });
  return (
    <Loaded query={customer} what="customer">
      {(data) => <View customer={data} />}
    </Loaded>
  );
}

function View({ customer }: { customer: Customer }) {
  const { tab } = useParams();
  const mayChange = useMay('changeBilling') && !customer.deleted_at;
  const base = `/billing/customers/${customer.id}`;
  return (
    <Page
      title={customer.name}
      mark={customer.deleted_at && <Badge color="gray.7">Deleted</Badge>}
      trail={[{ label: 'Billing', to: '/billing' }]}
      description={customer.description}
      tabs={[
        { label: 'Overview', to: base },
        { label: 'Usage', to: `${base}/usage` },
        { label: 'Subscription', to: `${base}/subscription` },
        { label: 'Invoicing', to: `${base}/invoicing` },
      ]}
      actions={mayChange && <Actions customer={customer} />}
    >
      <Tab customer={customer} tab={tab} />
    </Page>
  );
}

function Tab({ customer, tab }: { customer: Customer; tab: string | undefined }) {
  switch (tab) {
    case undefined:
      return <Overview customer={customer} />;
    case 'usage':
      return (
        <Permitted permission="readMeters">
          <Usage customer={customer} />
        </Permitted>
      );
    case 'subscription':
      return <SubscriptionTab customer={customer} />;
    case 'invoicing':
      return <Invoicing customer={customer} />;
    default:
      return <NotFound what="page" />;
  }
}

function Actions({ customer }: { customer: Customer }) {
  const navigate = useNavigate();
  const remove = $api.useMutation('delete', '/v3/openmeter/customers/{customerId}');
  return (
    <>
      <Button variant="default" component={Link} to={`/billing/customers/${customer.id}/edit`}>
        Edit
      </Button>
      <ConfirmButton
        label="Delete"
        variant="default"
        title={`Delete ${customer.name}?`}
        confirm="Delete customer"
        danger
        action={remove}
        run={(done) =>
          remove.mutate(
            { params: { path: { customerId: customer.id } } },
            {
              onSuccess: () => {
                done();
                notifications.show({ message: `Customer ${customer.name} is deleted` });
                void navigate('/billing');
              },
            },
          )
        }
      >
        Its key and subjects are free again. While a subscription runs, cancel that first.
      </ConfirmButton>
    </>
  );
}

function Overview({ customer }: { customer: Customer }) {
  const address = customer.billing_address;
  const lines = [
    address?.line1,
    address?.line2,
    [address?.postal_code, address?.city].filter(Boolean).join(' '),
    [address?.state, address?.country].filter(Boolean).join(', '),
  ].filter(Boolean);
  return (
    <Stack>
      <Facts
        facts={[
          ['Key', <Code key="key">{customer.key}</Code>],
          ['Id', <Code key="id">{customer.id}</Code>],
          ['Other subjects', customer.usage_attribution?.subject_keys.join(', ') || 'None'],
          ['Currency', customer.currency ?? 'That of the first subscription'],
          ['E-mail', customer.primary_email ?? '—'],
          ['Billing address', lines.join(', ') || '—'],
          ['Created', day(customer.created_at)],
        ]}
      />
      <Text size="sm">
        <Anchor component={Link} to={`/metering/events?customer=${customer.id}`}>
          See the customer&apos;s events
        </Anchor>
      </Text>
    </Stack>
  );
}

function Usage({ customer }: { customer: Customer }) {
  const meters = $api.useQuery('get', '/v3/openmeter/meters', {
    params: { query: { page: { size: 1000 }, sort: 'name' } },
  });
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <Loaded query={meters} what="meters">
      {({ data }) => {
        const meter = data.find(({ id }) => id === chosen) ?? data[0];
        return meter ? (
          <Stack>
            <Select
              label="Meter"
              maw={320}
              data={data.map(({ id, name }) => ({ value: id, label: name }))}
              value={meter.id}
              searchable
              allowDeselect={false}
              onChange={setChosen}
            />
            <UsagePanel key={meter.id} meter={meter} customerId={customer.id} />
          </Stack>
        ) : (
          <EmptyState icon={IconGauge} title="No meters yet">
            Usage shows here once a meter counts the customer&apos;s events.
          </EmptyState>
        );
      }}
    </Loaded>
  );
}
