import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { ProblemError, asProblem } from '../api/problem';
import type { Schemas } from '../api/client';

/** Who is signed in. The access token itself is in a cookie that no script can read. */
export interface Session {
  name?: string;
  roles: Schemas['AccessTokenRole'][];
  expires_at?: string;
}

/** What a person may do here; the server decides the same by itself. */
export type Permission =
  | 'readMeters'
  | 'changeMeters'
  | 'sendEvents'
  | 'readCatalog'
  | 'changeCatalog'
  | 'readBilling'
  | 'changeBilling'
  | 'applyCatalog'
  | 'manageTokens';

const ROLES: Record<Permission, Schemas['AccessTokenRole'][]> = {
  readMeters: ['meter_admin', 'metering_viewer'],
  changeMeters: ['meter_admin'],
  sendEvents: ['meter_admin', 'ingest'],
  readCatalog: ['product_catalog_admin', 'product_catalog_viewer'],
  changeCatalog: ['product_catalog_admin'],
  readBilling: ['billing_admin', 'billing_viewer'],
  changeBilling: ['billing_admin'],
  applyCatalog: [],
  manageTokens: [],
};

export function permits(session: Session, permission: Permission): boolean {
  return session.roles.some((role) => role === 'admin' || ROLES[permission].includes(role));
}

/** The roles that would permit it, for telling whom to ask. */
export function rolesFor(permission: Permission): Schemas['AccessTokenRole'][] {
  return ['admin', ...ROLES[permission]];
}

const SESSION = ['session'];

async function ask(method: 'GET' | 'POST' | 'DELETE', body?: unknown): Promise<Response> {
  const response = await fetch('/session', {
    method,
    credentials: 'same-origin',
    headers: body ? { 'Content-Type': 'application/json' } : {},
    ...(body ? { body: JSON.stringify(body) } : {}),
  }).catch(() => {
    throw ProblemError.unreachable();
  });
  if (!response.ok) {
    throw await ProblemError.of(response);
  }
  return response;
}

/** The session, or null when nobody is signed in. */
export function useSession() {
  return useQuery({
    queryKey: SESSION,
    queryFn: async (): Promise<Session | null> => {
      try {
        return (await (await ask('GET')).json()) as Session;
      } catch (failure) {
        if (asProblem(failure).status === 401) {
          return null;
        }
        throw failure;
      }
    },
    staleTime: 60_000,
  });
}

/** Whoever comes next sees nothing of what the one before was shown. */
function become(queries: QueryClient, session: Session | null) {
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION[0] });
  queries.setQueryData(SESSION, session);
}

export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (token: string) => (await ask('POST', { token })).json() as Promise<Session>,
    onSuccess: (session) => become(queries, session),
  });
}

export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => ask('DELETE'),
    onSuccess: () => become(queries, null),
  });
}

/** Whether the person may do it. Below the sign-in there is always a session. */
export function useMay(permission: Permission): boolean {
  const { data } = useSession();
  return data ? permits(data, permission) : false;
}
