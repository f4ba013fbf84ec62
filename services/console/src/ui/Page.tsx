import { Anchor, Breadcrumbs, Group, Stack, Tabs, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';

interface Props {
  title: string;
  /** Beside the title: a status, a version. */
  mark?: ReactNode;
  description?: ReactNode;
  /** The pages above this one. */
  trail?: { label: string; to: string }[];
  /** Pages side by side; the one with the current path is chosen. */
  tabs?: { label: string; to: string }[];
  actions?: ReactNode;
  children: ReactNode;
}

/** What all pages have in common: the title, where one is, what one can do, and the content below. */
export function Page({ title, mark, description, trail, tabs, actions, children }: Props) {
  const { pathname } = useLocation();
  const navigate = useNavigate();
  useDocumentTitle(`${title} · Usance`);
  return (
    <Stack gap="lg" maw={1180} mx="auto">
      <Stack gap={6}>
        {trail && (
          <Breadcrumbs component="nav" aria-label="Breadcrumbs">
            {trail.map(({ label, to }) => (
              <Anchor key={label} component={Link} to={to} size="sm">
                {label}
              </Anchor>
            ))}
          </Breadcrumbs>
        )}
        <Group justify="space-between" align="flex-start" gap="sm">
          <Group gap="sm">
            <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
              {title}
            </Title>
            {mark}
          </Group>
          {actions && <Group gap="xs">{actions}</Group>}
        </Group>
        {description && (
          <Text c="dimmed" component="div" maw={720}>
            {description}
          </Text>
        )}
      </Stack>
      {tabs ? (
        <Tabs value={pathname} onChange={(to) => to && void navigate(to)} keepMounted={false}>
          <Tabs.List mb="md">
            {tabs.map(({ label, to }) => (
              <Tabs.Tab key={to} value={to}>
                {label}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value={pathname}>{children}</Tabs.Panel>
        </Tabs>
      ) : (
        children
      )}
    </Stack>
  );
}
