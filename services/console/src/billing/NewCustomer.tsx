import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { Link, useNavigate } from 'react-router';
import { $api } from '../api/client';
import { faultsByField } from '../api/problem';
import { Page } from '../ui/Page';
import { ProblemAlert } from '../ui/ProblemAlert';
import { CUSTOMER_FIELDS, CustomerFields, customerFaults, customerForm, customerOf } from './CustomerFields';

export function NewCustomer() {
  const navigate = useNavigate();
  const create = $api.useMutation('post', '/v3/openmeter/customers');
  const form = useForm({
    initialValues: customerForm(),
    validate: {
      name: (name) => (name.trim() ? null : 'Give the customer a name.'),
      key: (key) => (key.trim() ? null : 'Give the customer the key that its events carry as their subject.'),
    },
  });
  return (
    <Page title="Create customer" trail={[{ label: 'Billing', to: '/billing' }]}>
      <form
        noValidate
        onSubmit={form.onSubmit((values) =>
          create.mutate(
            { body: { ...customerOf(values), key: values.key.trim() } },
            {
              onSuccess: ({ id, name }) => {
                notifications.show({ message: `Customer ${name} is there` });
                void navigate(`/billing/customers/${id}`);
              },
              onError: (failure) => form.setErrors(customerFaults(faultsByField(failure, CUSTOMER_FIELDS))),
            },
          ),
        )}
      >
        <Stack maw={640}>
          {create.isError && <ProblemAlert failure={create.error} shown={CUSTOMER_FIELDS} />}
          <CustomerFields form={form} known={false} />
          <Group>
            <Button type="submit" loading={create.isPending}>
              Save
            </Button>
            <Button variant="subtle" component={Link} to="/billing">
              Cancel
            </Button>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}
