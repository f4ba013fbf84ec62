import {
  Accordion,
  ActionIcon,
  Alert,
  Button,
  Grid,
  Group,
  List,
  Modal,
  NumberInput,
  Radio,
  SegmentedControl,
  Select,
  Stack,
  Stepper,
  Switch,
  Table,
  Text,
  TextInput,
  Textarea,
} from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { $api, type Schemas } from '../../api/client';
import type { Fault } from '../../api/problem';
import { asProblem } from '../../api/problem';
import { CADENCES, decimal, keyOf } from '../../ui/format';
import { RatePreview } from './RatePreview';
import { rateCardFaults } from './faults';
import {
  PRICING_MODELS,
  emptyForm,
  entitlementFaults,
  formOf,
  isDecimal,
  isUsagePriced,
  priceFaults,
  rateCardOf,
  tierRow,
  type EntitlementKind,
  type PricingModel,
  type RateCardForm,
  type TierRow,
} from './form';

const STEPS: (keyof RateCardForm | 'tiers')[][] = [
  ['featureId', 'name', 'key'],
  [],
  ['entitlement', 'config', 'limit', 'usagePeriod'],
];

/** The step on which a field is. */
function stepOf(field: string): number {
  const step = STEPS.findIndex((fields) => fields.includes(field as keyof RateCardForm));
  return step === -1 ? 1 : step;
}

interface Props {
  currency: string;
  /** The plan's; a new rate card begins with it. */
  cadence: string;
  /** The rate card to change; left out for a new one. */
  card?: Schemas['BillingRateCard'];
  /** Where the rate card is in the request that `save` makes. */
  prefix: string;
  /** Stores it; fails as the API does. */
  save: (card: Schemas['BillingRateCard']) => Promise<unknown>;
  onClose: () => void;
}

