import {
  ActionIcon,
  Anchor,
  Button,
  Group,
  Modal,
  NumberInput,
  Paper,
  Select,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { $api, type Schemas } from '../api/client';
import { Listing } from '../ui/Listing';
import { Loaded } from '../ui/Loaded';
import { ProblemAlert } from '../ui/ProblemAlert';

/** Which add-ons can be bought with a plan, and from which phase on. */
export function PlanAddons({ plan, editable }: { plan: Schemas['BillingPlan']; editable: boolean }) {
  const [adding, setAdding] = useState(false);
  const attached = $api.useQuery('get', '/v3/openmeter/plans/{planId}/addons', {
    params: { path: { planId: plan.id }, query: { page: { size: 1000 } } },
  });
  const detach = $api.useMutation('delete', '/v3/openmeter/plans/{planId}/addons/{planAddonId}');
  if (!editable && attached.data?.data.length === 0) {
    return null;
  }
  const phaseName = (key: string) => plan.phases.find((phase) => phase.key === key)?.name ?? key;
  return (
    <Paper withBorder p="md" component="section" aria-label="Add-ons">
      <Title order={2} size="h4" mb="sm">
        Add-ons
      </Title>
      {detach.isError && <ProblemAlert failure={detach.error} />}
      <Loaded query={attached} what="add-ons">
        {({ data }) => (
          <Listing
            label="Add-ons of the plan"
            rows={data}
            rowKey={({ id }) => id}
            columns={[
              {
                label: 'Add-on',
                cell: ({ name, addon }) => (
                  <Anchor component={Link} to={`/catalog/add-ons/${addon.id}`}>
                    {name}
                  </Anchor>
                ),
              },
              { label: 'From phase', cell: ({ from_plan_phase }) => phaseName(from_plan_phase) },
              { label: 'At most', cell: ({ max_quantity }) => max_quantity ?? 'no limit', from: 'sm' },
              ...(editable
                ? [
                    {
                      label: 'Actions',
                      right: true,
                      cell: ({ id, name }: Schemas['PlanAddon']) => (
                        <ActionIcon
                          variant="subtle"
                          color="gray"
                          aria-label={`Detach ${name}`}
                          onClick={() =>
                            detach.mutate({ params: { path: { planId: plan.id, planAddonId: id } } })
                          }
                        >
                          <IconTrash size={16} />
                        </ActionIcon>
                      ),
                    },
                  ]
                : []),
            ]}
            empty={
              <Text size="sm" c="dimmed">
                None. Add-ons are sold on top of a plan.
              </Text>
            }
          />
        )}
      </Loaded>
      {editable && (
        <Button
          variant="subtle"
          size="compact-sm"
          mt="xs"
          leftSection={<IconPlus size={14} />}
          onClick={() => setAdding(true)}
        >
          Attach add-on
        </Button>
      )}
      {adding && <Attach plan={plan} onClose={() => setAdding(false)} />}
    </Paper>
  );
}

function Attach({ plan, onClose }: { plan: Schemas['BillingPlan']; onClose: () => void }) {
  const addons = $api.useQuery('get', '/v3/openmeter/addons', {
    params: { query: { page: { size: 1000 }, filter: { status: 'active' } } },
  });
  const attach = $api.useMutation('post', '/v3/openmeter/plans/{planId}/addons');
  const [addonId, setAddonId] = useState<string | null>(null);
  const [phase, setPhase] = useState(plan.phases[0]?.key ?? null);
  const [most, setMost] = useState<string | number>('');
  const addon = addons.data?.data.find(({ id }) => id === addonId);
  return (
    <Modal opened onClose={onClose} title="Attach add-on">
      <Stack>
        {attach.isError && <ProblemAlert failure={attach.error} />}
        <Select
          label="Add-on"
          description="Published ones."
          data={addons.data?.data.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          value={addonId}
          onChange={setAddonId}
          searchable
          nothingFoundMessage="No published add-on"
        />
        <Select
          label="From phase"
          data={plan.phases.map(({ key, name }) => ({ value: key, label: name }))}
          value={phase}
          onChange={setPhase}
          allowDeselect={false}
        />
        {addon?.instance_type === 'multiple' && (
          <NumberInput
            label="At most"
            description="Left out: no limit."
            min={1}
            value={most}
            onChange={setMost}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            disabled={!addon || !phase}
            loading={attach.isPending}
            onClick={() =>
              addon &&
              phase &&
              attach.mutate(
                {
                  params: { path: { planId: plan.id } },
                  body: {
                    name: addon.name,
                    addon: { id: addon.id },
                    from_plan_phase: phase,
                    ...(addon.instance_type === 'multiple' && most !== ''
                      ? { max_quantity: Number(most) }
                      : {}),
                  },
                },
                { onSuccess: onClose },
              )
            }
          >
            Attach
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
