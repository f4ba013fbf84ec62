import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import {
  Alert,
  Anchor,
  Code,
  Grid,
  Group,
  Paper,
  Progress,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { client, type Schemas } from '../api/client';
import { Loaded } from '../ui/Loaded';
import { clock, decimal, moment } from '../ui/format';

const REFRESH_MILLIS = 5_000;

const RANGES = [
  { value: '3600', label: 'Hour' },
  { value: '86400', label: 'Day' },
  { value: '604800', label: 'Week' },
];

/** What is going on: how much comes in, how fresh answers are, what counts nowhere, and who uses most. */
export default function Figures() {
  const [seconds, setSeconds] = useState('3600');
  const overview = useQuery({
    queryKey: ['overview', seconds],
    queryFn: async ({ signal }) => {
      const to = new Date();
      const from = new Date(to.getTime() - Number(seconds) * 1000);
      const { data } = await client.GET('/v3/openmeter/events/overview', {
        params: { query: { from: from.toISOString(), to: to.toISOString() } },
        signal,
      });
      return data as Schemas['EventsOverview'];
    },
    refetchInterval: REFRESH_MILLIS,
    placeholderData: (old) => old,
  });
  return (
    <Stack component="section" aria-label="What is going on">
      <Group justify="space-between">
        <Title order={2} size="h3">
          What is going on
        </Title>
        <SegmentedControl aria-label="Within the last" data={RANGES} value={seconds} onChange={setSeconds} />
      </Group>
      <Loaded query={overview} what="figures">
        {(data) => <View overview={data} />}
      </Loaded>
    </Stack>
  );
}

function View({ overview }: { overview: Schemas['EventsOverview'] }) {
  const { unmatched, freshness, buckets, bucket_seconds } = overview;
  const perMinute = (overview.events / buckets.length / bucket_seconds) * 60;
  const lost = unmatched.no_meter + unmatched.no_customer + unmatched.invalid_value;
  const label = bucket_seconds < 900 ? clock : moment;
  const data = buckets.map(({ start, events }) => ({ start: label(start), events }));
  return (
    <Stack>
      {!overview.complete && (
        <Alert color="blue" variant="light">
          These figures are about the latest {count(overview.events)} events of this stretch; there were more.
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }}>
        <Figure name="Events" value={count(overview.events)}>
          {perMinute >= 10 ? count(Math.round(perMinute)) : perMinute.toFixed(1)} a minute
        </Figure>
        <Figure name="Freshness" value={freshness ? seconds(freshness.p99_millis) : '—'}>
          {freshness
            ? `until 99 of 100 events are in every answer; half take ${seconds(freshness.median_millis)}`
            : 'no events'}
        </Figure>
        <Figure name="Unmatched" value={count(unmatched.no_meter + unmatched.no_customer)} bad={lost > 0}>
          {count(unmatched.no_meter)} without a meter, {count(unmatched.no_customer)} without a customer
        </Figure>
        <Figure name="Rejected" value={count(unmatched.invalid_value)} bad={unmatched.invalid_value > 0}>
          by a meter for their value, of the latest {count(unmatched.values_checked)}
        </Figure>
      </SimpleGrid>
      {lost > 0 && (
        <Text size="sm">
          <Anchor component={Link} to="/metering/events">
            See the events
          </Anchor>{' '}
          and why they do not count. They are all kept: a meter or customer that is made later counts them,
          too.
        </Text>
      )}
      <Paper withBorder p="md" role="img" aria-label="Events over time">
        <BarChart
          h={200}
          data={data}
          dataKey="start"
          series={[{ name: 'events', label: 'Events', color: 'usance.7' }]}
          tickLine="none"
          xAxisProps={{ minTickGap: 48 }}
          yAxisProps={{ width: 56, allowDecimals: false }}
          barChartProps={{ accessibilityLayer: false }}
          barProps={{ isAnimationActive: false }}
        />
      </Paper>
      <Grid>
        <Grid.Col span={{ base: 12, sm: 6 }}>
          <Ranking
            title="Top customers"
            rows={overview.top_customers.map(({ customer, events }) => ({
              key: customer.id,
              events,
              name: (
                <Anchor component={Link} to={`/billing/customers/${customer.id}/usage`} size="sm">
                  {customer.name}
                </Anchor>
              ),
            }))}
            none="No event belongs to a customer."
          />
        </Grid.Col>
        <Grid.Col span={{ base: 12, sm: 6 }}>
          <Ranking
            title="Top types"
            rows={overview.top_types.map(({ type, events, metered }) => ({
              key: type,
              events,
              name: (
                <Group gap="xs">
                  <Anchor component={Link} to={`/metering/events?type=${encodeURIComponent(type)}`} size="sm">
                    <Code>{type}</Code>
                  </Anchor>
                  {!metered && (
                    <Text size="xs" c="var(--mantine-color-error)">
                      no meter
                    </Text>
                  )}
                </Group>
              ),
            }))}
            none="No events."
          />
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

function Figure({
  name,
  value,
  bad,
  children,
}: {
  name: string;
  value: string;
  bad?: boolean;
  children: ReactNode;
}) {
  return (
    <Paper withBorder p="md">
      <Text size="sm" c="dimmed">
        {name}
      </Text>
      <Text fz={28} fw={650} className="figures" c={bad ? 'var(--mantine-color-error)' : undefined}>
        {value}
      </Text>
      <Text size="xs" c="dimmed">
        {children}
      </Text>
    </Paper>
  );
}

function Ranking({
  title,
  rows,
  none,
}: {
  title: string;
  rows: { key: string; name: ReactNode; events: number }[];
  none: string;
}) {
  const most = rows[0]?.events ?? 1;
  return (
    <Paper withBorder p="md" h="100%">
      <Title order={3} size="h5" mb="sm">
        {title}
      </Title>
      {rows.length === 0 && (
        <Text size="sm" c="dimmed">
          {none}
        </Text>
      )}
      <Stack gap="xs">
        {rows.map(({ key, name, events }) => (
          <div key={key}>
            <Group justify="space-between">
              {name}
              <Text size="sm" className="figures">
                {count(events)}
              </Text>
            </Group>
            <Progress value={(events / most) * 100} size="xs" aria-label={`${events} events`} />
          </div>
        ))}
      </Stack>
    </Paper>
  );
}

function count(events: number): string {
  return decimal(String(events));
}

function seconds(millis: number): string {
  return millis < 1000 ? `${millis} ms` : `${(millis / 1000).toFixed(1)} s`;
}
