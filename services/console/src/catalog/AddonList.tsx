import { Anchor, Button, Code } from '@mantine/core';
import { IconPuzzle, IconSearch } from '@tabler/icons-react';
import { Link } from 'react-router';
import { $api } from '../api/client';
import { useMay } from '../session/session';
import { EmptyState } from '../ui/EmptyState';
import { Listing } from '../ui/Listing';
import { Loaded } from '../ui/Loaded';
import { Page } from '../ui/Page';
import { SearchField } from '../ui/SearchField';
import { Status } from '../ui/Status';
import { day } from '../ui/format';
import { useListState } from '../ui/useListState';
import { CATALOG_TABS } from './tabs';

export function AddonList() {
  const list = useListState();
  const mayChange = useMay('changeCatalog');
  const addons = $api.useQuery(
    'get',
    '/v3/openmeter/addons',
    {
      params: {
        query: {
          page: { number: list.page, size: 20 },
          sort: 'updated_at desc',
          ...(list.settled ? { filter: { name: { contains: list.settled } } } : {}),
        },
      },
    },
    { placeholderData: (old) => old },
  );
  return (
    <Page
      title="Product Catalog"
      description="Add-ons are rate cards that are sold on top of a plan, once or several times."
      tabs={CATALOG_TABS}
      actions={
        mayChange && (
          <Button component={Link} to="/catalog/add-ons/new">
            Create Add-on
          </Button>
        )
      }
    >
      <SearchField what="add-ons" list={list} />
      <Loaded query={addons} what="add-ons">
        {({ data, meta }) => (
          <Listing
            label="Add-ons"
            rows={data}
            rowKey={({ id }) => id}
            page={meta.page}
            onPage={list.setPage}
            columns={[
              {
                label: 'Name',
                cell: ({ id, name }) => (
                  <Anchor component={Link} to={`/catalog/add-ons/${id}`}>
                    {name}
                  </Anchor>
                ),
              },
              { label: 'Key', cell: ({ key }) => <Code>{key}</Code>, from: 'sm' },
              { label: 'Version', cell: ({ version }) => version },
              { label: 'Status', cell: ({ status }) => <Status status={status} /> },
              { label: 'Sold', cell: ({ instance_type }) => SOLD[instance_type], from: 'md' },
              { label: 'Currency', cell: ({ currency }) => currency, from: 'md' },
              { label: 'Changed', cell: ({ updated_at }) => day(updated_at), from: 'md' },
            ]}
            empty={
              list.settled ? (
                <EmptyState icon={IconSearch} title={`No add-on is called “${list.settled}”`} />
              ) : (
                <EmptyState icon={IconPuzzle} title="No add-ons yet">
                  Create one, add its rate cards, publish it, and attach it to a draft of a plan.
                </EmptyState>
              )
            }
          />
        )}
      </Loaded>
    </Page>
  );
}

export const SOLD = { single: 'once', multiple: 'several times' } as const;
