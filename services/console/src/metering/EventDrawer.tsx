import { Alert, Code, Drawer, List, Stack, Title } from '@mantine/core';
import type { Schemas } from '../api/client';
import { Facts } from '../ui/Facts';
import { moment } from '../ui/format';

/** One event: whole, and what became of it. */
export function EventDrawer({
  ingested,
  onClose,
}: {
  ingested: Schemas['MeteringIngestedEvent'];
  onClose: () => void;
}) {
  const { event, customer, ingested_at, stored_at, validation_errors: faults = [] } = ingested;
  return (
    <Drawer opened onClose={onClose} position="right" size="lg" title={`Event ${event.id}`}>
      <Stack>
        {faults.length > 0 && (
          <Alert color="orange" variant="light" title="It counts nowhere">
            <List size="sm">
              {faults.map(({ code, message }) => (
                <List.Item key={code}>{message}</List.Item>
              ))}
            </List>
          </Alert>
        )}
        <Facts
          facts={[
            ['Customer', customer?.id ?? 'None'],
            ['Received', moment(ingested_at)],
            ['Stored', moment(stored_at)],
          ]}
        />
        <Title order={3} size="h5">
          As it came
        </Title>
        <Code block tabIndex={0}>
          {JSON.stringify(event, null, 2)}
        </Code>
      </Stack>
    </Drawer>
  );
}
