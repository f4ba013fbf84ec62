import { Button, Center, Stack, Text, Title } from '@mantine/core';
import { useRouteError } from 'react-router';
import { asProblem } from '../api/problem';

/** A page broke. Most often it was replaced by a newer release while it was open. */
export function RouteFault() {
  const { message } = asProblem(useRouteError());
  return (
    <Center mih="60vh" p="md" component="main">
      <Stack maw={480}>
        <Title order={1} size="h3">
          This page did not come up
        </Title>
        <Text>
          If Usance was updated a moment ago, loading it again helps. Otherwise please tell us what you did
          and this text: <em>{message}</em>
        </Text>
        <Button w="fit-content" onClick={() => location.reload()}>
          Load again
        </Button>
      </Stack>
    </Center>
  );
}
