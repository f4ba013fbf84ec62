import {
  Badge,
  Button,
  Code,
  Group,
  Modal,
  NumberInput,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconCoins } from '@tabler/icons-react';
import { useState } from 'react';
import { $api, type Schemas } from '../api/client';
import { faultsByField } from '../api/problem';
import { useMay } from '../session/session';
import { useCurrencyChoices } from '../catalog/currencies';
import { EmptyState } from '../ui/EmptyState';
import { Listing } from '../ui/Listing';
import { Loaded } from '../ui/Loaded';
import { Page } from '../ui/Page';
import { ProblemAlert } from '../ui/ProblemAlert';
import { moment } from '../ui/format';
import { useListState } from '../ui/useListState';
import { useSettingsTabs } from './tabs';

type Custom = Schemas['BillingCurrencyCustom'];

export function Currencies() {
  const list = useListState();
  const tabs = useSettingsTabs();
  const mayChange = useMay('changeCatalog');
  const type = list.get('type') as Schemas['BillingCurrencyType'] | '';
  const [creating, setCreating] = useState(false);
  const [open, setOpen] = useState<Custom>();
  const currencies = $api.useQuery(
    'get',
    '/v3/openmeter/currencies',
    {
      params: { query: { page: { number: list.page, size: 20 }, ...(type ? { filter: { type } } : {}) } },
    },
    { placeholderData: (old) => old },
  );
  return (
    <Page
      title="Settings"
      tabs={tabs}
      description="Plans are priced in fiat currencies. Custom ones count credits, with a worth in fiat money."
      actions={mayChange && <Button onClick={() => setCreating(true)}>Create Custom Currency</Button>}
    >
      <Select
        aria-label="Kind of currency"
        placeholder="All currencies"
        data={[
          { value: 'custom', label: 'Custom' },
          { value: 'fiat', label: 'Fiat' },
        ]}
        value={type || null}
        clearable
        w={200}
        mb="md"
        onChange={(value) => list.set('type', value)}
      />
      <Loaded query={currencies} what="currencies">
        {({ data, meta }) => (
          <Listing
            label="Currencies"
            rows={data}
            rowKey={({ code }) => code}
            page={meta.page}
            onPage={list.setPage}
            columns={[
              { label: 'Code', cell: ({ code }) => <Code>{code}</Code> },
              { label: 'Name', cell: ({ name }) => name },
              { label: 'Symbol', cell: ({ symbol }) => symbol ?? '—', from: 'sm' },
              { label: 'Digits', cell: ({ precision }) => precision, from: 'sm' },
              {
                label: 'Kind',
                cell: (currency) =>
                  currency.type === 'custom' ? (
                    <Group gap="xs">
                      <Badge size="sm">Custom</Badge>
                      <Button variant="subtle" size="compact-xs" onClick={() => setOpen(currency)}>
                        Cost basis
                      </Button>
                    </Group>
                  ) : (
                    'Fiat'
                  ),
              },
            ]}
            empty={
              <EmptyState icon={IconCoins} title="No currency is like this">
                {type === 'custom' && 'A custom currency counts credits of your own, such as tokens.'}
              </EmptyState>
            }
          />
        )}
      </Loaded>
      {creating && <Create onClose={() => setCreating(false)} />}
      {open && <CostBases currency={open} mayChange={mayChange} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}

const FIELDS = ['name', 'code', 'symbol', 'precision', 'decimal_mark', 'thousand_separator'];

function Create({ onClose }: { onClose: () => void }) {
  const create = $api.useMutation('post', '/v3/openmeter/currencies/custom');
  const form = useForm({
    initialValues: {
      name: '',
      code: '',
      symbol: '',
      precision: 2,
      decimal_mark: '.',
      thousand_separator: ',',
    },
    validate: {
      name: (name) => (name.trim() ? null : 'Give it a name.'),
      code: (code) => (code.trim() ? null : 'Give it a code.'),
    },
  });
  return (
    <Modal opened onClose={onClose} title="Create custom currency">
      <form
        noValidate
        onSubmit={form.onSubmit(({ symbol, ...values }) =>
          create.mutate(
            { body: { ...values, ...(symbol.trim() ? { symbol: symbol.trim() } : {}) } },
            { onSuccess: onClose, onError: (failure) => form.setErrors(faultsByField(failure, FIELDS)) },
          ),
        )}
      >
        <Stack>
          {create.isError && <ProblemAlert failure={create.error} shown={FIELDS} />}
          <TextInput label="Name" placeholder="AI credits" required {...form.getInputProps('name')} />
          <Group grow align="flex-start">
            <TextInput label="Code" placeholder="CREDITS" required {...form.getInputProps('code')} />
            <TextInput label="Symbol" {...form.getInputProps('symbol')} />
          </Group>
          <Group grow align="flex-start">
            <NumberInput label="Precision" min={0} max={12} {...form.getInputProps('precision')} />
            <TextInput label="Decimal mark" maxLength={1} {...form.getInputProps('decimal_mark')} />
            <TextInput
              label="Thousand separator"
              maxLength={1}
              {...form.getInputProps('thousand_separator')}
            />
          </Group>
          <Text size="sm" c="dimmed">
            A currency is never changed or deleted.
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** What a unit of a custom currency is worth, now and before. */
function CostBases({
  currency,
  mayChange,
  onClose,
}: {
  currency: Custom;
  mayChange: boolean;
  onClose: () => void;
}) {
  const path = { path: { currencyId: currency.id } };
  const bases = $api.useQuery('get', '/v3/openmeter/currencies/custom/{currencyId}/cost-bases', {
    params: { ...path, query: { page: { size: 1000 } } },
  });
  const add = $api.useMutation('post', '/v3/openmeter/currencies/custom/{currencyId}/cost-bases');
  const choices = useCurrencyChoices();
  const form = useForm({
    initialValues: { fiat_code: 'USD', rate: '' },
    validate: { rate: (rate) => (/^\d+(\.\d+)?$/.test(rate.trim()) ? null : 'A decimal, such as 0.01.') },
  });
  return (
    <Modal opened onClose={onClose} title={`Cost basis of ${currency.name}`} size="lg">
      <Stack>
        <Loaded query={bases} what="cost bases">
          {({ data }) => (
            <Listing
              label="Cost bases"
              rows={data}
              rowKey={({ id }) => id}
              columns={[
                { label: 'One unit is', cell: ({ rate, fiat_code }) => `${rate} ${fiat_code}` },
                {
                  label: 'From',
                  cell: ({ effective_from, created_at }) => moment(effective_from ?? created_at),
                },
                { label: 'To', cell: ({ effective_to }) => moment(effective_to) },
              ]}
              empty={
                <Text size="sm" c="dimmed">
                  None yet.
                </Text>
              }
            />
          )}
        </Loaded>
        {mayChange && (
          <form
            noValidate
            onSubmit={form.onSubmit((body) =>
              add.mutate(
                { params: path, body: { fiat_code: body.fiat_code, rate: body.rate.trim() } },
                {
                  onSuccess: () => form.reset(),
                  onError: (failure) => form.setErrors(faultsByField(failure, ['rate', 'fiat_code'])),
                },
              ),
            )}
          >
            {add.isError && <ProblemAlert failure={add.error} shown={['rate', 'fiat_code']} />}
            <Group align="flex-start">
              <TextInput label="Rate" inputMode="decimal" {...form.getInputProps('rate')} />
              <Select
                label="Fiat currency"
                data={choices}
                searchable
                allowDeselect={false}
                {...form.getInputProps('fiat_code')}
              />
              <Button type="submit" mt={25} loading={add.isPending}>
                Add Cost Basis
              </Button>
            </Group>
          </form>
        )}
      </Stack>
    </Modal>
  );
}
