import {
  Alert,
  Anchor,
  Button,
  Code,
  CopyButton,
  Group,
  MultiSelect,
  NumberFormatter,
  Paper,
  Select,
  Skeleton,
  Stack,
  Tabs,
  Text,
  TextInput,
} from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Suspense, lazy, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { client, type Schemas } from '../api/client';
import { EmptyState } from '../ui/EmptyState';
import { Listing, type Column } from '../ui/Listing';
import { Loaded } from '../ui/Loaded';
import { decimal, moment } from '../ui/format';
import { IconChartBar } from '@tabler/icons-react';
import { GRANULARITIES, RANGES, chartOf, type Granularity } from './windows';

const UsageChart = lazy(async () => ({ default: (await import('./UsageChart')).UsageChart }));

/** New usage is there without a reload. */
const REFRESH_MILLIS = 5_000;

/** Rows of the table that are shown; the CSV has all. */
const ROWS_SHOWN = 50;

const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const ZONES = [...new Set([HERE, 'UTC', ...Intl.supportedValuesOf('timeZone')])];

interface Props {
  meter: Schemas['Meter'];
  /** Fixed by the page this is on: only this customer's usage. */
  customerId?: string;
}

/** A meter's usage: which stretch of time, in what steps, by what; as a chart, as a table, as CSV, and as the call. */
export function UsagePanel({ meter, customerId }: Props) {
  const [params, setParams] = useSearchParams();
  const set = (changes: Record<string, string | null>) =>
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        for (const [name, value] of Object.entries(changes)) {
          if (value) {
            next.set(name, value);
          } else {
            next.delete(name);
          }
        }
        return next;
      },
      { replace: true },
    );

  const range = RANGES.find(({ value }) => value === params.get('range')) ?? RANGES[1];
  const custom = params.get('range') === 'custom';
  const granularity = (params.get('granularity') ?? range.granularity) as Granularity;
  const zone = params.get('zone') ?? HERE;
  const groupBy = params.get('by')?.split(',').filter(Boolean) ?? [];
  const filterBy = params.get('where') ?? '';
  const filterValue = params.get('is') ?? '';
  const since = params.get('from');
  const until = params.get('to');

  const dimensions = [
    ...Object.keys(meter.dimensions ?? {}),
    'subject',
    ...(customerId ? [] : ['customer_id']),
  ];

  /** The question as the API takes it; its end moves with the clock. */
  const question = (now: number): Schemas['MeterQueryRequest'] & { from: string; to: string } => ({
    from: custom && since ? since : new Date(now - range.millis).toISOString(),
    to: custom && until ? until : new Date(now).toISOString(),
    granularity,
    time_zone: zone,
    ...(groupBy.length > 0 ? { group_by_dimensions: groupBy } : {}),
    ...(customerId || (filterBy && filterValue)
      ? {
          filters: {
            dimensions: {
              ...(customerId ? { customer_id: { eq: customerId } } : {}),
              ...(filterBy && filterValue ? { [filterBy]: { eq: filterValue } } : {}),
            },
          },
        }
      : {}),
  });

  const usage = useQuery({
    queryKey: ['usage', meter.id, customerId, params.toString()],
    queryFn: async ({ signal }) => {
      const body = question(Date.now());
      const { data, response } = await client.POST('/v3/openmeter/meters/{meterId}/query', {
        params: { path: { meterId: meter.id } },
        body,
        signal,
      });
      return {
        asked: body,
        result: data as Schemas['MeterQueryResult'],
        catchingUp: response.headers.get('Usance-Totals') !== null,
      };
    },
    refetchInterval: REFRESH_MILLIS,
    placeholderData: (old) => old,
  });

  return (
    <Stack>
      <Group gap="sm" align="flex-end">
        <Select
          label="Range"
          w={160}
          data={[
            ...RANGES.map(({ value, label }) => ({ value, label })),
            { value: 'custom', label: 'Custom' },
          ]}
          value={custom ? 'custom' : range.value}
          allowDeselect={false}
          onChange={(value) => {
            const asked = question(Date.now());
            set(
              value === 'custom'
                ? { range: value, from: asked.from, to: asked.to, granularity }
                : { range: value, granularity: null, from: null, to: null },
            );
          }}
        />
        {custom && (
          <>
            <Moment label="From" value={since} onChange={(from) => set({ from })} />
            <Moment label="To" value={until} onChange={(to) => set({ to })} />
          </>
        )}
        <Select
          label="Granularity"
          w={120}
          data={GRANULARITIES}
          value={granularity}
          allowDeselect={false}
          onChange={(value) => set({ granularity: value })}
        />
        <Select
          label="Time zone"
          w={200}
          data={ZONES}
          value={zone}
          searchable
          limit={50}
          allowDeselect={false}
          onChange={(value) => set({ zone: value })}
        />
        <MultiSelect
          label="Group by"
          miw={180}
          data={dimensions}
          value={groupBy}
          onChange={(values) => set({ by: values.join(',') || null })}
          placeholder={groupBy.length === 0 ? 'Nothing' : undefined}
          clearable
        />
        <Select
          label="Filter"
          w={160}
          data={dimensions}
          value={filterBy || null}
          placeholder="No filter"
          clearable
          onChange={(value) => set({ where: value, is: null })}
        />
        {filterBy && (
          <TextInput
            label="is exactly"
            w={160}
            value={filterValue}
            onChange={({ currentTarget: { value } }) => set({ is: value })}
          />
        )}
      </Group>
      <Loaded query={usage} what="usage">
        {({ asked, result, catchingUp }) => (
          <Answer
            meter={meter}
            asked={asked}
            result={result}
            catchingUp={catchingUp}
            granularity={granularity}
            zone={zone}
            live={!custom}
          />
        )}
      </Loaded>
    </Stack>
  );
}

