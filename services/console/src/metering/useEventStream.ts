import { useEffect, useState } from 'react';
import type { Schemas } from '../api/client';

type Ingested = Schemas['MeteringIngestedEvent'];

/** How many events a person follows; older ones are in the list. */
const KEPT_MAX = 200;

export interface EventStream {
  /** The newest first. */
  events: Ingested[];
  state: 'connecting' | 'live' | 'lost';
  /** Whether some were passed over because more came than could be sent. */
  gap: boolean;
}

/** Events as they are stored, while `on`; the browser connects again by itself when a stream ends. */
export function useEventStream(on: boolean, filter: Record<string, string>): EventStream {
  const query = new URLSearchParams(
    Object.entries(filter).map(([name, value]) => [`filter[${name}]`, value] as [string, string]),
  ).toString();
  const [stream, setStream] = useState<EventStream>({ events: [], state: 'connecting', gap: false });
  useEffect(() => {
    if (!on) {
      return;
    }
    const source = new EventSource(`/v3/openmeter/events/stream${query ? `?${query}` : ''}`);
    const set = (change: (old: EventStream) => Partial<EventStream>) =>
      setStream((old) => ({ ...old, ...change(old) }));
    source.onopen = () => set(() => ({ state: 'live' }));
    source.onerror = () =>
      set(() => ({ state: source.readyState === EventSource.CLOSED ? 'lost' : 'connecting' }));
    source.addEventListener('event', ({ data }: MessageEvent<string>) => {
      const event = JSON.parse(data) as Ingested;
      set(({ events }) => ({ state: 'live', events: [event, ...events].slice(0, KEPT_MAX) }));
    });
    source.addEventListener('gap', () => set(() => ({ gap: true })));
    return () => {
      source.close();
      setStream({ events: [], state: 'connecting', gap: false });
    };
  }, [on, query]);
  return stream;
}
