import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider, createBrowserRouter } from 'react-router';
import { asProblem, worthRetrying } from '../api/problem';
import { routes } from './routes';
import { theme } from './theme';

/** When the token was revoked or the session has ended, the next answer leads back to the sign-in. */
function onFailure(failure: unknown) {
  if (asProblem(failure).status === 401) {
    queries.setQueryData(['session'], null);
  }
}

const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: onFailure }),
  mutationCache: new MutationCache({
    onError: onFailure,
    // Whatever was changed, every list and every number that is on the screen may look different now.
    onSuccess: () =>
      void queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' }),
  }),
  defaultOptions: { queries: { retry: worthRetrying, staleTime: 2_000 } },
});

const router = createBrowserRouter(routes);

export function App() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <ModalsProvider>
          <Notifications position="bottom-right" />
          <RouterProvider router={router} />
        </ModalsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
