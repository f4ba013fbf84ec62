import { useDebouncedValue } from '@mantine/hooks';
import { useSearchParams } from 'react-router';

/** Where one is in a list, kept in the address so that it can be sent to somebody and the way back works. */
export function useListState() {
  const [params, setParams] = useSearchParams();
  const search = params.get('search') ?? '';
  // Typing does not ask the server at every letter.
  const [settled] = useDebouncedValue(search, 250);
  const set = (name: string, value: string | null) =>
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        if (value) {
          next.set(name, value);
        } else {
          next.delete(name);
        }
        if (name !== 'page') {
          next.delete('page');
        }
        return next;
      },
      { replace: name === 'search' },
    );
  return {
    /** As typed. */
    search,
    /** As asked for. */
    settled,
    page: Number(params.get('page') ?? '1'),
    get: (name: string) => params.get(name) ?? '',
    set,
    setPage: (number: number) => set('page', number === 1 ? null : String(number)),
  };
}
