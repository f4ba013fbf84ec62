import { Badge, Button, Code, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Link, useNavigate, useParams } from 'react-router';
import { $api, type Schemas } from '../api/client';
import { useMay } from '../session/session';
import { UsagePanel } from '../usage/UsagePanel';
import { ConfirmButton } from '../ui/ConfirmButton';
import { Loaded } from '../ui/Loaded';
import { Page } from '../ui/Page';
import { aggregationLabel } from './aggregation';
import { METERING_TRAIL } from './tabs';

export function MeterPage() {
  const { meterId = '' } = useParams();
  const meter = $api.useQuery('get', '/v3/openmeter/meters/{meterId}', { params: { path: { meterId } } });
  return (
    <Loaded query={meter} what="meter">
      {(data) => <View meter={data} />}
    </Loaded>
  );
}

function View({ meter }: { meter: Schemas['Meter'] }) {
  const mayChange = useMay('changeMeters');
  const navigate = useNavigate();
  const remove = $api.useMutation('delete', '/v3/openmeter/meters/{meterId}');
  return (
    <Page
      title={meter.name}
      mark={<Badge variant="default">{aggregationLabel(meter.aggregation)}</Badge>}
      trail={METERING_TRAIL}
      description={meter.description}
      actions={
        mayChange && (
          <>
            <Button variant="default" component={Link} to={`/metering/meters/${meter.id}/edit`}>
              Edit
            </Button>
            <ConfirmButton
              label="Delete"
              variant="default"
              title={`Delete ${meter.name}?`}
              confirm="Delete meter"
              danger
              action={remove}
              run={(done) =>
                remove.mutate(
                  { params: { path: { meterId: meter.id } } },
                  {
                    onSuccess: () => {
                      done();
                      notifications.show({ message: `Meter ${meter.name} is deleted` });
                      void navigate('/metering');
                    },
                  },
                )
              }
            >
              Its events stay, and its key is free again. A meter that a feature counts with cannot be
              deleted.
            </ConfirmButton>
          </>
        )
      }
    >
      <Group gap="lg">
        <Fact name="Key" value={meter.key} />
        <Fact name="Event type" value={meter.event_type} />
        {meter.value_property && <Fact name="Value property" value={meter.value_property} />}
        {meter.dimensions && (
          <Fact
            name="Labels"
            value={Object.entries(meter.dimensions)
              .map(([name, path]) => `${name} ${path}`)
              .join(', ')}
          />
        )}
      </Group>
      <UsagePanel meter={meter} />
    </Page>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {name}
      </Text>
      <Code>{value}</Code>
    </div>
  );
}
