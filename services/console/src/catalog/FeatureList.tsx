import { Anchor, Button, Code } from '@mantine/core';
import { IconBox, IconSearch } from '@tabler/icons-react';
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
import { conditionsText } from './conditions';
import { useMeterNames } from './meters';
import { CATALOG_TABS } from './tabs';

export function FeatureList() {
  const list = useListState();
  const mayChange = useMay('changeCatalog');
  const nameOf = useMeterNames();
  const features = $api.useQuery(
    'get',
    '/v3/openmeter/features',
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
  const create = mayChange && (
    <Button component={Link} to="/catalog/features/new">
      Create Feature
    </Button>
  );
  return (
    <Page
      title="Product Catalog"
      description="Meters collect, features are what you sell: a meter, or a slice of it, with a name that customers know."
      tabs={CATALOG_TABS}
      actions={create}
    >
      <SearchField what="features" list={list} />
      <Loaded query={features} what="features">
        {({ data, meta }) => (
          <Listing
            label="Features"
            rows={data}
            rowKey={({ id }) => id}
            page={meta.page}
            onPage={list.setPage}
            columns={[
              {
                label: 'Name',
                cell: ({ id, name }) => (
                  <Anchor component={Link} to={`/catalog/features/${id}`}>
                    {name}
                  </Anchor>
                ),
              },
              { label: 'Key', cell: ({ key }) => <Code>{key}</Code>, from: 'sm' },
              { label: 'Meter', cell: ({ meter }) => (meter ? nameOf(meter.id) : '—') },
              { label: 'Only where', cell: ({ meter }) => conditionsText(meter?.filters), from: 'md' },
              { label: 'Created', cell: ({ created_at }) => day(created_at), from: 'md' },
            ]}
            empty={
              list.settled ? (
                <EmptyState icon={IconSearch} title={`No feature is called “${list.settled}”`} />
              ) : (
                <EmptyState icon={IconBox} title="No features yet">
                  A feature makes a meter billable. Create one, and give it a price in a plan.
                </EmptyState>
              )
            }
          />
        )}
      </Loaded>
    </Page>
  );
}
