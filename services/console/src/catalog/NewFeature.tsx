import { ActionIcon, Button, Fieldset, Group, Select, Stack, Text, TextInput, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { $api, type Schemas } from '../api/client';
import { faultsByField } from '../api/problem';
import { Page } from '../ui/Page';
import { ProblemAlert } from '../ui/ProblemAlert';
import { keyOf } from '../ui/format';
import { UnitCostFields } from './UnitCostFields';
import { OPERATORS, conditionRow, conditionsOf, type ConditionRow, type Operator } from './conditions';
import { useMeters } from './meters';
import { FEATURE_TRAIL } from './tabs';
import { unitCostForm, unitCostOf } from './unitCost';

const FIELDS = ['name', 'key', 'description', 'meter', 'unit_cost'];

export function NewFeature() {
  const navigate = useNavigate();
  const meters = useMeters();
  const create = $api.useMutation('post', '/v3/openmeter/features');
  const [ownKey, setOwnKey] = useState(false);
  const form = useForm({
    initialValues: {
      name: '',
      key: '',
      description: '',
      meter: '',
      conditions: [] as ConditionRow[],
      unit_cost: unitCostForm(undefined),
    },
    validate: {
      name: (name) => (name.trim() ? null : 'Give the feature a name.'),
      key: (key) => (key.trim() ? null : 'Give the feature a key.'),
    },
  });
  const meter = meters.data?.data.find(({ id }) => id === form.values.meter);
  const dimensions = Object.keys(meter?.dimensions ?? {});
  const set = (id: string, changed: Partial<ConditionRow>) =>
    form.setFieldValue(
      'conditions',
      form.values.conditions.map((row) => (row.id === id ? { ...row, ...changed } : row)),
    );

  return (
    <Page title="Create feature" trail={FEATURE_TRAIL}>
      <form
        noValidate
        onSubmit={form.onSubmit((values) => {
          const filters = conditionsOf(values.conditions);
          const cost = unitCostOf(values.unit_cost);
          create.mutate(
            {
              body: {
                name: values.name.trim(),
                key: values.key.trim(),
                ...(values.description.trim() ? { description: values.description.trim() } : {}),
                ...(values.meter
                  ? { meter: { id: values.meter, ...(Object.keys(filters).length > 0 ? { filters } : {}) } }
                  : {}),
                ...(cost ? { unit_cost: cost as Schemas['CreateFeatureRequest']['unit_cost'] } : {}),
              } as Schemas['CreateFeatureRequest'],
            },
            {
              onSuccess: ({ name }) => {
                notifications.show({ message: `Feature ${name} is there to be priced` });
                void navigate('/catalog');
              },
              onError: (failure) => form.setErrors(faultsByField(failure, FIELDS)),
            },
          );
        })}
      >
        <Stack maw={640}>
          {create.isError && <ProblemAlert failure={create.error} shown={FIELDS} />}
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
            description="How code and rate cards refer to it. Fixed once saved."
            required
            {...form.getInputProps('key')}
            onChange={({ currentTarget: { value } }) => {
              setOwnKey(true);
              form.setFieldValue('key', value);
            }}
          />
          <Select
            label="Meter"
            description="What is counted. Without one the feature is something that is not counted, such as support."
            placeholder={meters.isPending && meters.isFetching ? 'Loading…' : 'None'}
            data={meters.data?.data.map(({ id, name }) => ({ value: id, label: name })) ?? []}
            searchable
            clearable
            nothingFoundMessage="No such meter"
            {...form.getInputProps('meter')}
            onChange={(id) => {
              form.setFieldValue('meter', id ?? '');
              form.setFieldValue('conditions', []);
            }}
          />
          {meter && dimensions.length > 0 && (
            <Fieldset legend="Only where">
              <Stack gap="xs">
                {form.values.conditions.length === 0 && (
                  <Text size="sm" c="dimmed">
                    Everything that the meter counts.
                  </Text>
                )}
                {form.values.conditions.map((row, i) => (
                  <Group key={row.id} gap="xs" align="flex-end">
                    <Select
                      label={i === 0 ? 'Group by' : undefined}
                      aria-label={`Group by, condition ${i + 1}`}
                      flex={1}
                      miw={120}
                      data={dimensions}
                      value={row.dimension || null}
                      onChange={(dimension) => set(row.id, { dimension: dimension ?? '' })}
                    />
                    <Select
                      label={i === 0 ? 'Operator' : undefined}
                      aria-label={`Operator, condition ${i + 1}`}
                      flex={1}
                      miw={120}
                      data={OPERATORS}
                      value={row.operator}
                      allowDeselect={false}
                      onChange={(operator) => set(row.id, { operator: operator as Operator })}
                    />
                    {row.operator !== 'exists' && row.operator !== 'missing' && (
                      <TextInput
                        label={i === 0 ? 'Value' : undefined}
                        aria-label={`Value, condition ${i + 1}`}
                        placeholder={row.operator === 'in' || row.operator === 'nin' ? 'a, b, c' : undefined}
                        flex={1}
                        miw={120}
                        value={row.value}
                        onChange={({ currentTarget: { value } }) => set(row.id, { value })}
                      />
                    )}
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      size="lg"
                      aria-label={`Remove condition ${i + 1}`}
                      onClick={() =>
                        form.setFieldValue(
                          'conditions',
                          form.values.conditions.filter(({ id }) => id !== row.id),
                        )
                      }
                    >
                      <IconTrash size={16} />
                    </ActionIcon>
                  </Group>
                ))}
                <Button
                  variant="subtle"
                  size="compact-sm"
                  w="fit-content"
                  leftSection={<IconPlus size={14} />}
                  onClick={() =>
                    form.setFieldValue('conditions', [...form.values.conditions, conditionRow()])
                  }
                >
                  Add group by filter
                </Button>
              </Stack>
            </Fieldset>
          )}
          <UnitCostFields
            form={form.values.unit_cost}
            dimensions={dimensions}
            onChange={(cost) => form.setFieldValue('unit_cost', cost)}
            error={form.errors.unit_cost as string | undefined}
          />
          <Textarea label="Description" autosize minRows={2} {...form.getInputProps('description')} />
          <Group>
            <Button type="submit" loading={create.isPending}>
              Save
            </Button>
            <Button variant="subtle" component={Link} to="/catalog">
              Cancel
            </Button>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}
