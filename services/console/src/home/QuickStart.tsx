import {
  Alert,
  Anchor,
  Button,
  Code,
  Grid,
  Group,
  List,
  Paper,
  Select,
  Stack,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { $api, type Schemas } from '../api/client';
import { RatePreview } from '../catalog/ratecard/RatePreview';
import { isDecimal } from '../catalog/ratecard/form';
import { useCurrencyChoices } from '../catalog/currencies';
import { Loaded } from '../ui/Loaded';
import { Page } from '../ui/Page';
import { ProblemAlert } from '../ui/ProblemAlert';
import { CADENCES, keyOf } from '../ui/format';

const BILLABLE: Schemas['MeterAggregation'][] = ['sum', 'count', 'unique_count', 'latest'];

/** From a template to something that can be sold, on one page and in one step: all of it is made, or nothing. */
export function QuickStart() {
  const templates = $api.useQuery('get', '/v3/openmeter/meter-templates');
  return (
    <Page
      title="Quick start"
      trail={[{ label: 'Home', to: '/' }]}
      description="Pick what you count, say what it costs, and get a meter, a feature and a published plan."
    >
      <Loaded query={templates} what="templates">
        {({ data }) => <Form templates={data.filter(({ meter }) => BILLABLE.includes(meter.aggregation))} />}
      </Loaded>
    </Page>
  );
}

function Form({ templates }: { templates: Schemas['MeterTemplate'][] }) {
  const currencies = useCurrencyChoices();
  const apply = $api.useMutation('post', '/v3/openmeter/catalog/apply');
  const [templateId, setTemplateId] = useState(templates[0]?.id ?? '');
  const [feature, setFeature] = useState('');
  const [plan, setPlan] = useState('Premium Plan');
  const [price, setPrice] = useState('1');
  const [currency, setCurrency] = useState('USD');
  const [cadence, setCadence] = useState('P1M');
  const template = templates.find(({ id }) => id === templateId);
  const featureName = feature.trim() || template?.meter.name.replace(/^Count /, '') || '';
  const featureKey = keyOf(featureName);
  const planKey = keyOf(plan);
  const card: Schemas['BillingRateCard'] = {
    name: featureName,
    key: featureKey,
    feature: { key: featureKey },
    billing_cadence: cadence,
    price: { type: 'unit', amount: price.trim() },
    entitlement: { type: 'boolean' },
  };
  const ready = template !== undefined && isDecimal(price) && planKey !== '' && featureKey !== '';

  if (apply.isSuccess) {
    return <Done plan={plan} changes={apply.data as Schemas['CatalogChanges']} />;
  }
  return (
    <Grid gap="xl">
      <Grid.Col span={{ base: 12, md: 7 }}>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (!template || !ready) {
              return;
            }
            apply.mutate({
              body: {
                version: 1,
                meters: [template.meter],
                features: [{ name: featureName, key: featureKey, meter: { key: template.meter.key } }],
                plans: [
                  {
                    name: plan.trim(),
                    key: planKey,
                    status: 'active',
                    currency,
                    billing_cadence: cadence,
                    phases: [{ name: 'Default', key: 'default', rate_cards: [card] }],
                  },
                ],
              },
            });
          }}
        >
          <Stack>
            {apply.isError && <ProblemAlert failure={apply.error} />}
            <Select
              label="What do you count?"
              data={templates.map(({ id, name }) => ({ value: id, label: name }))}
              value={templateId}
              allowDeselect={false}
              searchable
              description={
                template && (
                  <>
                    Events of type <Code>{template.meter.event_type}</Code>
                    {template.meter.value_property && (
                      <>
                        , the value at <Code>{template.meter.value_property}</Code>
                      </>
                    )}
                  </>
                )
              }
              onChange={(id) => id && setTemplateId(id)}
            />
            <TextInput
              label="What do customers call it?"
              description="The name of the feature, on the invoice."
              placeholder={featureName}
              value={feature}
              onChange={({ currentTarget: { value } }) => setFeature(value)}
            />
            <TextInput
              label="Plan"
              value={plan}
              error={planKey ? undefined : 'Give the plan a name.'}
              onChange={({ currentTarget: { value } }) => setPlan(value)}
            />
            <Group grow align="flex-start">
              <TextInput
                label="Price per unit"
                inputMode="decimal"
                value={price}
                error={isDecimal(price) ? undefined : 'A decimal, such as 1 or 0.25.'}
                onChange={({ currentTarget: { value } }) => setPrice(value)}
              />
              <Select
                label="Currency"
                data={currencies}
                value={currency}
                searchable
                allowDeselect={false}
                onChange={(code) => code && setCurrency(code)}
              />
              <Select
                label="Billed every"
                data={CADENCES}
                value={cadence}
                allowDeselect={false}
                onChange={(value) => value && setCadence(value)}
              />
            </Group>
            <Button type="submit" w="fit-content" disabled={!ready} loading={apply.isPending}>
              Create and publish
            </Button>
          </Stack>
        </form>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <Paper withBorder p="md">
          <RatePreview card={card} currency={currency} ready={isDecimal(price)} />
        </Paper>
      </Grid.Col>
    </Grid>
  );
}

function Done({ plan, changes }: { plan: string; changes: Schemas['CatalogChanges'] }) {
  return (
    <Stack maw={640}>
      <Alert color="teal" variant="light" title={`${plan} can be subscribed to`}>
        <List size="sm">
          {changes.changes.map(({ kind, name, action }) => (
            <List.Item key={`${kind} ${name}`}>
              {kind} {name}: {action === 'create' ? 'created' : action === 'update' ? 'updated' : 'removed'}
            </List.Item>
          ))}
          {changes.unchanged > 0 && <List.Item>{changes.unchanged} were there already</List.Item>}
        </List>
      </Alert>
      <Group>
        <Button component={Link} to="/billing/customers/new">
          Create a customer
        </Button>
        <Anchor component={Link} to="/">
          Back to the steps
        </Anchor>
      </Group>
    </Stack>
  );
}
