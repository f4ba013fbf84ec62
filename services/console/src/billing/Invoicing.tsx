import { Anchor, Button, Code, Divider, Group, List, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFileInvoice } from '@tabler/icons-react';
import { Fragment } from 'react';
import { Link } from 'react-router';
import { $api, type Schemas } from '../api/client';
import { useMay } from '../session/session';
import { EmptyState } from '../ui/EmptyState';
import { Loaded } from '../ui/Loaded';
import { decimal, moment, money } from '../ui/format';
import { explain } from './explanation';

type Customer = Schemas['BillingCustomer'];
type Invoice = Schemas['BillingInvoiceStandard'];
type Line = Schemas['BillingInvoiceStandardLine'];

/** The preview follows new usage without a reload. */
const REFRESH_MILLIS = 5_000;

/** What a customer will be invoiced for, as of now. */
export function Invoicing({ customer }: { customer: Customer }) {
  const [opened, { open }] = useDisclosure();
  return opened ? (
    <Preview customer={customer} />
  ) : (
    <EmptyState
      icon={IconFileInvoice}
      title="What would the invoice say now?"
      action={
        <Button onClick={open} mt="sm">
          Preview Invoice
        </Button>
      }
    >
      The preview prices the usage of the current billing period up to this second. Nothing is stored or sent.
    </EmptyState>
  );
}

function Preview({ customer }: { customer: Customer }) {
  const invoices = $api.useQuery(
    'get',
    '/v3/openmeter/customers/{customerId}/billing/invoice-preview',
    { params: { path: { customerId: customer.id } } },
    { refetchInterval: REFRESH_MILLIS },
  );
  return (
    <Loaded query={invoices} what="invoice">
      {({ data }) =>
        data.length === 0 ? (
          <EmptyState
            icon={IconFileInvoice}
            title="Nothing to invoice"
            action={
              <Anchor component={Link} to={`/billing/customers/${customer.id}/subscription`}>
                To the subscription
              </Anchor>
            }
          >
            {customer.name} has no subscription in this period, so there is nothing to price.
          </EmptyState>
        ) : (
          <Stack>
            {data.map((invoice) => (
              <InvoiceView key={invoice.number} invoice={invoice} customer={customer} />
            ))}
          </Stack>
        )
      }
    </Loaded>
  );
}

function InvoiceView({ invoice, customer }: { invoice: Invoice; customer: Customer }) {
  const { currency, totals, lines = [] } = invoice;
  return (
    <Paper withBorder p="lg" component="section" aria-label={`Invoice ${invoice.number}`}>
      <Stack>
        <Group justify="space-between" align="flex-start">
          <div>
            <Title order={2} size="h4">
              Preview in {currency}
            </Title>
            <Text size="sm" c="dimmed">
              {moment(invoice.service_period.from)} to {moment(invoice.service_period.to)}
            </Text>
          </div>
          <Text size="sm" c="dimmed">
            Usage as of {moment(invoice.quantity_snapshotted_at)}
          </Text>
        </Group>
        {invoice.validation_issues?.map(({ code, message }) => (
          <Text key={code} size="sm" c="var(--mantine-color-error)">
            {message}
          </Text>
        ))}
        <Title order={3} size="h5">
          Lines
        </Title>
        <Table.ScrollContainer minWidth={290}>
          <Table aria-label="Lines">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Name</Table.Th>
                <Table.Th ta="right">Quantity</Table.Th>
                <Table.Th ta="right" visibleFrom="sm">
                  Unit price
                </Table.Th>
                <Table.Th ta="right">Amount</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {lines.map((line) => (
                <LineRows key={line.id} line={line} currency={currency} customer={customer} />
              ))}
              {lines.length === 0 && (
                <Table.Tr>
                  <Table.Td colSpan={4}>
                    <Text c="dimmed" size="sm">
                      Nothing yet in this period.
                    </Text>
                  </Table.Td>
                </Table.Tr>
              )}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
        <Divider />
        <Stack gap={4} align="flex-end" className="figures">
          <Sum name="Amount" value={money(totals.amount, currency)} />
          {totals.charges_total !== '0.00' && (
            <Sum name="Commitments" value={money(totals.charges_total, currency)} />
          )}
          {totals.discounts_total !== '0.00' && (
            <Sum name="Discounts" value={`−${money(totals.discounts_total, currency)}`} />
          )}
          {totals.taxes_total !== '0.00' && <Sum name="Taxes" value={money(totals.taxes_total, currency)} />}
          <Sum name="Total" value={money(totals.total, currency)} strong />
        </Stack>
      </Stack>
    </Paper>
  );
}