/** What is sold, what it costs, and what it entitles to, in three steps. */
export function RateCardWizard({ currency, cadence, card, prefix, save, onClose }: Props) {
  const narrow = useMediaQuery('(max-width: 48em)');
  const [step, setStep] = useState(0);
  const [form, setForm] = useState(() => (card ? formOf(card) : emptyForm(cadence)));
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [others, setOthers] = useState<Fault[]>([]);
  const [saving, setSaving] = useState(false);

  const change = (changed: Partial<RateCardForm>) => {
    setForm((old) => ({ ...old, ...changed }));
    // What was wrong with a field is forgotten when the field changes.
    setFaults((old) =>
      Object.fromEntries(
        Object.entries(old).filter(([field]) => !((field.split('.')[0] ?? field) in changed)),
      ),
    );
  };

  const check = (): Record<string, string> => {
    switch (step) {
      case 0:
        return {
          ...(form.name.trim() ? {} : { name: 'Give it a name, or choose a feature.' }),
          ...(form.key.trim() ? {} : { key: 'Give it a key, or choose a feature.' }),
        };
      case 1:
        return priceFaults(form);
      default:
        return entitlementFaults(form);
    }
  };

  const advance = async () => {
    const found = check();
    setFaults(found);
    if (Object.keys(found).length > 0) {
      return;
    }
    if (step < 2) {
      setStep(step + 1);
      return;
    }
    setSaving(true);
    setOthers([]);
    try {
      await save(rateCardOf(form));
      onClose();
    } catch (failure) {
      const told = rateCardFaults(failure, prefix);
      setFaults(told.fields);
      const problem = asProblem(failure);
      setOthers(problem.faults.length === 0 ? [{ field: '', reason: problem.detail }] : told.others);
      setStep(Math.min(2, ...Object.keys(told.fields).map(stepOf)));
    } finally {
      setSaving(false);
    }
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={card ? `Edit ${card.name}` : 'Add rate card'}
      size={960}
      fullScreen={narrow ?? false}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void advance();
        }}
      >
        <Stack>
          {others.length > 0 && (
            <Alert color="red" variant="light" title="It was not saved" role="alert">
              <List size="sm">
                {others.map(({ field, reason }, i) => (
                  <List.Item key={i}>
                    {field && <b>{field}: </b>}
                    {reason}
                  </List.Item>
                ))}
              </List>
            </Alert>
          )}
          <Stepper
            active={step}
            onStepClick={(to) => to < step && setStep(to)}
            size="sm"
            allowNextStepsSelect={false}
          >
            <Stepper.Step label="Feature">
              <FeatureStep form={form} faults={faults} change={change} />
            </Stepper.Step>
            <Stepper.Step label="Price">
              <Grid gap="xl">
                <Grid.Col span={{ base: 12, sm: 7 }}>
                  <PriceStep form={form} faults={faults} change={change} />
                </Grid.Col>
                <Grid.Col span={{ base: 12, sm: 5 }}>
                  <RatePreview
                    card={rateCardOf({ ...form, entitlement: 'none' })}
                    currency={currency}
                    ready={Object.keys(priceFaults(form)).length === 0}
                  />
                </Grid.Col>
              </Grid>
            </Stepper.Step>
            <Stepper.Step label="Entitlement">
              <EntitlementStep form={form} faults={faults} change={change} />
            </Stepper.Step>
          </Stepper>
          <Group justify="space-between">
            <Button variant="subtle" onClick={() => (step === 0 ? onClose() : setStep(step - 1))}>
              {step === 0 ? 'Cancel' : 'Back'}
            </Button>
            <Button type="submit" loading={saving}>
              {step < 2 ? 'Next Step' : 'Save Rate Card'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface StepProps {
  form: RateCardForm;
  faults: Record<string, string>;
  change: (changed: Partial<RateCardForm>) => void;
}

function FeatureStep({ form, faults, change }: StepProps) {
  const features = $api.useQuery('get', '/v3/openmeter/features', {
    params: { query: { page: { size: 1000 }, sort: 'name' } },
  });
  const [own, setOwn] = useState(form.key !== '');
  return (
    <Stack mt="md" maw={480}>
      <Select
        label="Feature"
        description="What is sold. Without one it is a flat fee of its own, such as support."
        placeholder={features.isPending ? 'Loading…' : 'None'}
        data={features.data?.data.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        value={form.featureId || null}
        searchable
        clearable
        nothingFoundMessage="No such feature"
        error={faults.featureId ?? (features.isError ? asProblem(features.error).detail : undefined)}
        onChange={(featureId) => {
          const feature = features.data?.data.find(({ id }) => id === featureId);
          change(
            feature
              ? { featureId: feature.id, name: form.name || feature.name, key: feature.key }
              : { featureId: '', entitlement: 'none' },
          );
        }}
      />
      <TextInput
        label="Name"
        description="On the invoice."
        value={form.name}
        error={faults.name}
        onChange={({ currentTarget: { value } }) =>
          change(own || form.featureId ? { name: value } : { name: value, key: keyOf(value) })
        }
      />
      {!form.featureId && (
        <TextInput
          label="Key"
          value={form.key}
          error={faults.key}
          onChange={({ currentTarget: { value } }) => {
            setOwn(true);
            change({ key: value });
          }}
        />
      )}
    </Stack>
  );
}

function PriceStep({ form, faults, change }: StepProps) {
  const models = PRICING_MODELS.filter(({ value }) => form.featureId || !isUsagePriced(value));
  const chosen = PRICING_MODELS.find(({ value }) => value === form.model);
  const price = (label: string) => (
    <TextInput
      label={label}
      inputMode="decimal"
      value={form.amount}
      error={faults.amount}
      onChange={({ currentTarget: { value } }) => change({ amount: value })}
    />
  );
  return (
    <Stack mt="md">
      <Select
        label="Pricing model"
        data={models.map(({ value, label }) => ({ value, label }))}
        value={form.model || null}
        placeholder="Choose"
        allowDeselect={false}
        description={chosen?.example}
        error={faults.model}
        onChange={(model) =>
          change({
            model: model as PricingModel,
            cadence: form.cadence || (model === 'flat' ? '' : 'P1M'),
          })
        }
      />
      {form.model && (
        <Select
          label="Billing cadence"
          data={
            form.model === 'flat' ? [{ value: '', label: 'One time' }, ...cadences(form)] : cadences(form)
          }
          value={form.cadence}
          allowDeselect={false}
          error={faults.cadence}
          onChange={(cadence) => change({ cadence: cadence ?? '' })}
        />
      )}
      {form.model === 'flat' && (
        <>
          {price('Price')}
          <Radio.Group
            label="Payment term"
            value={form.paymentTerm}
            error={faults.paymentTerm}
            onChange={(paymentTerm) => change({ paymentTerm: paymentTerm as RateCardForm['paymentTerm'] })}
          >
            <Group mt="xs">
              <Radio value="in_advance" label="In advance" />
              <Radio value="in_arrears" label="In arrears" />
            </Group>
          </Radio.Group>
        </>
      )}
      {form.model === 'usage' && price('Price per unit')}
      {form.model === 'package' && (
        <Group grow align="flex-start">
          {price('Price per package')}
          <TextInput
            label="Quantity per package"
            inputMode="decimal"
            value={form.packageSize}
            error={faults.packageSize}
            onChange={({ currentTarget: { value } }) => change({ packageSize: value })}
          />
        </Group>
      )}
      {form.model === 'dynamic' && (
        <TextInput
          label="Multiplier"
          inputMode="decimal"
          value={form.multiplier}
          error={faults.multiplier ?? faults.packageSize}
          onChange={({ currentTarget: { value } }) => change({ multiplier: value })}
        />
      )}
      {form.model === 'tiered' && (
        <>
          <div>
            <Text size="sm" fw={500} id="price-mode">
              Price mode
            </Text>
            <SegmentedControl
              aria-labelledby="price-mode"
              data={[
                { value: 'graduated', label: 'Graduated' },
                { value: 'volume', label: 'Volume' },
              ]}
              value={form.mode}
              onChange={(mode) => change({ mode: mode as RateCardForm['mode'] })}
            />
            <Text size="xs" c="dimmed" mt={4}>
              {form.mode === 'graduated'
                ? 'Each unit costs what its own tier says.'
                : 'All units cost what the tier says that their number is in.'}
            </Text>
          </div>
          <Tiers rows={form.tiers} faults={faults} onChange={(tiers) => change({ tiers })} />
        </>
      )}
      {form.model && <Advanced form={form} faults={faults} change={change} />}
    </Stack>
  );
}

/** The offered cadences, and the one of a rate card that was made elsewhere. */
function cadences({ cadence }: RateCardForm) {
  return !cadence || CADENCES.some(({ value }) => value === cadence)
    ? CADENCES
    : [...CADENCES, { value: cadence, label: cadence }];
}

function Tiers({
  rows,
  faults,
  onChange,
}: {
  rows: TierRow[];
  faults: Record<string, string>;
  onChange: (rows: TierRow[]) => void;
}) {
  const set = (id: string, changed: Partial<TierRow>) =>
    onChange(rows.map((row) => (row.id === id ? { ...row, ...changed } : row)));
  /** What is between two tiers belongs to the upper one, so the first unit is said as `more than`. */
  const first = (i: number) => {
    const before = rows[i - 1]?.upTo;
    return i === 0 ? '0' : isDecimal(before ?? '') ? `> ${decimal(before ?? '')}` : '…';
  };
  return (
    <Stack gap="xs">
      <Table.ScrollContainer minWidth={420}>
        <Table withRowBorders={false} verticalSpacing={4} horizontalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th style={{ whiteSpace: 'nowrap' }}>First unit</Table.Th>
              <Table.Th>Last unit</Table.Th>
              <Table.Th>Unit price</Table.Th>
              <Table.Th>Flat price</Table.Th>
              <Table.Th aria-label="Remove" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row, i) => {
              const last = i === rows.length - 1;
              const invalid = faults[`tiers.${i}`] !== undefined;
              return (
                <Table.Tr key={row.id}>
                  <Table.Td style={{ whiteSpace: 'nowrap' }}>{first(i)}</Table.Td>
                  <Table.Td>
                    <TextInput
                      aria-label={`Last unit of tier ${i + 1}`}
                      inputMode="decimal"
                      value={last ? '∞' : row.upTo}
                      readOnly={last}
                      error={invalid}
                      onChange={({ currentTarget: { value } }) => set(row.id, { upTo: value })}
                    />
                  </Table.Td>
                  <Table.Td>
                    <TextInput
                      aria-label={`Unit price of tier ${i + 1}`}
                      inputMode="decimal"
                      value={row.unitPrice}
                      error={invalid}
                      onChange={({ currentTarget: { value } }) => set(row.id, { unitPrice: value })}
                    />
                  </Table.Td>
                  <Table.Td>
                    <TextInput
                      aria-label={`Flat price of tier ${i + 1}`}
                      inputMode="decimal"
                      value={row.flatPrice}
                      error={invalid}
                      onChange={({ currentTarget: { value } }) => set(row.id, { flatPrice: value })}
                    />
                  </Table.Td>
                  <Table.Td>
                    {rows.length > 1 && (
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        aria-label={`Remove tier ${i + 1}`}
                        onClick={() => onChange(rows.filter(({ id }) => id !== row.id))}
                      >
                        <IconTrash size={16} />
                      </ActionIcon>
                    )}
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {Object.entries(faults)
        .filter(([field]) => field.startsWith('tiers'))
        .map(([field, reason]) => (
          <Text key={field} size="sm" c="var(--mantine-color-error)" role="alert">
            {field === 'tiers' ? '' : `Tier ${Number(field.slice(6)) + 1}: `}
            {reason}
          </Text>
        ))}
      <Button
        variant="subtle"
        size="compact-sm"
        w="fit-content"
        leftSection={<IconPlus size={14} />}
        onClick={() => {
          const before = Number(rows.at(-2)?.upTo ?? '0') || 0;
          onChange([
            ...rows.slice(0, -1),
            { ...tierRow(String(before * 10 || 1000)) },
            rows.at(-1) ?? tierRow(),
          ]);
        }}
      >
        Add tier
      </Button>
    </Stack>
  );
}

function Advanced({ form, faults, change }: StepProps) {
  const usage = isUsagePriced(form.model);
  const set = ['freeUnits', 'percentage', 'minimum', 'maximum', 'taxBehavior', 'taxCodeId'] as const;
  const used = set.some((field) => form[field] || faults[field]);
  const [opened, setOpened] = useState<string | null>(used ? 'advanced' : null);
  const codes = $api.useQuery(
    'get',
    '/v3/openmeter/tax-codes',
    { params: { query: { page: { size: 1000 } } } },
    { enabled: opened !== null },
  );
  const number = (
    field: 'freeUnits' | 'percentage' | 'minimum' | 'maximum',
    label: string,
    description: string,
  ) => (
    <TextInput
      label={label}
      description={description}
      inputMode="decimal"
      value={form[field]}
      error={faults[field]}
      onChange={({ currentTarget: { value } }) => change({ [field]: value })}
    />
  );
  return (
    <Accordion variant="contained" value={opened} onChange={setOpened}>
      <Accordion.Item value="advanced">
        <Accordion.Control>Advanced Settings</Accordion.Control>
        <Accordion.Panel>
          <Stack>
            {usage && number('freeUnits', 'Usage discount', 'Units that are free in each period.')}
            {form.model !== 'free' &&
              number('percentage', 'Percentage discount', 'Off every amount; 0 to 100.')}
            {usage && (
              <Group grow align="flex-start">
                {number('minimum', 'Minimum commitment', 'A period costs at least this.')}
                {number('maximum', 'Maximum commitment', 'A period costs at most this.')}
              </Group>
            )}
            <Select
              label="Tax Code"
              data={codes.data?.data.map(({ id, name }) => ({ value: id, label: name })) ?? []}
              value={form.taxCodeId || null}
              placeholder="The default"
              searchable
              clearable
              error={faults.taxCodeId}
              onChange={(id) => change({ taxCodeId: id ?? '', ...(id ? {} : { taxBehavior: '' }) })}
            />
            <Select
              label="Tax Behavior"
              data={[
                { value: 'exclusive', label: 'Exclusive: tax comes on top' },
                { value: 'inclusive', label: 'Inclusive: the price has it already' },
              ]}
              value={form.taxBehavior || null}
              placeholder="The default"
              disabled={!form.taxCodeId}
              clearable
              error={faults.taxBehavior}
              onChange={(behavior) =>
                change({ taxBehavior: (behavior ?? '') as RateCardForm['taxBehavior'] })
              }
            />
          </Stack>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

function EntitlementStep({ form, faults, change }: StepProps) {
  return (
    <Stack mt="md" maw={560}>
      <Radio.Group
        label="What the customer may do"
        description="Entitlements tell your product who has access; they do not change the price."
        value={form.entitlement}
        error={faults.entitlement}
        onChange={(entitlement) => change({ entitlement: entitlement as EntitlementKind })}
      >
        <Stack gap="xs" mt="sm">
          <Radio value="none" label="None" />
          <Radio
            value="boolean"
            label="Boolean"
            description="Access while subscribed."
            disabled={!form.featureId}
          />
          <Radio
            value="static"
            label="Static"
            description="Access with settings as JSON."
            disabled={!form.featureId}
          />
          <Radio
            value="metered"
            label="Metered"
            description="Access until an allowance is used up."
            disabled={!form.featureId}
          />
        </Stack>
      </Radio.Group>
      {form.entitlement === 'static' && (
        <Textarea
          label="Settings"
          description="A JSON object."
          value={form.config}
          error={faults.config}
          autosize
          minRows={3}
          ff="monospace"
          onChange={({ currentTarget: { value } }) => change({ config: value })}
        />
      )}
      {form.entitlement === 'metered' && (
        <>
          <NumberInput
            label="Allowance for period"
            description="Left out: no limit."
            min={0}
            value={form.limit}
            error={faults.limit}
            onChange={(value) => change({ limit: String(value) })}
          />
          <Select
            label="Usage period"
            data={[{ value: '', label: 'As billed' }, ...CADENCES]}
            value={form.usagePeriod}
            allowDeselect={false}
            error={faults.usagePeriod}
            onChange={(period) => change({ usagePeriod: period ?? '' })}
          />
          <Switch
            label="Soft limit: access goes on beyond the allowance"
            checked={form.softLimit}
            onChange={({ currentTarget: { checked } }) => change({ softLimit: checked })}
          />
        </>
      )}
    </Stack>
  );
}
