import {
  ActionIcon,
  Badge,
  Button,
  Code,
  Group,
  Menu,
  Modal,
  Stack,
  TextInput,
  Textarea,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { IconDots, IconReceiptTax } from '@tabler/icons-react';
import { useState } from 'react';
import { $api, type Schemas } from '../api/client';
import { asProblem, faultsByField } from '../api/problem';
import { useMay } from '../session/session';
import { EmptyState } from '../ui/EmptyState';
import { Listing } from '../ui/Listing';
import { Loaded } from '../ui/Loaded';
import { Page } from '../ui/Page';
import { ProblemAlert } from '../ui/ProblemAlert';
import { keyOf } from '../ui/format';
import { useListState } from '../ui/useListState';
import { useSettingsTabs } from './tabs';

type TaxCode = Schemas['BillingTaxCode'];

const APPS: { value: Schemas['BillingAppType']; label: string }[] = [
  { value: 'stripe', label: 'Stripe' },
  { value: 'sandbox', label: 'Sandbox' },
  { value: 'external_invoicing', label: 'Custom invoicing' },
];

export function TaxCodes() {
  const list = useListState();
  const tabs = useSettingsTabs();
  const mayChange = useMay('changeCatalog');
  const [open, setOpen] = useState<TaxCode | 'new'>();
  const codes = $api.useQuery(
    'get',
    '/v3/openmeter/tax-codes',
    { params: { query: { page: { number: list.page, size: 20 } } } },
    { placeholderData: (old) => old },
  );
  const defaults = $api.useQuery('get', '/v3/openmeter/defaults/tax-codes');
  return (
    <Page
      title="Settings"
      tabs={tabs}
      description="Tax codes say of what kind something is for the app that computes its taxes."
      actions={mayChange && <Button onClick={() => setOpen('new')}>Create tax code</Button>}
    >
      <Loaded query={codes} what="tax codes">
        {({ data, meta }) => (
          <Listing
            label="Tax codes"
            rows={data}
            rowKey={({ id }) => id}
            page={meta.page}
            onPage={list.setPage}
            columns={[
              {
                label: 'Name',
                cell: ({ id, name }) => (
                  <Group gap="xs">
                    {name}
                    {defaults.data?.invoicing_tax_code.id === id && (
                      <Badge size="sm">Default for invoices</Badge>
                    )}
                    {defaults.data?.credit_grant_tax_code.id === id && (
                      <Badge size="sm" color="grape.8">
                        Default for credit grants
                      </Badge>
                    )}
                  </Group>
                ),
              },
              { label: 'Key', cell: ({ key }) => <Code>{key}</Code>, from: 'sm' },
              {
                label: 'Codes',
                cell: ({ app_mappings }) =>
                  app_mappings.map(({ app_type, tax_code }) => `${app_type}: ${tax_code}`).join(', ') || '—',
              },
              ...(mayChange
                ? [
                    {
                      label: 'Actions',
                      right: true,
                      cell: (code: TaxCode) => <Actions code={code} onEdit={() => setOpen(code)} />,
                    },
                  ]
                : []),
            ]}
            empty={<EmptyState icon={IconReceiptTax} title="No tax codes" />}
          />
        )}
      </Loaded>
      {open && <Edit {...(open === 'new' ? {} : { code: open })} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}

function Actions({ code, onEdit }: { code: TaxCode; onEdit: () => void }) {
  const remove = $api.useMutation('delete', '/v3/openmeter/tax-codes/{taxCodeId}');
  const setDefaults = $api.useMutation('put', '/v3/openmeter/defaults/tax-codes');
  const told = {
    onError: (failure: unknown) =>
      notifications.show({ color: 'red', title: 'It stays as it is', message: asProblem(failure).detail }),
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${code.name}`}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onEdit}>Edit</Menu.Item>
        <Menu.Item
          onClick={() => setDefaults.mutate({ body: { invoicing_tax_code: { id: code.id } } }, told)}
        >
          Make it the default for invoices
        </Menu.Item>
        <Menu.Item
          onClick={() => setDefaults.mutate({ body: { credit_grant_tax_code: { id: code.id } } }, told)}
        >
          Make it the default for credit grants
        </Menu.Item>
        <Menu.Item
          color="red"
          onClick={() => remove.mutate({ params: { path: { taxCodeId: code.id } } }, told)}
        >
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

const FIELDS = ['name', 'key', 'description'];

function Edit({ code, onClose }: { code?: TaxCode; onClose: () => void }) {
  const create = $api.useMutation('post', '/v3/openmeter/tax-codes');
  const update = $api.useMutation('put', '/v3/openmeter/tax-codes/{taxCodeId}');
  const [ownKey, setOwnKey] = useState(code !== undefined);
  const form = useForm({
    initialValues: {
      name: code?.name ?? '',
      key: code?.key ?? '',
      description: code?.description ?? '',
      codes: Object.fromEntries(
        APPS.map(({ value }) => [
          value,
          code?.app_mappings.find(({ app_type }) => app_type === value)?.tax_code ?? '',
        ]),
      ) as Record<Schemas['BillingAppType'], string>,
    },
    validate: {
      name: (name) => (name.trim() ? null : 'Give it a name.'),
      key: (key) => (key.trim() ? null : 'Give it a key.'),
    },
  });
  const failure = create.error ?? update.error;
  const onError = (refused: unknown) => form.setErrors(faultsByField(refused, FIELDS));
  return (
    <Modal opened onClose={onClose} title={code ? `Edit ${code.name}` : 'Create tax code'}>
      <form
        noValidate
        onSubmit={form.onSubmit(({ name, key, description, codes }) => {
          const body = {
            name: name.trim(),
            ...(description.trim() ? { description: description.trim() } : {}),
            app_mappings: APPS.filter(({ value }) => codes[value].trim()).map(({ value }) => ({
              app_type: value,
              tax_code: codes[value].trim(),
            })),
          };
          if (code) {
            update.mutate(
              { params: { path: { taxCodeId: code.id } }, body },
              { onSuccess: onClose, onError },
            );
          } else {
            create.mutate({ body: { ...body, key: key.trim() } }, { onSuccess: onClose, onError });
          }
        })}
      >
        <Stack>
          {failure && <ProblemAlert failure={failure} shown={FIELDS} />}
          <TextInput
            label="Name"
            required
            {...form.getInputProps('name')}
            onChange={({ currentTarget: { value } }) => {
              form.setFieldValue('name', value);
              if (!ownKey) {
                form.setFieldValue('key', keyOf(value));
              }
            }}
          />
          <TextInput
            label="Key"
            required
            disabled={code !== undefined}
            {...form.getInputProps('key')}
            onChange={({ currentTarget: { value } }) => {
              setOwnKey(true);
              form.setFieldValue('key', value);
            }}
          />
          <Textarea label="Description" autosize minRows={2} {...form.getInputProps('description')} />
          {APPS.map(({ value, label }) => (
            <TextInput
              key={value}
              label={`Code for ${label}`}
              placeholder={value === 'stripe' ? 'txcd_10103001' : 'The app decides'}
              {...form.getInputProps(`codes.${value}`)}
            />
          ))}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending || update.isPending}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
