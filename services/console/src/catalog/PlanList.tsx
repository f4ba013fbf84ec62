import { Anchor, Button, Code, Group, Select } from '@mantine/core';
import { IconReceipt2, IconSearch } from '@tabler/icons-react';
import { Link } from 'react-router';
import { $api } from '../api/client';
import { useMay } from '../session/session';
import { EmptyState } from '../ui/EmptyState';
import { Listing } from '../ui/Listing';
import { Loaded } from '../ui/Loaded';
import { Page } from '../ui/Page';
import { SearchField } from '../ui/SearchField';
import { Status } from '../ui/Status';
import { day, every } from '../ui/format';
import { useListState } from '../ui/useListState';
import { CATALOG_TABS } from './tabs';

export function PlanList() {
  const list = useListState();
  const mayChange = useMay('changeCatalog');
  const status = list.get('status');
  const plans = $api.useQuery(
    'get',
    '/v3/openmeter/plans',
    {
      params: {
        query: {
          page: { number: list.page, size: 20 },
          sort: 'updated_at desc',
          filter: {
            ...(list.settled ? { name: { contains: list.settled } } : {}),
            ...(status ? { status } : {}),
          },
        },
      },
    },
    { placeholderData: (old) => old },
  );
  return (
    <Page
      title="Product Catalog"
      description="A plan is a set of rate cards that a customer subscribes to. Published versions never change."
      tabs={CATALOG_TABS}
      actions={
        mayChange && (
          <Button component={Link} to="/catalog/plans/new">
            Create Plan
          </Button>
        )
      }
    >
      <Group align="flex-start" gap="sm">
        <SearchField what="plans" list={list} />
        <Select
          aria-label="Status"
          placeholder="Any status"
          data={[
            { value: 'draft', label: 'Draft' },
            { value: 'active', label: 'Active' },
            { value: 'archived', label: 'Archived' },
          ]}
          value={status || null}
          clearable
          w={150}
          onChange={(value) => list.set('status', value)}
        />
      </Group>
      <Loaded query={plans} what="plans">
        {({ data, meta }) => (
          <Listing
            label="Plans"
            rows={data}
            rowKey={({ id }) => id}
            page={meta.page}
            onPage={list.setPage}
            columns={[
              {
                label: 'Name',
                cell: ({ id, name }) => (
                  <Anchor component={Link} to={`/catalog/plans/${id}`}>
                    {name}
                  </Anchor>
                ),
              },
              { label: 'Key', cell: ({ key }) => <Code>{key}</Code>, from: 'sm' },
              { label: 'Version', cell: ({ version }) => version },
              { label: 'Status', cell: ({ status: current }) => <Status status={current} /> },
              { label: 'Currency', cell: ({ currency }) => currency, from: 'md' },
              {
                label: 'Billed',
                cell: ({ billing_cadence }) => every(billing_cadence),
                from: 'md',
              },
              { label: 'Changed', cell: ({ updated_at }) => day(updated_at), from: 'md' },
            ]}
            empty={
              list.settled || status ? (
                <EmptyState icon={IconSearch} title="No plan is like this" />
              ) : (
                <EmptyState icon={IconReceipt2} title="No plans yet">
                  Create a plan, add a rate card for each feature, and publish it. Until then nobody can
                  subscribe.
                </EmptyState>
              )
            }
          />
        )}
      </Loaded>
    </Page>
  );
}
