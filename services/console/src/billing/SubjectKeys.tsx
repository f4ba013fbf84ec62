import { TagsInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState, type ReactNode } from 'react';
import { $api } from '../api/client';
import { useMay } from '../session/session';

interface Props {
  value?: string[];
  onChange?: (value: string[]) => void;
  error?: ReactNode;
}

/** Subjects besides the key; those are proposed that events have come with. */
export function SubjectKeys({ value = [], onChange, error }: Props) {
  const may = useMay('readMeters');
  const [typed, setTyped] = useState('');
  const [settled] = useDebouncedValue(typed, 200);
  const subjects = $api.useQuery(
    'get',
    '/v3/openmeter/subjects',
    { params: { query: { page: { size: 50 }, ...(settled ? { filter: { key: { gte: settled } } } : {}) } } },
    { enabled: may, placeholderData: (old) => old },
  );
  return (
    <TagsInput
      label="Include usage from"
      description="Further subjects whose events are the customer's: users, hosts, devices. Enter adds one; those that were seen already are proposed."
      placeholder={value.length > 0 ? undefined : 'Only the key'}
      data={subjects.data?.data.filter(({ customer }) => !customer).map(({ key }) => key) ?? []}
      searchValue={typed}
      onSearchChange={setTyped}
      value={value}
      onChange={(keys) => onChange?.(keys)}
      error={error}
    />
  );
}
