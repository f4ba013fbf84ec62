import { $api } from '../api/client';
import { useMay } from '../session/session';

/** All meters to choose from; none for those who may not read them. */
export function useMeters() {
  const may = useMay('readMeters');
  return $api.useQuery(
    'get',
    '/v3/openmeter/meters',
    { params: { query: { page: { size: 1000 }, sort: 'name' } } },
    { enabled: may },
  );
}

/** The name of a meter by its id; the id itself while it is not known. */
export function useMeterNames(): (id: string) => string {
  const { data } = useMeters();
  const names = new Map(data?.data.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}
