import { Code, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { EmptyState } from '../ui/EmptyState';
import { rolesFor, useMay, type Permission } from './session';

/** What is inside, or who could open it. */
export function Permitted({ permission, children }: { permission: Permission; children: ReactNode }) {
  if (useMay(permission)) {
    return children;
  }
  return (
    <EmptyState icon={IconLock} title="Not open to your access token">
      <Text>
        This needs one of the roles{' '}
        {rolesFor(permission).map((role, i) => (
          <span key={role}>
            {i > 0 && ', '}
            <Code>{role}</Code>
          </span>
        ))}
        . Ask an administrator for a token that has it, and sign in again.
      </Text>
    </EmptyState>
  );
}
