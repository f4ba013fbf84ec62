import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { Link, useNavigate, useParams } from 'react-router';
import { $api, type Schemas } from '../api/client';
import { faultsByField } from '../api/problem';
import { Loaded } from '../ui/Loaded';
import { Page } from '../ui/Page';
import { ProblemAlert } from '../ui/ProblemAlert';
import { CUSTOMER_FIELDS, CustomerFields, customerFaults, customerForm, customerOf } from './CustomerFields';

export function EditCustomer() {
  const { customerId = '' } = useParams();
  const customer = $api.useQuery('get', '/v3/openmeter/customers/{customerId}', {
    params: { path: { customerId } },
  });
  return (
    <Loaded query={customer} what="customer">
      {(data) => <EditForm customer={data} />}
    </Loaded>
  );
}

function EditForm({ customer }: { customer: Schemas['BillingCustomer'] }) {
  const navigate = useNavigate();
  const back = `/billing/customers/${customer.id}`;
  const update = $api.useMutation('put', '/v3/openmeter/customers/{customerId}');
  const form = useForm({
    initialValues: customerForm(customer),
    validate: { name: (name) => (name.trim() ? null : 'Give the customer a name.') },
  });
  return (
    <Page
      title={`Edit ${customer.name}`}
      trail={[
        { label: 'Billing', to: '/billing' },
        { label: customer.name, to: back },
      ]}
    >
      <form
        noValidate
        onSubmit={form.onSubmit((values) =>
          update.mutate(
            {
              params: { path: { customerId: customer.id } },
              body: { ...customerOf(values), ...(customer.labels ? { labels: customer.labels } : {}) },
            },
            {
              onSuccess: () => {
                notifications.show({ message: 'Saved' });
                void navigate(back);
              },
              onError: (failure) => form.setErrors(customerFaults(faultsByField(failure, CUSTOMER_FIELDS))),
            },
          ),
        )}
      >
        <Stack maw={640}>
          {update.isError && <ProblemAlert failure={update.error} shown={CUSTOMER_FIELDS} />}
          <CustomerFields form={form} known />
          <Group>
            <Button type="submit" loading={update.isPending}>
              Save
            </Button>
            <Button variant="subtle" component={Link} to={back}>
              Cancel
            </Button>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}
