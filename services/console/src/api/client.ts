import createFetchClient from 'openapi-fetch';
import createQueryClient from 'openapi-react-query';
import { ProblemError } from './problem';
import type { components, paths } from './schema';

/** The types of the public API, generated from its description. */
export type Schemas = components['schemas'];

/** Writes `filter[key][contains]=a` and `page[size]=20`, as deep as it goes; what is undefined or '' is left out. */
export function serializeQuery(query: Record<string, unknown>): string {
  const parts: string[] = [];
  const write = (name: string, value: unknown) => {
    if (value === undefined || value === null || value === '') {
      return;
    }
    if (Array.isArray(value)) {
      parts.push(`${encodeURIComponent(name)}=${encodeURIComponent(value.join(','))}`);
    } else if (typeof value === 'object') {
      Object.entries(value).forEach(([key, inner]) => write(`${name}[${key}]`, inner));
    } else {
      parts.push(`${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
    }
  };
  Object.entries(query).forEach(([name, value]) => write(name, value));
  return parts.join('&');
}

/** The public API. Every answer that is not a success is thrown as a {@link ProblemError}. */
export const client = createFetchClient<paths>({
  baseUrl: typeof location === 'undefined' ? '' : location.origin,
  querySerializer: serializeQuery,
  credentials: 'same-origin',
  // Asked for at the time of the call, so that tests may put another in its place.
  fetch: (request) => globalThis.fetch(request),
});

client.use({
  async onResponse({ response }) {
    if (!response.ok) {
      throw await ProblemError.of(response);
    }
  },
  onError({ error }) {
    return error instanceof ProblemError ? error : ProblemError.unreachable();
  },
});

/** The same, as hooks: `$api.useQuery('get', '/v3/openmeter/meters')`. */
export const $api = createQueryClient(client);
