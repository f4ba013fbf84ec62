import { Button, Group, Modal, Stack, Text, type ButtonProps } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { ProblemAlert } from './ProblemAlert';

interface Props extends ButtonProps {
  /** On the button that opens the question. */
  label: string;
  title: string;
  /** What will happen. */
  children: ReactNode;
  /** On the button that does it. */
  confirm: string;
  danger?: boolean;
  /** The doing; the dialog closes when it has succeeded. */
  action: { isPending: boolean; error: unknown; reset: () => void };
  run: (onSuccess: () => void) => void;
}

/** A button that asks before it does something that is not taken back by a click. */
export function ConfirmButton({ label, title, children, confirm, danger, action, run, ...button }: Props) {
  const [opened, { open, close }] = useDisclosure();
  const leave = () => {
    action.reset();
    close();
  };
  return (
    <>
      <Button {...button} onClick={open}>
        {label}
      </Button>
      <Modal opened={opened} onClose={leave} title={title} centered>
        <Stack>
          {action.error ? <ProblemAlert failure={action.error} /> : null}
          <Text component="div" size="sm">
            {children}
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={leave}>
              Not now
            </Button>
            <Button
              color={danger ? 'red.8' : undefined}
              loading={action.isPending}
              onClick={() => run(close)}
              data-autofocus
            >
              {confirm}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
