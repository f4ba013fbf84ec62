import { Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface Props {
  icon: Icon;
  title: string;
  /** Of the heading: 1 where there is no other on the page. */
  order?: 1 | 2;
  children?: ReactNode;
  /** What to do about it. */
  action?: ReactNode;
}

/** Nothing to show: what would be here, and how it gets here. */
export function EmptyState({ icon: Icon, title, order = 2, children, action }: Props) {
  return (
    <Stack align="center" ta="center" py={48} px="md" gap="xs">
      <ThemeIcon size={48} radius="xl" variant="light">
        <Icon size={26} aria-hidden />
      </ThemeIcon>
      <Title order={order} size="h4" mt="xs">
        {title}
      </Title>
      {children && (
        <Text component="div" c="dimmed" maw={480}>
          {children}
        </Text>
      )}
      {action}
    </Stack>
  );
}
