import { Anchor, Badge, Button, Code } from '@mantine/core';
import { IconGauge, IconSearch } from '@tabler/icons-react';
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
import { aggregationLabel } from './aggregation';
import { METERING_TABS } from './tabs';

export function MeterList() {
  const list = useListState();
  const mayChange = useMay('changeMeters');
  const meters = $api.useQuery(
    'get',
    '/v3/openmeter/meters',
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
      title="Metering"
      description="A meter turns the events of one type into a number: runs, tokens, seconds."
      tabs={METERING_TABS}
      actions={
        mayChange && (
          <Button component={Link} to="/metering/new">
            New meter
          </Button>
        )
      }
    >
      <SearchField what="meters" list={list} />
      <Loaded query={meters} what="meters">
        {({ data, meta }) => (
          <Listing
            label="Meters"
            rows={data}
            rowKey={({ id }) => id}
            page={meta.page}
            onPage={list.setPage}
            columns={[
              {
                label: 'Name',
                cell: ({ id, name }) => (
                  <Anchor component={Link} to={`/metering/meters/${id}`}>
                    {name}
                  </Anchor>
                ),
              },
              { label: 'Key', cell: ({ key }) => <Code>{key}</Code>, from: 'sm' },
              { label: 'Event type', cell: ({ event_type }) => <Code>{event_type}</Code> },
              {
                label: 'Aggregation',
                cell: ({ aggregation }) => <Badge variant="default">{aggregationLabel(aggregation)}</Badge>,
              },
              { label: 'Created', cell: ({ created_at }) => day(created_at), from: 'md' },
            ]}
            empty={
              list.settled ? (
                <EmptyState icon={IconSearch} title={`No meter is called “${list.settled}”`} />
              ) : (
                <EmptyState
                  icon={IconGauge}
                  title="No meters yet"
                  action={
                    mayChange && (
                      <Button component={Link} to="/metering/new" mt="sm">
                        Create the first meter
                      </Button>
                    )
                  }
                >
                  Start from a template, such as <i>Count agent runs</i>. A meter counts the events that came
                  before it, too, so none is lost.
                </EmptyState>
              )
            }
          />
        )}
      </Loaded>
    </Page>
  );
}
