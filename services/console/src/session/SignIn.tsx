import { Anchor, Button, Center, Code, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { ProblemAlert } from '../ui/ProblemAlert';
import { useSignIn } from './session';

/** Asks for an access token once; from then on a cookie stands for it. */
export function SignIn() {
  const signIn = useSignIn();
  const form = useForm({
    initialValues: { token: '' },
    validate: {
      token: (token) =>
        /^(kpat|spat)_/.test(token.trim()) ? null : 'An access token starts with kpat_ or spat_.',
    },
  });
  return (
    <Center mih="100dvh" p="md" component="main">
      <Paper withBorder p="xl" w="100%" maw={440}>
        <form onSubmit={form.onSubmit(({ token }) => signIn.mutate(token.trim()))}>
          <Stack>
            <div>
              <Title order={1} size="h2">
                Sign in to Usance
              </Title>
              <Text c="dimmed" mt={4}>
                Paste an access token. It is kept in a cookie that no script can read, for at most twelve
                hours.
              </Text>
            </div>
            {signIn.isError && <ProblemAlert failure={signIn.error} />}
            <PasswordInput
              label="Access token"
              placeholder="kpat_…"
              autoFocus
              autoComplete="off"
              {...form.getInputProps('token')}
            />
            <Button type="submit" loading={signIn.isPending}>
              Sign in
            </Button>
            <Text size="sm" c="dimmed">
              On your own machine, <Code>make up</Code> prints one and keeps it in{' '}
              <Code>.usance/secrets/token</Code>. The <Anchor href="/docs/">API reference</Anchor> needs none.
            </Text>
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}
