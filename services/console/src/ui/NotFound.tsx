import { Anchor } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { Link } from 'react-router';
import { EmptyState } from './EmptyState';

export function NotFound({ what }: { what: string }) {
  return (
    <EmptyState icon={IconMapQuestion} title={`There is no such ${what}`} order={1}>
      It may have been deleted, or belong to another namespace.{' '}
      <Anchor component={Link} to="/">
        To the home page
      </Anchor>
    </EmptyState>
  );
}
