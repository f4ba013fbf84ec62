import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { useListState } from './useListState';

/** Looks for a part of the name. */
export function SearchField({ what, list }: { what: string; list: ReturnType<typeof useListState> }) {
  return (
    <TextInput
      aria-label={`Search ${what} by name`}
      placeholder="Search by name"
      leftSection={<IconSearch size={16} />}
      value={list.search}
      onChange={({ currentTarget }) => list.set('search', currentTarget.value)}
      maw={320}
      mb="md"
    />
  );
}
