import { Button, Group, Modal, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import type { Schemas } from '../api/client';
import { faultsByField } from '../api/problem';
import { ProblemAlert } from '../ui/ProblemAlert';
import { keyOf } from '../ui/format';

type Phase = Schemas['BillingPlanPhase'];

const FIELDS = ['name', 'key', 'duration'];

interface Props {
  phases: Phase[];
  index: number | 'new';
  save: (phases: Phase[]) => Promise<unknown>;
  onClose: () => void;
}

/** A phase's name and how long it lasts. The last one lasts on, so a new one makes the one before it end. */
export function PhaseDialog({ phases, index, save, onClose }: Props) {
  const phase = index === 'new' ? undefined : phases[index];
  const isLast = index === phases.length - 1;
  /** Of which phase the duration is asked: its own, or that of the one before a new one. */
  const timed = index === 'new' ? phases.at(-1) : phase;
  const known = timed?.duration?.match(/^P(\d+)([DWMY])$/);
  const [failure, setFailure] = useState<unknown>();
  const form = useForm({
    initialValues: {
      name: phase?.name ?? '',
      key: phase?.key ?? '',
      count: Number(known?.[1] ?? 1),
      unit: known?.[2] ?? 'M',
      duration: '',
    },
    validate: { name: (name) => (name.trim() ? null : 'Give the phase a name.') },
  });
  const store = async (next: Phase[]) => {
    try {
      await save(next);
      onClose();
    } catch (refused) {
      setFailure(refused);
      form.setErrors(faultsByField(refused, FIELDS, `phases.${index === 'new' ? phases.length : index}`));
    }
  };
  return (
    <Modal opened onClose={onClose} title={phase ? `Edit phase ${phase.name}` : 'Add phase'}>
      <form
        noValidate
        onSubmit={form.onSubmit(({ name, key, count, unit }) => {
          const duration = `P${count}${unit}`;
          if (index === 'new') {
            const before = phases.map((old, i) => (i === phases.length - 1 ? { ...old, duration } : old));
            return store([...before, { name: name.trim(), key: key.trim() || keyOf(name), rate_cards: [] }]);
          }
          return store(
            phases.map((old, i) =>
              i === index
                ? { ...old, name: name.trim(), key: key.trim() || old.key, ...(isLast ? {} : { duration }) }
                : old,
            ),
          );
        })}
      >
        <Stack>
          {failure !== undefined && <ProblemAlert failure={failure} shown={[]} />}
          <TextInput
            label="Name"
            required
            {...form.getInputProps('name')}
            onChange={({ currentTarget: { value } }) => {
              form.setFieldValue('name', value);
              if (index === 'new') {
                form.setFieldValue('key', keyOf(value));
              }
            }}
          />
          <TextInput label="Key" required {...form.getInputProps('key')} />
          {(index === 'new' || !isLast) && (
            <Group grow align="flex-start">
              <NumberInput
                label={index === 'new' ? `${timed?.name} lasts` : 'Lasts'}
                min={1}
                {...form.getInputProps('count')}
                error={form.errors.duration}
              />
              <Select
                label="Unit"
                data={[
                  { value: 'D', label: 'days' },
                  { value: 'W', label: 'weeks' },
                  { value: 'M', label: 'months' },
                  { value: 'Y', label: 'years' },
                ]}
                allowDeselect={false}
                {...form.getInputProps('unit')}
              />
            </Group>
          )}
          <Group justify="space-between">
            {phase && phases.length > 1 ? (
              <Button
                variant="subtle"
                color="red.8"
                onClick={() =>
                  void store(
                    phases
                      .filter((_, i) => i !== index)
                      .map((old, i, rest) => {
                        const { duration, ...open } = old;
                        return i === rest.length - 1 ? open : { ...open, ...(duration ? { duration } : {}) };
                      }),
                  )
                }
              >
                Remove phase
              </Button>
            ) : (
              <span />
            )}
            <Group>
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" loading={form.submitting}>
                Save
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
