import { $api } from '../api/client';

/** The currencies to choose from; the one that most begin with while they are not known. */
export function useCurrencyChoices(): { value: string; label: string }[] {
  const { data } = $api.useQuery(
    'get',
    '/v3/openmeter/currencies',
    { params: { query: { page: { size: 1000 }, filter: { type: 'fiat' } } } },
    { staleTime: Infinity },
  );
  return (
    data?.data.map(({ code, name }) => ({ value: code, label: `${code} · ${name}` })) ?? [
      { value: 'USD', label: 'USD' },
    ]
  );
}
