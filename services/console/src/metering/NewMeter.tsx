import { Button, Grid, Group, Menu, Paper, Select, Stack, Text, TextInput, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { $api, type Schemas } from '../api/client';
import { faultsByField } from '../api/problem';
import { Page } from '../ui/Page';
import { ProblemAlert } from '../ui/ProblemAlert';
import { keyOf } from '../ui/format';
import { AGGREGATIONS } from './aggregation';
import { DimensionFields, dimensionRows, dimensionsOf, type DimensionRow } from './DimensionFields';
import { MeterCheck } from './MeterCheck';
import { METERING_TRAIL } from './tabs';

interface Fields {
  name: string;
  key: string;
  description: string;
  event_type: string;
  aggregation: Schemas['MeterAggregation'];
  value_property: string;
  dimensions: DimensionRow[];
}

const FIELDS = ['name', 'key', 'description', 'event_type', 'aggregation', 'value_property', 'dimensions'];

function requestOf(fields: Fields): Schemas['CreateMeterRequest'] {
  const dimensions = dimensionsOf(fields.dimensions);
  return {
    name: fields.name.trim(),
    key: fields.key.trim(),
    event_type: fields.event_type.trim(),
    aggregation: fields.aggregation,
    ...(fields.description.trim() ? { description: fields.description.trim() } : {}),
    ...(fields.aggregation === 'count' ? {} : { value_property: fields.value_property.trim() }),
    ...(Object.keys(dimensions).length > 0 ? { dimensions } : {}),
  };
}

export function NewMeter() {
  const navigate = useNavigate();
  const templates = $api.useQuery('get', '/v3/openmeter/meter-templates');
  const create = $api.useMutation('post', '/v3/openmeter/meters');
  const [ownKey, setOwnKey] = useState(false);
  const form = useForm<Fields>({
    initialValues: {
      name: '',
      key: '',
      description: '',
      event_type: '',
      aggregation: 'count',
      value_property: '',
      dimensions: [],
    },
    validate: {
      name: (name) => (name.trim() ? null : 'Give the meter a name.'),
      key: (key) => (key.trim() ? null : 'Give the meter a key.'),
      event_type: (type) => (type.trim() ? null : 'Say the type of the events to count.'),
      value_property: (path, { aggregation }) =>
        aggregation === 'count' || path.trim() ? null : 'Say where the value is, such as $.tokens.',
    },
  });

  const apply = ({ meter }: Schemas['MeterTemplate']) => {
    setOwnKey(true);
    form.clearErrors();
    form.setValues({
      name: meter.name,
      key: meter.key,
      description: meter.description ?? '',
      event_type: meter.event_type,
      aggregation: meter.aggregation,
      value_property: meter.value_property ?? '',
      dimensions: dimensionRows(meter.dimensions),
    });
  };

  const save = (fields: Fields) =>
    create.mutate(
      { body: requestOf(fields) },
      {
        onSuccess: ({ id, name }) => {
          notifications.show({ message: `Meter ${name} is counting` });
          void navigate(`/metering/meters/${id}`);
        },
        onError: (failure) => form.setErrors(faultsByField(failure, FIELDS)),
      },
    );

  return (
    <Page
      title="New meter"
      trail={METERING_TRAIL}
      description="Say which events to count, and what to make of them. Key, event type, aggregation and value are fixed once saved."
      actions={
        <Menu position="bottom-end">
          <Menu.Target>
            <Button
              variant="default"
              rightSection={<IconChevronDown size={16} />}
              loading={templates.isPending}
            >
              Templates
            </Button>
          </Menu.Target>
          <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
            {templates.data?.data.map((template) => (
              <Menu.Item key={template.id} onClick={() => apply(template)} aria-label={template.name}>
                {template.name}
                {template.description && (
                  <Text size="xs" c="dimmed">
                    {template.description}
                  </Text>
                )}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      }
    >
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <form onSubmit={form.onSubmit(save)} noValidate>
            <Stack maw={640}>
              {create.isError && <ProblemAlert failure={create.error} shown={FIELDS} />}
              {templates.isError && <ProblemAlert failure={templates.error} />}
              <TextInput
                label="Name"
                required
                {...form.getInputProps('name')}
                onChange={({ currentTarget: { value } }) => {
                  form.setFieldValue('name', value);
                  if (!ownKey) {
                    form.setFieldValue('key', keyOf(value));
                  }
                }}
              />
              <TextInput
                label="Key"
                description="How code refers to it. Small letters, digits and underscores."
                required
                {...form.getInputProps('key')}
                onChange={({ currentTarget: { value } }) => {
                  setOwnKey(true);
                  form.setFieldValue('key', value);
                }}
              />
              <Textarea label="Description" autosize minRows={2} {...form.getInputProps('description')} />
              <TextInput
                label="Event Type Filter"
                description="Only events of exactly this type are counted."
                placeholder="agent_run"
                required
                {...form.getInputProps('event_type')}
              />
              <Select
                label="Aggregation"
                data={AGGREGATIONS}
                allowDeselect={false}
                description={AGGREGATIONS.find(({ value }) => value === form.values.aggregation)?.description}
                {...form.getInputProps('aggregation')}
              />
              {form.values.aggregation !== 'count' && (
                <TextInput
                  label="Value property"
                  description="JSONPath within an event's data: $.tokens, not $.data.tokens."
                  placeholder="$.tokens"
                  required
                  {...form.getInputProps('value_property')}
                />
              )}
              <DimensionFields
                rows={form.values.dimensions}
                onChange={(rows) => form.setFieldValue('dimensions', rows)}
                error={form.errors.dimensions as string | undefined}
              />
              <Group>
                <Button type="submit" loading={create.isPending}>
                  Save
                </Button>
                <Button variant="subtle" component={Link} to="/metering">
                  Cancel
                </Button>
              </Group>
            </Stack>
          </form>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Paper withBorder p="md">
            <MeterCheck meter={requestOf(form.values)} />
          </Paper>
        </Grid.Col>
      </Grid>
    </Page>
  );
}
