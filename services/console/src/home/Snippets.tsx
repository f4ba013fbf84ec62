import { Badge, Button, Code, CopyButton, Group, Loader, Stack, Tabs, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { LANGUAGES, snippet, type Example } from './snippets';

/** Programs that send an event, and whether one has come. */
export function Snippets({ example, received }: { example: Example; received: boolean }) {
  return (
    <Stack gap="xs">
      <Text size="sm">
        Put an access token with the role <Code>ingest</Code> into the environment variable{' '}
        <Code>USANCE_TOKEN</Code>, and send an event of type <Code>{example.type}</Code>.
      </Text>
      <Tabs defaultValue="curl" keepMounted={false}>
        <Tabs.List>
          {LANGUAGES.map((language) => (
            <Tabs.Tab key={language} value={language}>
              {language}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {LANGUAGES.map((language) => {
          const text = snippet(language, location.origin, example);
          return (
            <Tabs.Panel key={language} value={language} pt="xs">
              <Code block tabIndex={0} mah={320} style={{ overflow: 'auto' }}>
                {text}
              </Code>
              <Group justify="space-between" mt="xs">
                <CopyButton value={text}>
                  {({ copied, copy }) => (
                    <Button variant="default" size="xs" onClick={copy}>
                      {copied ? 'Copied' : 'Copy'}
                    </Button>
                  )}
                </CopyButton>
                <div role="status">
                  {received ? (
                    <Badge color="teal.9" leftSection={<IconCheck size={12} aria-hidden />}>
                      Received
                    </Badge>
                  ) : (
                    <Group gap={6}>
                      <Loader size={14} aria-hidden />
                      <Text size="sm" c="dimmed">
                        Waiting for the first event
                      </Text>
                    </Group>
                  )}
                </div>
              </Group>
            </Tabs.Panel>
          );
        })}
      </Tabs>
    </Stack>
  );
}
