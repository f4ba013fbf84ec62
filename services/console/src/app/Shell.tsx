import {
  ActionIcon,
  AppShell,
  Box,
  Burger,
  Center,
  Group,
  Loader,
  Menu,
  NavLink,
  Text,
  UnstyledButton,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconBook2,
  IconBox,
  IconChartBar,
  IconGauge,
  IconHome,
  IconLogout,
  IconMoon,
  IconReceipt,
  IconSettings,
  IconSun,
  IconUser,
  type Icon,
} from '@tabler/icons-react';
import { Suspense } from 'react';
import { Link, Outlet, useLocation } from 'react-router';
import { SignIn } from '../session/SignIn';
import { permits, useSession, useSignOut, type Permission, type Session } from '../session/session';
import { ProblemAlert } from '../ui/ProblemAlert';

interface Section {
  label: string;
  to: string;
  icon: Icon;
  permissions: Permission[];
}

const SECTIONS: Section[] = [
  { label: 'Metering', to: '/metering', icon: IconGauge, permissions: ['readMeters'] },
  { label: 'Product Catalog', to: '/catalog', icon: IconBox, permissions: ['readCatalog'] },
  { label: 'Billing', to: '/billing', icon: IconReceipt, permissions: ['readBilling'] },
  { label: 'Settings', to: '/settings', icon: IconSettings, permissions: ['readCatalog', 'manageTokens'] },
];

/** The frame around every page; without a session, the sign-in in its place. */
export function Shell() {
  const session = useSession();
  if (session.isPending) {
    return (
      <Center mih="100dvh">
        <Loader aria-label="Loading" />
      </Center>
    );
  }
  if (session.isError) {
    return (
      <Center mih="100dvh" p="md" component="main">
        <ProblemAlert failure={session.error} onRetry={() => void session.refetch()} />
      </Center>
    );
  }
  return session.data ? <Frame session={session.data} /> : <SignIn />;
}

function Frame({ session }: { session: Session }) {
  const [opened, { toggle, close }] = useDisclosure();
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 240, breakpoint: 'sm', collapsed: { mobile: !opened } }}
      padding={{ base: 'md', sm: 'xl' }}
    >
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={opened}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={opened ? 'Close the menu' : 'Open the menu'}
            />
            <UnstyledButton component={Link} to="/" aria-label="Usance, home">
              <Group gap={8} wrap="nowrap">
                <img src="/icon.svg" alt="" width={26} height={26} />
                <Text fw={700} size="lg">
                  Usance
                </Text>
              </Group>
            </UnstyledButton>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <SchemeSwitch />
            <Account session={session} />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label="Sections">
        <Navigation session={session} onChosen={close} />
      </AppShell.Navbar>
      <AppShell.Main>
        <Suspense
          fallback={
            <Center h="50vh">
              <Loader aria-label="Loading" />
            </Center>
          }
        >
          <Outlet />
        </Suspense>
      </AppShell.Main>
    </AppShell>
  );
}

function Navigation({ session, onChosen }: { session: Session; onChosen: () => void }) {
  const { pathname } = useLocation();
  const offered = SECTIONS.filter(({ permissions }) => permissions.some((one) => permits(session, one)));
  return (
    <>
      <NavLink
        component={Link}
        to="/"
        label="Home"
        leftSection={<IconHome size={18} aria-hidden />}
        active={pathname === '/' || pathname === '/quick-start'}
        onClick={onChosen}
      />
      {offered[0] && (
        <>
          <NavLink
            component={Link}
            to={offered[0].to}
            label="Metering & Billing"
            leftSection={<IconChartBar size={18} aria-hidden />}
            fw={600}
            onClick={onChosen}
          />
          {/* Not as its children: with those, a click opens and closes instead of leading there. */}
          <Box pl="xl">
            {offered.map(({ label, to, icon: Icon }) => {
              const here = pathname === to || pathname.startsWith(`${to}/`);
              return (
                <NavLink
                  key={to}
                  component={Link}
                  to={to}
                  label={label}
                  leftSection={<Icon size={18} aria-hidden />}
                  active={here}
                  aria-current={here ? 'page' : undefined}
                  onClick={onChosen}
                />
              );
            })}
          </Box>
        </>
      )}
      <NavLink
        href="/docs/"
        label="API reference"
        leftSection={<IconBook2 size={18} aria-hidden />}
        mt="auto"
      />
    </>
  );
}

function SchemeSwitch() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const next = scheme === 'dark' ? 'light' : 'dark';
  const Icon = scheme === 'dark' ? IconSun : IconMoon;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={`Change to ${next} colors`}
      onClick={() => setColorScheme(next)}
    >
      <Icon size={18} />
    </ActionIcon>
  );
}

function Account({ session }: { session: Session }) {
  const signOut = useSignOut();
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Account">
          <IconUser size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {session.name && <Text size="sm">{session.name}</Text>}
          {session.roles.join(', ')}
        </Menu.Label>
        {permits(session, 'manageTokens') && (
          <Menu.Item component={Link} to="/settings/access-tokens">
            Access tokens
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => signOut.mutate()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
