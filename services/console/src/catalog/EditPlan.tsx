import { Button, Group, Modal, Stack, Switch, TextInput, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import type { Schemas } from '../api/client';
import { faultsByField } from '../api/problem';
import { ProblemAlert } from '../ui/ProblemAlert';

const FIELDS = ['name', 'description', 'pro_rating_enabled'];

interface Props {
  plan: Schemas['BillingPlan'];
  save: (changes: Partial<Schemas['UpsertPlanRequest']>) => Promise<unknown>;
  onClose: () => void;
}

/** What a draft is called; currency and cadence are fixed. */
export function EditPlan({ plan, save, onClose }: Props) {
  const [failure, setFailure] = useState<unknown>();
  const form = useForm({
    initialValues: {
      name: plan.name,
      description: plan.description ?? '',
      pro_rating_enabled: plan.pro_rating_enabled ?? true,
    },
    validate: { name: (name) => (name.trim() ? null : 'Give the plan a name.') },
  });
  return (
    <Modal opened onClose={onClose} title="Edit plan">
      <form
        noValidate
        onSubmit={form.onSubmit(async ({ name, description, pro_rating_enabled }) => {
          try {
            await save({
              name: name.trim(),
              description: description.trim() || undefined,
              pro_rating_enabled,
            });
            onClose();
          } catch (refused) {
            setFailure(refused);
            form.setErrors(faultsByField(refused, FIELDS));
          }
        })}
      >
        <Stack>
          {failure !== undefined && <ProblemAlert failure={failure} shown={FIELDS} />}
          <TextInput label="Name" required {...form.getInputProps('name')} />
          <Textarea label="Description" autosize minRows={2} {...form.getInputProps('description')} />
          <Switch label="Pro-rating" {...form.getInputProps('pro_rating_enabled', { type: 'checkbox' })} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={form.submitting}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
