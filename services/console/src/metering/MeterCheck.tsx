import {
  Badge,
  Code,
  Group,
  JsonInput,
  List,
  SegmentedControl,
  Skeleton,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { $api, type Schemas } from '../api/client';
import { asProblem } from '../api/problem';
import { decimal } from '../ui/format';

const PASTED = '{\n  "tokens": 1200,\n  "model": "gpt-5"\n}';

/** The data of what was pasted: a whole event's, or itself; undefined when it is no JSON object. */
export function dataOf(text: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
      return undefined;
    }
    const { specversion, data } = parsed as { specversion?: unknown; data?: unknown };
    return specversion === undefined
      ? (parsed as Record<string, unknown>)
      : ((data ?? {}) as Record<string, unknown>);
  } catch {
    return undefined;
  }
}

/** Tries a meter while it is being typed, on the latest events or on a pasted one, by the rules that count. */
export function MeterCheck({ meter }: { meter: Schemas['CreateMeterRequest'] }) {
  const [source, setSource] = useState<'recent' | 'pasted'>('recent');
  const [text, setText] = useState(PASTED);
  const pasted = dataOf(text);
  const [settled] = useDebouncedValue(
    JSON.stringify({
      meter: {
        event_type: meter.event_type,
        aggregation: meter.aggregation,
        ...(meter.value_property ? { value_property: meter.value_property } : {}),
        ...(meter.dimensions
          ? { dimensions: Object.fromEntries(Object.entries(meter.dimensions).filter(([, path]) => path)) }
          : {}),
      },
      ...(source === 'pasted' ? { data: pasted } : {}),
    }),
    300,
  );
  const asked = JSON.parse(settled) as Schemas['MeterCheckRequest'];
  const ready = asked.meter.event_type !== '' && (source === 'recent' || pasted !== undefined);
  const check = $api.useQuery(
    'post',
    '/v3/openmeter/meters/check',
    { body: asked },
    { enabled: ready, placeholderData: (old) => old, retry: false },
  );
  return (
    <Stack gap="sm">
      <Title order={2} size="h5">
        Try it
      </Title>
      <SegmentedControl
        aria-label="What to try it on"
        data={[
          { value: 'recent', label: 'Latest events' },
          { value: 'pasted', label: 'Pasted event' },
        ]}
        value={source}
        onChange={(value) => setSource(value as typeof source)}
      />
      {source === 'pasted' && (
        <JsonInput
          label="An event, or its data"
          autosize
          minRows={5}
          maxRows={16}
          value={text}
          error={pasted ? undefined : 'Not a JSON object.'}
          onChange={setText}
        />
      )}
      {!ready && source === 'recent' && (
        <Text size="sm" c="dimmed">
          Say the type of the events, and see what the meter makes of the latest ones.
        </Text>
      )}
      {ready && check.isPending && <Skeleton h={80} />}
      {ready && check.error && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {asProblem(check.error).detail}
        </Text>
      )}
      {ready && !check.error && check.data && <Result result={check.data} type={asked.meter.event_type} />}
    </Stack>
  );
}

function Result({ result, type }: { result: Schemas['MeterCheckResult']; type: string }) {
  return (
    <Stack gap="xs" aria-live="polite">
      {result.faults.length > 0 && (
        <List size="sm" c="var(--mantine-color-error)">
          {result.faults.map(({ field, message }) => (
            <List.Item key={field}>
              <Code>{field}</Code> {message}
            </List.Item>
          ))}
        </List>
      )}
      {result.events.length === 0 && (
        <Text size="sm" c="dimmed">
          No event of type <Code>{type}</Code> has come lately. Paste one, or save: the meter counts it when
          it comes.
        </Text>
      )}
      {result.events.map((tried, i) => (
        <Group
          key={tried.event ? `${tried.event.source} ${tried.event.id}` : i}
          gap="xs"
          wrap="nowrap"
          align="flex-start"
        >
          <Badge color={tried.counted ? 'teal.9' : 'red.9'} miw={72} style={{ flexShrink: 0 }}>
            {tried.counted ? `+${isNumber(tried.value) ? decimal(tried.value) : tried.value}` : 'Not counted'}
          </Badge>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {tried.message && `${tried.message}. `}
            {Object.entries(tried.dimensions)
              .map(([name, value]) => `${name}: ${value}`)
              .join(', ')}
            {tried.event && (
              <Text span c="dimmed">
                {' '}
                event {tried.event.id}
              </Text>
            )}
          </Text>
        </Group>
      ))}
    </Stack>
  );
}

function isNumber(value: string | undefined): value is string {
  return value !== undefined && /^-?\d+(\.\d+)?$/.test(value);
}
