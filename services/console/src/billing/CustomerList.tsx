import { Anchor, Button, Code } from '@mantine/core';
import { IconSearch, IconUsers } from '@tabler/icons-react';
import { Link } from 'react-router';
import { $api } from '../api/client';
import { useMay } from '../session/session';
import { EmptyState } from '../ui/EmptyState';
import { Listing } from '../ui/Listing';
import { Loaded } from '../ui/Loaded';
import { Page } from '../ui/Page';
import { SearchField } from '../ui/SearchField';
import { day } from '../ui/format';
import { useListState } from '../ui/useListState';

export function CustomerList() {
  const list = useListState();
  const mayChange = useMay('changeBilling');
  const customers = $api.useQuery(
    'get',
    '/v3/openmeter/customers',
    {
      params: {
        query: {
          page: { number: list.page, size: 20 },
          sort: 'name',
          ...(list.settled ? { filter: { name: { contains: list.settled } } } : {}),
        },
      },
    },
    { placeholderData: (old) => old },
  );
  return (
    <Page
      title="Billing"
      description="Customers pay. Events whose subject is a customer's key, id or one of its subject keys are its usage."
      actions={
        mayChange && (
          <Button component={Link} to="/billing/customers/new">
            Create Customer
          </Button>
        )
      }
    >
      <SearchField what="customers" list={list} />
      <Loaded query={customers} what="customers">
        {({ data, meta }) => (
          <Listing
            label="Customers"
            rows={data}
            rowKey={({ id }) => id}
            page={meta.page}
            onPage={list.setPage}
            columns={[
              {
                label: 'Name',
                cell: ({ id, name }) => (
                  <Anchor component={Link} to={`/billing/customers/${id}`}>
                    {name}
                  </Anchor>
                ),
              },
              { label: 'Key', cell: ({ key }) => <Code>{key}</Code> },
              {
                label: 'Other subjects',
                cell: ({ usage_attribution }) => usage_attribution?.subject_keys.join(', ') || '—',
                from: 'md',
              },
              { label: 'E-mail', cell: ({ primary_email }) => primary_email ?? '—', from: 'md' },
              { label: 'Currency', cell: ({ currency }) => currency ?? '—', from: 'sm' },
              { label: 'Created', cell: ({ created_at }) => day(created_at), from: 'sm' },
            ]}
            empty={
              list.settled ? (
                <EmptyState icon={IconSearch} title={`No customer is called “${list.settled}”`} />
              ) : (
                <EmptyState icon={IconUsers} title="No customers yet">
                  Create one with the key that your events carry as their subject. Usage that came before
                  counts, too.
                </EmptyState>
              )
            }
          />
        )}
      </Loaded>
    </Page>
  );
}
