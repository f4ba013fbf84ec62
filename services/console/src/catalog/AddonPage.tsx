import { Button, Code, Group, Paper, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate, useParams } from 'react-router';
import { $api, type Schemas } from '../api/client';
import { useMay } from '../session/session';
import { ConfirmButton } from '../ui/ConfirmButton';
import { Facts } from '../ui/Facts';
import { Loaded } from '../ui/Loaded';
import { Page } from '../ui/Page';
import { ProblemAlert } from '../ui/ProblemAlert';
import { Status } from '../ui/Status';
import { SOLD } from './AddonList';
import { ValidationErrors } from './ValidationErrors';
import { RateCards } from './ratecard/RateCards';
import { ADDON_TRAIL } from './tabs';

export function AddonPage() {
  const { addonId = '' } = useParams();
  const addon = $api.useQuery('get', '/v3/openmeter/addons/{addonId}', { params: { path: { addonId } } });
  return (
    <Loaded query={addon} what="add-on">
      {(data) => <View addon={data} />}
    </Loaded>
  );
}

function View({ addon }: { addon: Schemas['Addon'] }) {
  const mayChange = useMay('changeCatalog') && !addon.deleted_at;
  const draft = mayChange && addon.status === 'draft';
  const update = $api.useMutation('put', '/v3/openmeter/addons/{addonId}');
  return (
    <Page
      title={addon.name}
      mark={
        <Group gap="xs">
          <Status status={addon.status} />
          <Text c="dimmed" size="sm">
            Version {addon.version}
          </Text>
        </Group>
      }
      trail={ADDON_TRAIL}
      description={addon.description}
      actions={mayChange && <Actions addon={addon} />}
    >
      <ValidationErrors errors={draft ? (addon.validation_errors ?? []) : []} />
      <Facts
        facts={[
          ['Key', <Code key="key">{addon.key}</Code>],
          ['Currency', addon.currency],
          ['Sold', SOLD[addon.instance_type]],
        ]}
      />
      <Paper withBorder p="md">
        <RateCards
          cards={addon.rate_cards}
          currency={addon.currency}
          cadence="P1M"
          prefix="rate_cards"
          save={
            draft
              ? (rate_cards) =>
                  update.mutateAsync({
                    params: { path: { addonId: addon.id } },
                    body: {
                      name: addon.name,
                      instance_type: addon.instance_type,
                      ...(addon.description ? { description: addon.description } : {}),
                      ...(addon.labels ? { labels: addon.labels } : {}),
                      rate_cards,
                    },
                  })
              : undefined
          }
        />
      </Paper>
    </Page>
  );
}

function Actions({ addon }: { addon: Schemas['Addon'] }) {
  const navigate = useNavigate();
  const publish = $api.useMutation('post', '/v3/openmeter/addons/{addonId}/publish');
  const archive = $api.useMutation('post', '/v3/openmeter/addons/{addonId}/archive');
  const remove = $api.useMutation('delete', '/v3/openmeter/addons/{addonId}');
  const create = $api.useMutation('post', '/v3/openmeter/addons');
  const path = { params: { path: { addonId: addon.id } } };
  return (
    <>
      {create.isError && <ProblemAlert failure={create.error} />}
      {addon.status !== 'active' && (
        <ConfirmButton
          label="Delete"
          variant="default"
          title={`Delete version ${addon.version} of ${addon.name}?`}
          confirm="Delete version"
          danger
          action={remove}
          run={(done) =>
            remove.mutate(path, {
              onSuccess: () => {
                done();
                notifications.show({ message: `Version ${addon.version} of ${addon.name} is deleted` });
                void navigate('/catalog/add-ons');
              },
            })
          }
        >
          What was bought goes on.
        </ConfirmButton>
      )}
      {addon.status === 'draft' && (
        <ConfirmButton
          label="Publish Add-on"
          title={`Publish ${addon.name}?`}
          confirm="Publish"
          disabled={(addon.validation_errors?.length ?? 0) > 0}
          action={publish}
          run={(done) =>
            publish.mutate(path, {
              onSuccess: () => {
                done();
                notifications.show({ message: `${addon.name} can be attached to plans` });
              },
            })
          }
        >
          From now on version {addon.version} can be attached to plans, and it cannot be changed any more.
        </ConfirmButton>
      )}
      {addon.status === 'active' && (
        <ConfirmButton
          label="Archive"
          variant="default"
          title={`Archive ${addon.name}?`}
          confirm="Archive add-on"
          danger
          action={archive}
          run={(done) =>
            archive.mutate(path, {
              onSuccess: () => {
                done();
                notifications.show({ message: `${addon.name} is archived` });
              },
            })
          }
        >
          It can be attached to plans and bought no more. What was bought goes on.
        </ConfirmButton>
      )}
      {addon.status !== 'draft' && (
        <Button
          variant="default"
          loading={create.isPending}
          onClick={() =>
            create.mutate(
              {
                body: {
                  name: addon.name,
                  key: addon.key,
                  instance_type: addon.instance_type,
                  currency: addon.currency,
                  rate_cards: addon.rate_cards,
                  ...(addon.description ? { description: addon.description } : {}),
                  ...(addon.labels ? { labels: addon.labels } : {}),
                },
              },
              { onSuccess: ({ id }) => void navigate(`/catalog/add-ons/${id}`) },
            )
          }
        >
          New version
        </Button>
      )}
    </>
  );
}