interface AnswerProps {
  meter: Schemas['Meter'];
  asked: Schemas['MeterQueryRequest'] & { from: string; to: string };
  result: Schemas['MeterQueryResult'];
  catchingUp: boolean;
  granularity: Granularity;
  zone: string;
  live: boolean;
}

function Answer({ meter, asked, result, catchingUp, granularity, zone, live }: AnswerProps) {
  const { points, series } = chartOf(result, { from: asked.from, to: asked.to, granularity, zone });
  const groups = asked.group_by_dimensions ?? [];
  const columns: Column<Schemas['MeterQueryRow']>[] = [
    { label: 'From', cell: ({ from }) => moment(from) },
    { label: 'To', cell: ({ to }) => moment(to), from: 'sm' },
    ...groups.map((name) => ({
      label: name,
      cell: ({ dimensions }: Schemas['MeterQueryRow']) => dimensions[name] || '(none)',
    })),
    { label: 'Value', cell: ({ value }) => decimal(value), right: true },
  ];
  const rows = result.data.toReversed();
  return (
    <Stack>
      {catchingUp && (
        <Alert color="blue" variant="light">
          This meter still counts its history. The figures are complete; they only take longer for now.
        </Alert>
      )}
      <Paper withBorder p="md">
        {result.data.length === 0 ? (
          <EmptyState icon={IconChartBar} title="No usage here">
            No event that this meter counts is in this stretch of time
            {asked.filters ? ' and passes the filter' : ''}. {live && 'New ones appear by themselves. '}
            <Anchor component={Link} to={`/metering/events?type=${encodeURIComponent(meter.event_type)}`}>
              See the events of type {meter.event_type}
            </Anchor>
            .
          </EmptyState>
        ) : (
          <Suspense fallback={<Skeleton h={280} />}>
            <UsageChart points={points} series={series} label={`Usage of ${meter.name} over time`} />
          </Suspense>
        )}
      </Paper>
      <Tabs defaultValue="table" keepMounted={false}>
        <Group justify="space-between" align="center" mb="sm">
          <Tabs.List>
            <Tabs.Tab value="table">Table</Tabs.Tab>
            <Tabs.Tab value="call">API call</Tabs.Tab>
          </Tabs.List>
          <CsvButton meter={meter} asked={asked} />
        </Group>
        <Tabs.Panel value="table">
          <Listing
            label="Usage"
            rows={rows.slice(0, ROWS_SHOWN)}
            rowKey={({ from, dimensions }) => `${from} ${JSON.stringify(dimensions)}`}
            columns={columns}
            empty={
              <Text c="dimmed" size="sm">
                No rows.
              </Text>
            }
          />
          {rows.length > ROWS_SHOWN && (
            <Text size="sm" c="dimmed" mt="xs">
              The newest {ROWS_SHOWN} of <NumberFormatter value={rows.length} thousandSeparator /> rows; the
              CSV has all of them.
            </Text>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="call">
          <Call path={`/v3/openmeter/meters/${meter.id}/query`} body={asked} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

/** A local date and time, kept as an instant. */
function Moment({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string | null;
  onChange: (instant: string) => void;
}) {
  const date = value ? new Date(value) : undefined;
  const local = date
    ? new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
    : '';
  return (
    <TextInput
      label={label}
      type="datetime-local"
      value={local}
      onChange={({ currentTarget }) => {
        const millis = Date.parse(currentTarget.value);
        if (!Number.isNaN(millis)) {
          onChange(new Date(millis).toISOString());
        }
      }}
    />
  );
}

function CsvButton({ meter, asked }: { meter: Schemas['Meter']; asked: Schemas['MeterQueryRequest'] }) {
  const [busy, setBusy] = useState(false);
  const download = async () => {
    setBusy(true);
    try {
      const { data } = await client.POST('/v3/openmeter/meters/{meterId}/query', {
        params: { path: { meterId: meter.id } },
        body: asked,
        headers: { Accept: 'text/csv' },
        parseAs: 'blob',
      });
      const link = document.createElement('a');
      link.href = URL.createObjectURL(data as Blob);
      link.download = `${meter.key}.csv`;
      link.click();
      URL.revokeObjectURL(link.href);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconDownload size={14} />}
      loading={busy}
      onClick={() => void download()}
    >
      CSV
    </Button>
  );
}

/** The request that has made what is on the screen, ready for a shell. */
export function Call({ path, body }: { path: string; body: unknown }) {
  const text = `curl -X POST ${location.origin}${path} \\
  -H "Authorization: Bearer $USANCE_TOKEN" \\
  -H "Content-Type: application/json" \\
  -d '${JSON.stringify(body, null, 2).replaceAll("'", "'\\''")}'`;
  return (
    <Stack gap="xs">
      <Code block tabIndex={0}>
        {text}
      </Code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button variant="default" size="xs" w="fit-content" onClick={copy}>
            {copied ? 'Copied' : 'Copy'}
          </Button>
        )}
      </CopyButton>
    </Stack>
  );
}
