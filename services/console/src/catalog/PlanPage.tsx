import { ActionIcon, Anchor, Button, Code, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { $api, type Schemas } from '../api/client';
import { useMay } from '../session/session';
import { ConfirmButton } from '../ui/ConfirmButton';
import { Facts } from '../ui/Facts';
import { Loaded } from '../ui/Loaded';
import { Page } from '../ui/Page';
import { ProblemAlert } from '../ui/ProblemAlert';
import { Status } from '../ui/Status';
import { day, duration, every } from '../ui/format';
import { EditPlan } from './EditPlan';
import { PhaseDialog } from './PhaseDialog';
import { PlanAddons } from './PlanAddons';
import { ValidationErrors } from './ValidationErrors';
import { RateCards } from './ratecard/RateCards';
import { PLAN_TRAIL } from './tabs';

type Plan = Schemas['BillingPlan'];
type Phase = Schemas['BillingPlanPhase'];

export function PlanPage() {
  const { planId = '' } = useParams();
  const plan = $api.useQuery('get', '/v3/openmeter/plans/{planId}', { params: { path: { planId } } });
  return (
    <Loaded query={plan} what="plan">
      {(data) => <View plan={data} />}
    </Loaded>
  );
}

function View({ plan }: { plan: Plan }) {
  const mayChange = useMay('changeCatalog') && !plan.deleted_at;
  const draft = mayChange && plan.status === 'draft';
  const update = $api.useMutation('put', '/v3/openmeter/plans/{planId}');
  const [phaseOpen, setPhaseOpen] = useState<number | 'new'>();
  const [editing, setEditing] = useState(false);

  /** Stores the draft with these changes; the API takes it whole. */
  const save = (changes: Partial<Schemas['UpsertPlanRequest']>) =>
    update.mutateAsync({
      params: { path: { planId: plan.id } },
      body: {
        name: plan.name,
        ...(plan.description ? { description: plan.description } : {}),
        ...(plan.labels ? { labels: plan.labels } : {}),
        pro_rating_enabled: plan.pro_rating_enabled ?? true,
        phases: plan.phases,
        ...changes,
      },
    });
  const savePhases = (phases: Phase[]) => save({ phases });

  return (
    <Page
      title={plan.name}
      mark={
        <Group gap="xs">
          <Status status={plan.status} />
          <Text c="dimmed" size="sm">
            Version {plan.version}
          </Text>
          {draft && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label="Edit name and description"
              onClick={() => setEditing(true)}
            >
              <IconPencil size={16} />
            </ActionIcon>
          )}
        </Group>
      }
      trail={PLAN_TRAIL}
      description={plan.description}
      actions={mayChange && <Actions plan={plan} />}
    >
      <ValidationErrors errors={draft ? (plan.validation_errors ?? []) : []} phases={plan.phases} />
      <Facts
        facts={[
          ['Key', <Code key="key">{plan.key}</Code>],
          ['Currency', plan.currency],
          ['Billed', every(plan.billing_cadence)],
          ['Pro-rating', plan.pro_rating_enabled ? 'On' : 'Off'],
          ...(plan.effective_from ? ([['In force', span(plan)]] as [string, string][]) : []),
        ]}
      />
      <Stack>
        {plan.phases.map((phase, index) => (
          <Paper key={phase.key} withBorder p="md" component="section" aria-label={`Phase ${phase.name}`}>
            <Group justify="space-between" mb="sm">
              <Group gap="xs">
                <Title order={2} size="h4">
                  {phase.name}
                </Title>
                <Text size="sm" c="dimmed">
                  {phase.duration
                    ? duration(phase.duration)
                    : index === 0
                      ? 'from the start'
                      : 'from then on'}
                </Text>
              </Group>
              {draft && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`Edit phase ${phase.name}`}
                  onClick={() => setPhaseOpen(index)}
                >
                  <IconPencil size={16} />
                </ActionIcon>
              )}
            </Group>
            <RateCards
              cards={phase.rate_cards}
              currency={plan.currency}
              cadence={plan.billing_cadence}
              prefix={`phases.${index}.rate_cards`}
              save={
                draft
                  ? (rate_cards) =>
                      savePhases(plan.phases.map((old, i) => (i === index ? { ...old, rate_cards } : old)))
                  : undefined
              }
            />
          </Paper>
        ))}
        {draft && (
          <Button
            variant="subtle"
            w="fit-content"
            leftSection={<IconPlus size={16} />}
            onClick={() => setPhaseOpen('new')}
          >
            Add phase
          </Button>
        )}
      </Stack>
      <PlanAddons plan={plan} editable={draft} />
      <Versions plan={plan} />
      {phaseOpen !== undefined && (
        <PhaseDialog
          phases={plan.phases}
          index={phaseOpen}
          save={savePhases}
          onClose={() => setPhaseOpen(undefined)}
        />
      )}
      {editing && <EditPlan plan={plan} save={save} onClose={() => setEditing(false)} />}
    </Page>
  );
}

