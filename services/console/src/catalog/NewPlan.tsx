import { Button, Group, Select, Stack, Switch, TextInput, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { $api } from '../api/client';
import { faultsByField } from '../api/problem';
import { Page } from '../ui/Page';
import { ProblemAlert } from '../ui/ProblemAlert';
import { CADENCES, keyOf } from '../ui/format';
import { useCurrencyChoices } from './currencies';
import { PLAN_TRAIL } from './tabs';

const FIELDS = ['name', 'key', 'description', 'currency', 'billing_cadence', 'pro_rating_enabled'];

export function NewPlan() {
  const navigate = useNavigate();
  const currencies = useCurrencyChoices();
  const create = $api.useMutation('post', '/v3/openmeter/plans');
  const [ownKey, setOwnKey] = useState(false);
  const form = useForm({
    initialValues: {
      name: '',
      key: '',
      description: '',
      currency: 'USD',
      billing_cadence: 'P1M',
      pro_rating_enabled: true,
    },
    validate: {
      name: (name) => (name.trim() ? null : 'Give the plan a name.'),
      key: (key) => (key.trim() ? null : 'Give the plan a key.'),
    },
  });
  return (
    <Page
      title="Create plan"
      trail={PLAN_TRAIL}
      description="Saving makes a draft. You add rate cards next, and publish when it is right."
    >
      <form
        noValidate
        onSubmit={form.onSubmit(({ description, ...values }) =>
          create.mutate(
            {
              body: {
                ...values,
                name: values.name.trim(),
                key: values.key.trim(),
                ...(description.trim() ? { description: description.trim() } : {}),
                phases: [{ name: 'Default', key: 'default', rate_cards: [] }],
              },
            },
            {
              onSuccess: ({ id }) => void navigate(`/catalog/plans/${id}`),
              onError: (failure) => form.setErrors(faultsByField(failure, FIELDS)),
            },
          ),
        )}
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
            description="The same for all versions of the plan."
            required
            {...form.getInputProps('key')}
            onChange={({ currentTarget: { value } }) => {
              setOwnKey(true);
              form.setFieldValue('key', value);
            }}
          />
          <Group grow align="flex-start">
            <Select
              label="Currency"
              data={currencies}
              searchable
              allowDeselect={false}
              {...form.getInputProps('currency')}
            />
            <Select
              label="Billing cadence"
              data={CADENCES}
              allowDeselect={false}
              {...form.getInputProps('billing_cadence')}
            />
          </Group>
          <Switch
            label="Pro-rating"
            description="Flat fees of a period that begins or ends in between are charged by the time that was used."
            {...form.getInputProps('pro_rating_enabled', { type: 'checkbox' })}
          />
          <Textarea label="Description" autosize minRows={2} {...form.getInputProps('description')} />
          <Group>
            <Button type="submit" loading={create.isPending}>
              Save
            </Button>
            <Button variant="subtle" component={Link} to="/catalog/plans">
              Cancel
            </Button>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}
