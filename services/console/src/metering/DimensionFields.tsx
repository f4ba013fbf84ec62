import { ActionIcon, Button, Fieldset, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';

/** A label to group by: its name, and where in an event's data its value is. */
export interface DimensionRow {
  /** Stays the same while the row is edited. */
  id: string;
  name: string;
  path: string;
}

export function dimensionRow(name = '', path = ''): DimensionRow {
  return { id: crypto.randomUUID(), name, path };
}

export function dimensionRows(dimensions: Record<string, string> | undefined): DimensionRow[] {
  return Object.entries(dimensions ?? {}).map(([name, path]) => dimensionRow(name, path));
}

/** Rows without a name are left out. */
export function dimensionsOf(rows: DimensionRow[]): Record<string, string> {
  return Object.fromEntries(
    rows.filter(({ name }) => name.trim()).map(({ name, path }) => [name.trim(), path.trim()]),
  );
}

interface Props {
  rows: DimensionRow[];
  onChange: (rows: DimensionRow[]) => void;
  /** What is wrong, if anything. */
  error?: string | undefined;
}

export function DimensionFields({ rows, onChange, error }: Props) {
  // A path is proposed from the name until somebody writes one.
  const [own, setOwn] = useState<Set<string>>(() => new Set(rows.map(({ id }) => id)));
  const change = (id: string, changed: Partial<DimensionRow>) =>
    onChange(rows.map((row) => (row.id === id ? { ...row, ...changed } : row)));
  return (
    <Fieldset legend="Labels to group by" variant="default">
      <Stack gap="xs">
        {rows.length === 0 && (
          <Text size="sm" c="dimmed">
            None. The subject and the customer are always there to group by.
          </Text>
        )}
        {rows.map(({ id, name, path }, i) => (
          <Group key={id} gap="xs" wrap="nowrap" align="flex-start">
            <TextInput
              aria-label={`Name of label ${i + 1}`}
              placeholder="model"
              value={name}
              onChange={({ currentTarget: { value } }) =>
                change(id, own.has(id) ? { name: value } : { name: value, path: value ? `$.${value}` : '' })
              }
              flex={1}
            />
            <TextInput
              aria-label={`JSONPath of label ${i + 1}`}
              placeholder="$.model"
              value={path}
              onChange={({ currentTarget: { value } }) => {
                setOwn(new Set([...own, id]));
                change(id, { path: value });
              }}
              flex={1}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={`Remove label ${name || i + 1}`}
              onClick={() => onChange(rows.filter((row) => row.id !== id))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
        {error && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {error}
          </Text>
        )}
        <Button
          variant="subtle"
          size="compact-sm"
          w="fit-content"
          leftSection={<IconPlus size={14} />}
          onClick={() => onChange([...rows, dimensionRow()])}
        >
          Add label
        </Button>
      </Stack>
    </Fieldset>
  );
}