function span({ effective_from, effective_to }: Plan): string {
  return effective_to ? `${day(effective_from)} to ${day(effective_to)}` : `since ${day(effective_from)}`;
}

function Actions({ plan }: { plan: Plan }) {
  const navigate = useNavigate();
  const publish = $api.useMutation('post', '/v3/openmeter/plans/{planId}/publish');
  const archive = $api.useMutation('post', '/v3/openmeter/plans/{planId}/archive');
  const remove = $api.useMutation('delete', '/v3/openmeter/plans/{planId}');
  const create = $api.useMutation('post', '/v3/openmeter/plans');
  const path = { params: { path: { planId: plan.id } } };
  const blocked = (plan.validation_errors?.length ?? 0) > 0;
  const deletion = (
    <ConfirmButton
      label="Delete"
      variant="default"
      title={`Delete version ${plan.version} of ${plan.name}?`}
      confirm="Delete version"
      danger
      action={remove}
      run={(done) =>
        remove.mutate(path, {
          onSuccess: () => {
            done();
            notifications.show({ message: `Version ${plan.version} of ${plan.name} is deleted` });
            void navigate('/catalog/plans');
          },
        })
      }
    >
      Subscriptions that were made with it go on.
    </ConfirmButton>
  );
  const version = (
    <Button
      variant="default"
      loading={create.isPending}
      onClick={() =>
        create.mutate(
          {
            body: {
              name: plan.name,
              key: plan.key,
              currency: plan.currency,
              billing_cadence: plan.billing_cadence,
              pro_rating_enabled: plan.pro_rating_enabled ?? true,
              phases: plan.phases,
              ...(plan.description ? { description: plan.description } : {}),
              ...(plan.labels ? { labels: plan.labels } : {}),
            },
          },
          {
            onSuccess: ({ id, version: number }) => {
              notifications.show({ message: `Version ${number} is a draft; subscriptions stay on theirs` });
              void navigate(`/catalog/plans/${id}`);
            },
          },
        )
      }
    >
      New version
    </Button>
  );
  return (
    <>
      {create.isError && <ProblemAlert failure={create.error} />}
      {plan.status === 'draft' && (
        <>
          {deletion}
          <ConfirmButton
            label="Publish Plan"
            title={`Publish ${plan.name}?`}
            confirm="Publish"
            disabled={blocked}
            action={publish}
            run={(done) =>
              publish.mutate(path, {
                onSuccess: () => {
                  done();
                  notifications.show({ message: `${plan.name} can be subscribed to` });
                },
              })
            }
          >
            From now on customers can subscribe to version {plan.version}, and it cannot be changed any more.
            {plan.version > 1 && ' The version before is archived; its subscriptions stay on it.'}
          </ConfirmButton>
        </>
      )}
      {plan.status === 'active' && (
        <>
          <ConfirmButton
            label="Archive"
            variant="default"
            title={`Archive ${plan.name}?`}
            confirm="Archive plan"
            danger
            action={archive}
            run={(done) =>
              archive.mutate(path, {
                onSuccess: () => {
                  done();
                  notifications.show({ message: `${plan.name} is archived` });
                },
              })
            }
          >
            Nobody can subscribe to it any more. Its subscriptions go on.
          </ConfirmButton>
          {version}
        </>
      )}
      {plan.status === 'archived' && (
        <>
          {deletion}
          {version}
        </>
      )}
    </>
  );
}

/** The plan's other versions. */
function Versions({ plan }: { plan: Plan }) {
  const { data } = $api.useQuery('get', '/v3/openmeter/plans', {
    params: { query: { page: { size: 100 }, sort: 'version desc', filter: { key: { eq: plan.key } } } },
  });
  const others = data?.data.filter(({ id }) => id !== plan.id) ?? [];
  if (others.length === 0) {
    return null;
  }
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        Other versions
      </Title>
      <Group gap="lg">
        {others.map(({ id, version, status }) => (
          <Group key={id} gap={6}>
            <Anchor component={Link} to={`/catalog/plans/${id}`}>
              Version {version}
            </Anchor>
            <Status status={status} />
          </Group>
        ))}
      </Group>
    </section>
  );
}
