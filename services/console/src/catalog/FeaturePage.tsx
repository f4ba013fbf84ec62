import { Anchor, Badge, Button, Code, Group, Paper, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { $api, type Schemas } from '../api/client';
import { faultsByField } from '../api/problem';
import { useMay } from '../session/session';
import { ConfirmButton } from '../ui/ConfirmButton';
import { Facts } from '../ui/Facts';
import { Loaded } from '../ui/Loaded';
import { Page } from '../ui/Page';
import { ProblemAlert } from '../ui/ProblemAlert';
import { day } from '../ui/format';
import { UnitCostFields } from './UnitCostFields';
import { conditionsText } from './conditions';
import { useMeters } from './meters';
import { FEATURE_TRAIL } from './tabs';
import { unitCostForm, unitCostOf, unitCostText } from './unitCost';

export function FeaturePage() {
  const { featureId = '' } = useParams();
  const feature = $api.useQuery('get', '/v3/openmeter/features/{featureId}', {
    params: { path: { featureId } },
  });
  return (
    <Loaded query={feature} what="feature">
      {(data) => <View feature={data} />}
    </Loaded>
  );
}

function View({ feature }: { feature: Schemas['Feature'] }) {
  const navigate = useNavigate();
  const mayChange = useMay('changeCatalog') && !feature.deleted_at;
  const meters = useMeters();
  const meter = meters.data?.data.find(({ id }) => id === feature.meter?.id);
  const archive = $api.useMutation('delete', '/v3/openmeter/features/{featureId}');
  return (
    <Page
      title={feature.name}
      mark={feature.deleted_at && <Badge color="gray.7">Archived</Badge>}
      trail={FEATURE_TRAIL}
      description={feature.description}
      actions={
        mayChange && (
          <ConfirmButton
            label="Archive"
            variant="default"
            title={`Archive ${feature.name}?`}
            confirm="Archive feature"
            danger
            action={archive}
            run={(done) =>
              archive.mutate(
                { params: { path: { featureId: feature.id } } },
                {
                  onSuccess: () => {
                    done();
                    notifications.show({ message: `Feature ${feature.name} is archived` });
                    void navigate('/catalog');
                  },
                },
              )
            }
          >
            It can no longer be put into plans, and its key is free again. What uses it already goes on.
          </ConfirmButton>
        )
      }
    >
      <Facts
        facts={[
          ['Key', <Code key="key">{feature.key}</Code>],
          [
            'Meter',
            feature.meter ? (
              <Anchor key="meter" component={Link} to={`/metering/meters/${feature.meter.id}`}>
                {meter?.name ?? feature.meter.id}
              </Anchor>
            ) : (
              'None'
            ),
          ],
          ['Only where', conditionsText(feature.meter?.filters)],
          ['Created', day(feature.created_at)],
          ['Unit cost', unitCostText(feature.unit_cost)],
        ]}
      />
      {mayChange && feature.meter && (
        <UnitCost
          key={feature.updated_at}
          feature={feature}
          dimensions={Object.keys(meter?.dimensions ?? {})}
        />
      )}
    </Page>
  );
}

function UnitCost({ feature, dimensions }: { feature: Schemas['Feature']; dimensions: string[] }) {
  const update = $api.useMutation('patch', '/v3/openmeter/features/{featureId}');
  const [form, setForm] = useState(() => unitCostForm(feature.unit_cost));
  return (
    <Paper withBorder p="md" maw={640}>
      <Stack>
        {update.isError && <ProblemAlert failure={update.error} shown={['unit_cost']} />}
        <UnitCostFields
          form={form}
          dimensions={dimensions}
          onChange={setForm}
          error={update.isError ? faultsByField(update.error, ['unit_cost']).unit_cost : undefined}
        />
        <Group>
          <Button
            variant="default"
            loading={update.isPending}
            onClick={() =>
              update.mutate(
                {
                  params: { path: { featureId: feature.id } },
                  body: {
                    unit_cost: (unitCostOf(form) ?? null) as Schemas['UpdateFeatureRequest']['unit_cost'],
                  } as Schemas['UpdateFeatureRequest'],
                },
                { onSuccess: () => notifications.show({ message: 'Saved' }) },
              )
            }
          >
            Save unit cost
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
