import {
  Anchor,
  Button,
  Collapse,
  Group,
  Paper,
  Skeleton,
  Stack,
  Text,
  ThemeIcon,
  Title,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCheck } from '@tabler/icons-react';
import { Suspense, lazy, type ReactNode } from 'react';
import { Link } from 'react-router';
import { $api } from '../api/client';
import { useMay } from '../session/session';
import { Page } from '../ui/Page';
import { Snippets } from './Snippets';
import { exampleFor } from './snippets';

const Figures = lazy(() => import('./Figures'));

/** How often it is looked whether the first event has come. */
const WAITING_MILLIS = 2_000;

/** Where everything begins: the way to the first invoice, and what is going on. */
export function Home() {
  const mayReadMeters = useMay('readMeters');
  const mayReadCatalog = useMay('readCatalog');
  const mayReadBilling = useMay('readBilling');
  const mayApply = useMay('applyCatalog');
  const one = { params: { query: { page: { size: 1 } } } } as const;
  const meters = $api.useQuery('get', '/v3/openmeter/meters', one, { enabled: mayReadMeters });
  const features = $api.useQuery('get', '/v3/openmeter/features', one, { enabled: mayReadCatalog });
  const plans = $api.useQuery(
    'get',
    '/v3/openmeter/plans',
    { params: { query: { page: { size: 1 }, filter: { status: 'active' } } } },
    { enabled: mayReadCatalog },
  );
  const customers = $api.useQuery('get', '/v3/openmeter/customers', one, { enabled: mayReadBilling });
  const subscriptions = $api.useQuery('get', '/v3/openmeter/subscriptions', one, { enabled: mayReadBilling });
  const events = $api.useQuery('get', '/v3/openmeter/events', one, {
    enabled: mayReadMeters,
    refetchInterval: ({ state }) => (state.data?.data.length ? false : WAITING_MILLIS),
  });
  const received = (events.data?.data.length ?? 0) > 0;
  const any = (query: { data?: { data: unknown[] } | undefined }) => (query.data?.data.length ?? 0) > 0;
  const customer = customers.data?.data[0];
  const subscribed = any(subscriptions);

  const allDone = any(meters) && any(features) && any(plans) && subscribed && received;
  const [stepsOpen, { toggle }] = useDisclosure(false);
  const steps = (
    <Stack component="ol" p={0} m={0} style={{ listStyle: 'none' }}>
      <Step number={1} done={any(meters)} title="Create a meter" to="/metering/new" action="New meter">
        It turns the events of one type into a number.
      </Step>
      <Step
        number={2}
        done={any(features)}
        title="Make it a feature"
        to="/catalog/features/new"
        action="Create feature"
      >
        Features are what you sell: a meter, or a slice of it.
      </Step>
      <Step
        number={3}
        done={any(plans)}
        title="Price it in a plan"
        to="/catalog/plans/new"
        action="Create plan"
      >
        A plan has a rate card for each feature. Publish it, so that customers can subscribe.
      </Step>
      <Step
        number={4}
        done={subscribed}
        title="Subscribe a customer"
        to={customer ? `/billing/customers/${customer.id}/subscription` : '/billing/customers/new'}
        action={customer ? `Subscribe ${customer.name}` : 'Create customer'}
      >
        Its key is the subject of its events. What it uses from the subscription on is invoiced.
      </Step>
      <Step number={5} done={received} title="Send an event">
        {mayReadMeters && (
          <Snippets example={exampleFor(meters.data?.data[0], customer?.key)} received={received} />
        )}
        {received && customer && subscribed && (
          <Text mt="sm">
            All set:{' '}
            <Anchor component={Link} to={`/billing/customers/${customer.id}/invoicing`}>
              preview the invoice of {customer.name}
            </Anchor>
            .
          </Text>
        )}
      </Step>
    </Stack>
  );
  return (
    <Page
      title={allDone ? 'Home' : 'From the first event to the invoice'}
      description={
        allDone ? undefined : 'Five steps, in whichever order you like: what comes early is kept, and counts.'
      }
      actions={
        mayApply &&
        !any(plans) && (
          <Button component={Link} to="/quick-start">
            Quick start from a template
          </Button>
        )
      }
    >
      {!allDone && steps}
      {received && (
        <Suspense fallback={<Skeleton h={400} />}>
          <Figures />
        </Suspense>
      )}
      {allDone && (
        <>
          <Button variant="subtle" w="fit-content" onClick={toggle} aria-expanded={stepsOpen}>
            {stepsOpen ? 'Hide the first steps' : 'Show the first steps and how to send an event'}
          </Button>
          <Collapse expanded={stepsOpen}>{steps}</Collapse>
        </>
      )}
    </Page>
  );
}

interface StepProps {
  number: number;
  done: boolean;
  title: string;
  to?: string;
  action?: string;
  children: ReactNode;
}

function Step({ number, done, title, to, action, children }: StepProps) {
  return (
    <Paper withBorder p="md" component="li">
      <Group align="flex-start" wrap="nowrap">
        <ThemeIcon radius="xl" size={32} variant={done ? 'filled' : 'light'} aria-hidden>
          {done ? <IconCheck size={18} /> : number}
        </ThemeIcon>
        <Stack gap="xs" flex={1} miw={0}>
          <Group justify="space-between">
            <Title order={2} size="h4">
              {title}
              {done && (
                <Text span c="dimmed" size="sm" ml="xs">
                  done
                </Text>
              )}
            </Title>
            {!done && to && (
              <Button component={Link} to={to} variant="light" size="xs">
                {action}
              </Button>
            )}
          </Group>
          <Text component="div" c={typeof children === 'string' ? 'dimmed' : undefined} size="sm">
            {children}
          </Text>
        </Stack>
      </Group>
    </Paper>
  );
}
