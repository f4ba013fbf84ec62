import { Button, Group, Radio, Select, Stack, TextInput, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { $api, type Schemas } from '../api/client';
import { faultsByField } from '../api/problem';
import { Page } from '../ui/Page';
import { ProblemAlert } from '../ui/ProblemAlert';
import { keyOf } from '../ui/format';
import { useCurrencyChoices } from './currencies';
import { ADDON_TRAIL } from './tabs';

const FIELDS = ['name', 'key', 'description', 'currency', 'instance_type'];

export function NewAddon() {
  const navigate = useNavigate();
  const currencies = useCurrencyChoices();
  const create = $api.useMutation('post', '/v3/openmeter/addons');
  const [ownKey, setOwnKey] = useState(false);
  const form = useForm({
    initialValues: {
      name: '',
      key: '',
      description: '',
      currency: 'USD',
      instance_type: 'single' as Schemas['AddonInstanceType'],
    },
    validate: {
      name: (name) => (name.trim() ? null : 'Give the add-on a name.'),
      key: (key) => (key.trim() ? null : 'Give the add-on a key.'),
    },
  });
  return (
    <Page
      title="Create add-on"
      trail={ADDON_TRAIL}
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
                rate_cards: [],
              },
            },
            {
              onSuccess: ({ id }) => void navigate(`/catalog/add-ons/${id}`),
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
            required
            {...form.getInputProps('key')}
            onChange={({ currentTarget: { value } }) => {
              setOwnKey(true);
              form.setFieldValue('key', value);
            }}
          />
          <Radio.Group label="Instance type" {...form.getInputProps('instance_type')}>
            <Group mt="xs">
              <Radio value="single" label="Single: a subscription has it once" />
              <Radio value="multiple" label="Multiple: a subscription has as many as it needs" />
            </Group>
          </Radio.Group>
          <Select
            label="Currency"
            data={currencies}
            searchable
            allowDeselect={false}
            {...form.getInputProps('currency')}
          />
          <Textarea label="Description" autosize minRows={2} {...form.getInputProps('description')} />
          <Group>
            <Button type="submit" loading={create.isPending}>
              Save
            </Button>
            <Button variant="subtle" component={Link} to="/catalog/add-ons">
              Cancel
            </Button>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}
