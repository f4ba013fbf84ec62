import {
  Anchor,
  Button,
  Group,
  Modal,
  Paper,
  Radio,
  Select,
  Stack,
  Stepper,
  Text,
  Title,
} from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCalendarRepeat } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { $api, type Schemas } from '../api/client';
import { entitlementText, priceText } from '../catalog/ratecard/form';
import { useMay } from '../session/session';
import { ConfirmButton } from '../ui/ConfirmButton';
import { EmptyState } from '../ui/EmptyState';
import { Facts } from '../ui/Facts';
import { Listing } from '../ui/Listing';
import { Loaded } from '../ui/Loaded';
import { ProblemAlert } from '../ui/ProblemAlert';
import { Status } from '../ui/Status';
import { every, moment } from '../ui/format';

type Customer = Schemas['BillingCustomer'];
type Subscription = Schemas['BillingSubscription'];

/** Which plan a customer is on, and was on. */
export function SubscriptionTab({ customer }: { customer: Customer }) {
  const mayChange = useMay('changeBilling') && !customer.deleted_at;
  const mayReadPlans = useMay('readCatalog');
  const [creating, setCreating] = useState(false);
  const subscriptions = $api.useQuery('get', '/v3/openmeter/subscriptions', {
    params: {
      query: { page: { size: 100 }, sort: 'active_from desc', filter: { customer_id: { eq: customer.id } } },
    },
  });
  const create = mayChange && mayReadPlans && (
    <Button onClick={() => setCreating(true)}>Create a Subscription</Button>
  );
  return (
    <Loaded query={subscriptions} what="subscriptions">
      {({ data }) => {
        const running = data.filter(({ status }) => status !== 'inactive');
        const past = data.filter(({ status }) => status === 'inactive');
        return (
          <Stack>
            {running.length === 0 && (
              <EmptyState icon={IconCalendarRepeat} title="No subscription" action={create}>
                A subscription puts {customer.name} on a plan. Usage from its start on is invoiced.
              </EmptyState>
            )}
            {running.map((subscription) => (
              <Running key={subscription.id} subscription={subscription} mayChange={mayChange} />
            ))}
            {past.length > 0 && (
              <section>
                <Title order={2} size="h4" mb="xs">
                  Ended
                </Title>
                <Listing
                  label="Ended subscriptions"
                  rows={past}
                  rowKey={({ id }) => id}
                  columns={[
                    { label: 'Plan', cell: ({ name, plan }) => `${name}, version ${plan?.version ?? '—'}` },
                    { label: 'From', cell: ({ active_from }) => moment(active_from) },
                    { label: 'To', cell: ({ active_to }) => moment(active_to) },
                  ]}
                  empty={null}
                />
              </section>
            )}
            {creating && <CreateSubscription customer={customer} onClose={() => setCreating(false)} />}
          </Stack>
        );
      }}
    </Loaded>
  );
}

function Running({ subscription, mayChange }: { subscription: Subscription; mayChange: boolean }) {
  const cancel = $api.useMutation('post', '/v3/openmeter/subscriptions/{subscriptionId}/cancel');
  const undo = $api.useMutation(
    'post',
    '/v3/openmeter/subscriptions/{subscriptionId}/unschedule-cancelation',
  );
  const [timing, setTiming] = useState<Schemas['BillingSubscriptionEditTimingEnum']>('next_billing_cycle');
  const path = { path: { subscriptionId: subscription.id } };
  const { plan, current_period: period } = subscription;
  return (
    <Paper withBorder p="md" component="section" aria-label={`Subscription to ${subscription.name}`}>
      <Stack>
        <Group justify="space-between">
          <Group gap="sm">
            <Title order={2} size="h4">
              {plan ? (
                <Anchor component={Link} to={`/catalog/plans/${plan.id}`} inherit>
                  {subscription.name}
                </Anchor>
              ) : (
                subscription.name
              )}
            </Title>
            <Status status={subscription.status} />
          </Group>
          {mayChange && subscription.status === 'canceled' && (
            <Button
              variant="default"
              loading={undo.isPending}
              onClick={() =>
                undo.mutate(
                  { params: path },
                  { onSuccess: () => notifications.show({ message: 'The subscription goes on' }) },
                )
              }
            >
              Undo cancellation
            </Button>
          )}
          {mayChange && subscription.status === 'active' && (
            <ConfirmButton
              label="Cancel Subscription"
              variant="default"
              title={`Cancel ${subscription.name}`}
              confirm="Save Changes"
              danger
              action={cancel}
              run={(done) =>
                cancel.mutate(
                  { params: path, body: { timing } },
                  {
                    onSuccess: () => {
                      done();
                      notifications.show({ message: 'The subscription is canceled' });
                    },
                  },
                )
              }
            >
              <Radio.Group
                label="When"
                description="What was used until then is still invoiced."
                value={timing}
                onChange={(value) => setTiming(value as typeof timing)}
              >
                <Stack gap="xs" mt="sm">
                  <Radio value="next_billing_cycle" label="At the end of the billing period" />
                  <Radio value="immediate" label="Immediately" />
                </Stack>
              </Radio.Group>
            </ConfirmButton>
          )}
        </Group>
        {undo.isError && <ProblemAlert failure={undo.error} />}
        <Facts
          facts={[
            ['Version', plan?.version ?? '—'],
            ['Since', moment(subscription.active_from)],
            ...(subscription.active_to
              ? ([['Until', moment(subscription.active_to)]] as [string, string][])
              : []),
            ['Billed', every(subscription.billing_cadence)],
            ['Currency', subscription.invoice_currency],
            ...(period
              ? ([['Current period', `${moment(period.from)} to ${moment(period.to)}`]] as [string, string][])
              : []),
          ]}
        />
        {subscription.phases.map((phase) => (
          <div key={phase.id}>
            {subscription.phases.length > 1 && (
              <Text fw={600} mb="xs">
                {phase.name}, from {moment(phase.active_from)}
              </Text>
            )}
            <Listing
              label={`Rate cards of ${phase.name}`}
              rows={phase.items}
              rowKey={({ id }) => id}
              columns={[
                { label: 'Rate card', cell: ({ rate_card }) => rate_card.name },
                {
                  label: 'Price',
                  cell: ({ rate_card }) => priceText(rate_card, subscription.invoice_currency),
                },
                { label: 'Entitlement', cell: ({ rate_card }) => entitlementText(rate_card), from: 'sm' },
              ]}
              empty={null}
            />
          </div>
        ))}
      </Stack>
    </Paper>
  );
}

