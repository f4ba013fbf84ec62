import {
  Alert,
  Badge,
  Button,
  Checkbox,
  Code,
  CopyButton,
  Group,
  Modal,
  Radio,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { $api, type Schemas } from '../api/client';
import { faultsByField } from '../api/problem';
import { ConfirmButton } from '../ui/ConfirmButton';
import { EmptyState } from '../ui/EmptyState';
import { Listing } from '../ui/Listing';
import { Loaded } from '../ui/Loaded';
import { Page } from '../ui/Page';
import { ProblemAlert } from '../ui/ProblemAlert';
import { SearchField } from '../ui/SearchField';
import { day, moment } from '../ui/format';
import { useListState } from '../ui/useListState';
import { useSettingsTabs } from './tabs';

type Token = Schemas['AccessToken'];
type Role = Schemas['AccessTokenRole'];

const ROLES: { value: Role; label: string; description: string }[] = [
  { value: 'admin', label: 'Admin', description: 'Everything, access tokens too.' },
  { value: 'ingest', label: 'Ingest', description: 'Sends events, and nothing else. For producers.' },
  {
    value: 'meter_admin',
    label: 'Meter admin',
    description: 'Changes meters, sends and sees events and usage.',
  },
  { value: 'metering_viewer', label: 'Metering viewer', description: 'Sees meters, events and usage.' },
  {
    value: 'product_catalog_admin',
    label: 'Product catalog admin',
    description: 'Changes features, plans, add-ons and tax codes.',
  },
  { value: 'product_catalog_viewer', label: 'Product catalog viewer', description: 'Sees them.' },
  { value: 'billing_admin', label: 'Billing admin', description: 'Changes customers and subscriptions.' },
  { value: 'billing_viewer', label: 'Billing viewer', description: 'Sees them, and invoices.' },
  { value: 'entitlement_access', label: 'Entitlement access', description: 'Asks who has access to what.' },
];

/** That many days from now. */
function inDays(days: string): string {
  return new Date(Date.now() + Number(days) * 24 * 3_600_000).toISOString();
}

function state({ revoked_at, expires_at }: Token): 'revoked' | 'expired' | 'living' {
  if (revoked_at) {
    return 'revoked';
  }
  return expires_at && Date.parse(expires_at) <= Date.now() ? 'expired' : 'living';
}

export function AccessTokens() {
  const list = useListState();
  const tabs = useSettingsTabs();
  const [creating, setCreating] = useState(false);
  const tokens = $api.useQuery(
    'get',
    '/v3/openmeter/access-tokens',
    {
      params: {
        query: {
          page: { number: list.page, size: 20 },
          sort: 'created_at desc',
          ...(list.settled ? { filter: { name: { contains: list.settled } } } : {}),
        },
      },
    },
    { placeholderData: (old) => old },
  );
  return (
    <Page
      title="Settings"
      tabs={tabs}
      description="Access tokens let people and programs in. Give each its own, with no more roles than it needs."
      actions={<Button onClick={() => setCreating(true)}>Generate Token</Button>}
    >
      <SearchField what="access tokens" list={list} />
      <Loaded query={tokens} what="access tokens">
        {({ data, meta }) => (
          <Listing
            label="Access tokens"
            rows={data}
            rowKey={({ id }) => id}
            page={meta.page}
            onPage={list.setPage}
            columns={[
              {
                label: 'Name',
                cell: (token) => (
                  <Group gap="xs">
                    {token.name}
                    {state(token) !== 'living' && (
                      <Badge color="gray.7" size="sm">
                        {state(token)}
                      </Badge>
                    )}
                  </Group>
                ),
              },
              { label: 'Ends in', cell: ({ hint }) => <Code>…{hint}</Code>, from: 'sm' },
              { label: 'Roles', cell: ({ roles }) => roles.join(', ') },
              { label: 'Created', cell: ({ created_at }) => day(created_at), from: 'md' },
              {
                label: 'Last used',
                cell: ({ last_used_at }) => (last_used_at ? moment(last_used_at) : 'never'),
                from: 'md',
              },
              {
                label: 'Expires',
                cell: ({ expires_at }) => (expires_at ? day(expires_at) : 'never'),
                from: 'sm',
              },
              {
                label: 'Actions',
                right: true,
                cell: (token) => state(token) === 'living' && <Revoke token={token} />,
              },
            ]}
            empty={<EmptyState icon={IconKey} title="No access token is like this" />}
          />
        )}
      </Loaded>
      {creating && <GenerateToken onClose={() => setCreating(false)} />}
    </Page>
  );
}

function Revoke({ token }: { token: Token }) {
  const revoke = $api.useMutation('delete', '/v3/openmeter/access-tokens/{accessTokenId}');
  return (
    <ConfirmButton
      label="Revoke"
      aria-label={`Revoke ${token.name}`}
      variant="default"
      size="xs"
      title={`Revoke ${token.name}?`}
      confirm="Revoke token"
      danger
      action={revoke}
      run={(done) =>
        revoke.mutate(
          { params: { path: { accessTokenId: token.id } } },
          {
            onSuccess: () => {
              done();
              notifications.show({ message: `${token.name} stops working within seconds` });
            },
          },
        )
      }
    >
      Whoever uses it is locked out within seconds, for good.
    </ConfirmButton>
  );
}

const FIELDS = ['name', 'kind', 'roles', 'expires_at'];

function GenerateToken({ onClose }: { onClose: () => void }) {
  const create = $api.useMutation('post', '/v3/openmeter/access-tokens');
  const form = useForm({
    initialValues: {
      name: '',
      kind: 'personal' as Schemas['AccessTokenKind'],
      roles: [] as Role[],
      expires_at: '90',
    },
    validate: {
      name: (name) => (name.trim() ? null : 'Say what it is for.'),
      roles: (roles) => (roles.length > 0 ? null : 'Choose at least one role.'),
    },
  });
  if (create.data) {
    return <Secret created={create.data} onClose={onClose} />;
  }
  const lifetimes = [
    { value: '7', label: '7 days' },
    { value: '30', label: '30 days' },
    { value: '90', label: '90 days' },
    { value: '365', label: '365 days' },
    ...(form.values.kind === 'system_account' ? [{ value: '', label: 'Never' }] : []),
  ];
  return (
    <Modal opened onClose={onClose} title="Generate token" size="lg">
      <form
        noValidate
        onSubmit={form.onSubmit(({ name, kind, roles, expires_at }) =>
          create.mutate(
            {
              body: {
                name: name.trim(),
                kind,
                roles,
                ...(expires_at ? { expires_at: inDays(expires_at) } : {}),
              },
            },
            { onError: (failure) => form.setErrors(faultsByField(failure, FIELDS)) },
          ),
        )}
      >
        <Stack>
          {create.isError && <ProblemAlert failure={create.error} shown={FIELDS} />}
          <TextInput
            label="Name"
            placeholder="What it is for"
            required
            data-autofocus
            {...form.getInputProps('name')}
          />
          <Radio.Group
            label="Kind"
            {...form.getInputProps('kind')}
            onChange={(kind) => {
              form.setFieldValue('kind', kind as Schemas['AccessTokenKind']);
              if (kind === 'personal' && !form.values.expires_at) {
                form.setFieldValue('expires_at', '90');
              }
            }}
          >
            <Group mt="xs">
              <Radio value="personal" label="Personal, for you" />
              <Radio value="system_account" label="System account, for a program" />
            </Group>
          </Radio.Group>
          <Checkbox.Group label="Roles" {...form.getInputProps('roles')}>
            <SimpleGrid cols={{ base: 1, sm: 2 }} mt="xs" spacing="sm">
              {ROLES.map(({ value, label, description }) => (
                <Checkbox key={value} value={value} label={label} description={description} />
              ))}
            </SimpleGrid>
          </Checkbox.Group>
          <Select
            label="Expires after"
            data={lifetimes}
            allowDeselect={false}
            {...form.getInputProps('expires_at')}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending}>
              Generate
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Secret({ created, onClose }: { created: Schemas['AccessTokenCreated']; onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={created.name} size="lg" closeOnClickOutside={false}>
      <Stack>
        <Alert color="yellow" variant="light" title="Copy it now">
          This is the only time it is shown. Whoever has it can do what its roles allow.
        </Alert>
        <Code block data-testid="secret" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
          {created.token}
        </Code>
        <Text size="sm" c="dimmed">
          {created.roles.join(', ')},{' '}
          {created.expires_at ? `until ${moment(created.expires_at)}` : 'without an end'}
        </Text>
        <Group justify="flex-end">
          <CopyButton value={created.token}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {copied ? 'Copied' : 'Copy'}
              </Button>
            )}
          </CopyButton>
          <Button onClick={onClose}>Done</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
