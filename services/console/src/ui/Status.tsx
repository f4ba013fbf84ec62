import { Badge } from '@mantine/core';

const COLORS: Record<string, string> = {
  active: 'teal.9',
  draft: 'indigo.8',
  scheduled: 'blue.9',
  canceled: 'red.9',
  archived: 'gray.7',
  inactive: 'gray.7',
};

/** Where in its life something is. */
export function Status({ status }: { status: string }) {
  return (
    <Badge variant="filled" color={COLORS[status] ?? 'gray.7'} tt="capitalize">
      {status}
    </Badge>
  );
}