function Sum({ name, value, strong }: { name: string; value: string; strong?: boolean }) {
  return (
    <Group gap="xl" justify="space-between" w={260}>
      <Text fw={strong ? 650 : 400}>{name}</Text>
      <Text fw={strong ? 650 : 400}>{value}</Text>
    </Group>
  );
}

/** A line as on the invoice, and below it how its amount has come about. */
function LineRows({ line, currency, customer }: { line: Line; currency: string; customer: Customer }) {
  const quantity = line.usage_quantity_detail?.invoiced_quantity ?? line.detailed_lines[0]?.quantity ?? '0';
  const prices = new Set(line.detailed_lines.map(({ unit_price }) => unit_price));
  const [only] = prices;
  return (
    <Fragment>
      <Table.Tr style={{ borderBottom: 'none' }}>
        <Table.Td>
          <Text fw={600}>{line.name}</Text>
          {line.rate_card.feature_key && <Code>{line.rate_card.feature_key}</Code>}
        </Table.Td>
        <Table.Td ta="right" valign="top">
          {decimal(quantity)}
        </Table.Td>
        <Table.Td ta="right" valign="top" visibleFrom="sm">
          {prices.size === 1 && only !== undefined
            ? money(only, currency)
            : prices.size > 1
              ? 'by tier'
              : '—'}
        </Table.Td>
        <Table.Td ta="right" valign="top" fw={600}>
          {money(line.totals.total, currency)}
        </Table.Td>
      </Table.Tr>
      <Table.Tr>
        <Table.Td colSpan={4} pt={0}>
          <List size="sm" c="dimmed" spacing={2}>
            {explain(line, currency).map((sentence, i) => (
              <List.Item key={i}>{sentence}</List.Item>
            ))}
          </List>
          {line.usage_quantity_detail && line.rate_card.feature_key && (
            <EventsLink
              featureKey={line.rate_card.feature_key}
              period={line.service_period}
              customer={customer}
            />
          )}
        </Table.Td>
      </Table.Tr>
    </Fragment>
  );
}

/** The way to the very events that were counted, for those who may see them. */
function EventsLink({
  featureKey,
  period,
  customer,
}: {
  featureKey: string;
  period: Schemas['ClosedPeriod'];
  customer: Customer;
}) {
  const mayReadCatalog = useMay('readCatalog');
  const mayReadMeters = useMay('readMeters');
  const features = $api.useQuery(
    'get',
    '/v3/openmeter/features',
    { params: { query: { filter: { key: { eq: featureKey } } } } },
    { enabled: mayReadCatalog && mayReadMeters },
  );
  const meterId = features.data?.data[0]?.meter?.id ?? '';
  const meter = $api.useQuery(
    'get',
    '/v3/openmeter/meters/{meterId}',
    { params: { path: { meterId } } },
    { enabled: meterId !== '' },
  );
  if (!meter.data) {
    return null;
  }
  const query = new URLSearchParams({
    type: meter.data.event_type,
    customer: customer.id,
    from: period.from,
    to: period.to,
  });
  return (
    <Anchor component={Link} to={`/metering/events?${query}`} size="sm" mt={4} display="inline-block">
      See these events
    </Anchor>
  );
}
