import { Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { asProblem } from '../api/problem';
import { NotFound } from './NotFound';
import { ProblemAlert } from './ProblemAlert';

interface Props<Data> {
  query: Pick<UseQueryResult<Data, unknown>, 'data' | 'error' | 'refetch'>;
  /** What it is called when it is not there. */
  what: string;
  children: (data: Data) => ReactNode;
}

/** What was asked for; meanwhile its shape, and if it does not come, why. */
export function Loaded<Data>({ query: { data, error, refetch }, what, children }: Props<Data>) {
  if (data !== undefined) {
    return (
      <>
        {error ? <ProblemAlert failure={error} onRetry={() => void refetch()} /> : null}
        {children(data)}
      </>
    );
  }
  if (error) {
    return asProblem(error).status === 404 ? (
      <NotFound what={what} />
    ) : (
      <ProblemAlert failure={error} onRetry={() => void refetch()} />
    );
  }
  return (
    <Stack role="status" aria-label={`Loading the ${what}`}>
      <Skeleton h={28} w="40%" />
      <Skeleton h={16} />
      <Skeleton h={16} w="80%" />
      <Skeleton h={160} />
    </Stack>
  );
}
