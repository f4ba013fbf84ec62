import { Alert, Button, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { asProblem, fieldPath } from '../api/problem';

interface Props {
  failure: unknown;
  /** Fields whose faults are shown beside them already. */
  shown?: string[];
  onRetry?: () => void;
}

/** Why something did not work, in the words of the API: what is wrong, where, and what to do. */
export function ProblemAlert({ failure, shown = [], onRetry }: Props) {
  const problem = asProblem(failure);
  const left = problem.faults.filter(({ field }) => {
    const path = fieldPath(field);
    return !shown.some((name) => path === name || path.startsWith(`${name}.`));
  });
  return (
    <Alert color="red" icon={<IconAlertTriangle />} title={problem.title} role="alert" variant="light">
      {left.length === 0 && (
        <Text size="sm">
          {problem.faults.length > 0 ? 'Correct the fields that are marked.' : sentence(problem.detail)}
        </Text>
      )}
      {left.length > 0 && (
        <List size="sm">
          {left.map(({ field, reason }, i) => (
            <List.Item key={i}>
              {field && <b>{fieldPath(field) || 'request'}: </b>}
              {reason}
            </List.Item>
          ))}
        </List>
      )}
      {problem.status >= 500 && problem.request && (
        <Text size="xs" mt={4}>
          Request {problem.request}
        </Text>
      )}
      {onRetry && (
        <Button variant="default" size="xs" mt="sm" onClick={onRetry}>
          Try again
        </Button>
      )}
    </Alert>
  );
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(capital) ? capital : `${capital}.`;
}