/** First which plan, then once more what that means. */
function CreateSubscription({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const [step, setStep] = useState(0);
  const [planId, setPlanId] = useState<string | null>(null);
  const plans = $api.useQuery('get', '/v3/openmeter/plans', {
    params: { query: { page: { size: 1000 }, filter: { status: 'active' } } },
  });
  const create = $api.useMutation('post', '/v3/openmeter/subscriptions');
  const plan = plans.data?.data.find(({ id }) => id === planId);
  return (
    <Modal opened onClose={onClose} title="Create a subscription" size="lg">
      <Stack>
        {create.isError && <ProblemAlert failure={create.error} />}
        {plans.isError && <ProblemAlert failure={plans.error} onRetry={() => void plans.refetch()} />}
        <Stepper
          active={step}
          onStepClick={(to) => to < step && setStep(to)}
          size="sm"
          allowNextStepsSelect={false}
        >
          <Stepper.Step label="Plan">
            <Select
              label="Subscribed Plan"
              description="Published plans."
              placeholder={plans.isPending ? 'Loading…' : 'Choose'}
              data={plans.data?.data.map(({ id, name }) => ({ value: id, label: name })) ?? []}
              value={planId}
              searchable
              nothingFoundMessage="No published plan"
              onChange={setPlanId}
              mt="md"
            />
          </Stepper.Step>
          <Stepper.Step label="Summary">
            {plan && (
              <Stack mt="md">
                <Text>
                  <b>{customer.name}</b> is on <b>{plan.name}</b>, version {plan.version}, from now on, and is
                  billed {every(plan.billing_cadence)} in {plan.currency}.
                </Text>
                {plan.phases.map((phase) => (
                  <Listing
                    key={phase.key}
                    label={`Rate cards of ${phase.name}`}
                    rows={phase.rate_cards}
                    rowKey={({ key }) => key}
                    columns={[
                      { label: plan.phases.length > 1 ? phase.name : 'Rate card', cell: ({ name }) => name },
                      { label: 'Price', cell: (card) => priceText(card, plan.currency) },
                    ]}
                    empty={null}
                  />
                ))}
              </Stack>
            )}
          </Stepper.Step>
        </Stepper>
        <Group justify="space-between">
          <Button variant="subtle" onClick={() => (step === 0 ? onClose() : setStep(0))}>
            {step === 0 ? 'Cancel' : 'Back'}
          </Button>
          {step === 0 ? (
            <Button disabled={!plan} onClick={() => setStep(1)}>
              Next Step
            </Button>
          ) : (
            <Button
              loading={create.isPending}
              onClick={() =>
                plan &&
                create.mutate(
                  { body: { customer: { id: customer.id }, plan: { id: plan.id } } },
                  {
                    onSuccess: () => {
                      notifications.show({ message: `${customer.name} is on ${plan.name}` });
                      onClose();
                    },
                  },
                )
              }
            >
              Start Subscription
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
