import type { Schemas } from '../api/client';

export type Granularity = Schemas['MeterQueryGranularity'];

/** More points than this draw nothing that a person could read. */
export const POINTS_MAX = 1_500;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const GRANULARITIES: { value: Granularity; label: string }[] = [
  { value: 'PT1M', label: 'Minute' },
  { value: 'PT1H', label: 'Hour' },
  { value: 'P1D', label: 'Day' },
  { value: 'P1M', label: 'Month' },
];

/** A span of time that ends now. */
export const RANGES = [
  { value: '1h', label: 'Last hour', millis: HOUR, granularity: 'PT1M' },
  { value: '24h', label: 'Last 24 hours', millis: 24 * HOUR, granularity: 'PT1H' },
  { value: '7d', label: 'Last 7 days', millis: 7 * 24 * HOUR, granularity: 'PT1H' },
  { value: '30d', label: 'Last 30 days', millis: 30 * 24 * HOUR, granularity: 'P1D' },
  { value: '12m', label: 'Last 12 months', millis: 365 * 24 * HOUR, granularity: 'P1M' },
] as const satisfies { value: string; label: string; millis: number; granularity: Granularity }[];

/** The parts of an instant's local time: `2026-11-27T13:05`. */
function local(instant: number, zone: string): string {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

/** What tells the window of an instant from all others, in order of time when sorted. */
export function windowKey(instant: string, granularity: Granularity, zone: string): string {
  const millis = Date.parse(instant);
  switch (granularity) {
    case 'PT1M':
      return new Date(millis - (millis % MINUTE)).toISOString();
    case 'PT1H': {
      // Hours begin at the half hour in some zones.
      const minutes = Number(local(millis, zone).slice(14));
      return new Date(millis - (millis % MINUTE) - minutes * MINUTE).toISOString();
    }
    case 'P1D':
      return local(millis, zone).slice(0, 10);
    case 'P1M':
      return local(millis, zone).slice(0, 7);
  }
}

/** The window after `key`. Days and months are steps of the calendar, so clocks that change do not matter. */
function next(key: string, granularity: Granularity): string {
  switch (granularity) {
    case 'PT1M':
      return new Date(Date.parse(key) + MINUTE).toISOString();
    case 'PT1H':
      return new Date(Date.parse(key) + HOUR).toISOString();
    case 'P1D': {
      const date = new Date(`${key}T00:00Z`);
      date.setUTCDate(date.getUTCDate() + 1);
      return date.toISOString().slice(0, 10);
    }
    case 'P1M': {
      const date = new Date(`${key}-01T00:00Z`);
      date.setUTCMonth(date.getUTCMonth() + 1);
      return date.toISOString().slice(0, 7);
    }
  }
}

/** The keys of every window from `from` up to `to`, at most {@link POINTS_MAX}, the later ones when there are more. */
export function windowKeys(from: string, to: string, granularity: Granularity, zone: string): string[] {
  // The end is exclusive.
  const last = windowKey(new Date(Date.parse(to) - 1).toISOString(), granularity, zone);
  const keys: string[] = [];
  for (let key = windowKey(from, granularity, zone); key <= last; key = next(key, granularity)) {
    keys.push(key);
    if (keys.length > 100_000) {
      break;
    }
  }
  return keys.slice(-POINTS_MAX);
}

/** How a window is called below the chart. */
export function windowLabel(key: string, granularity: Granularity, zone: string): string {
  const of = (options: Intl.DateTimeFormatOptions, timeZone: string, instant: string) =>
    new Intl.DateTimeFormat(undefined, { timeZone, ...options }).format(new Date(instant));
  switch (granularity) {
    case 'PT1M':
      return of({ hour: '2-digit', minute: '2-digit' }, zone, key);
    case 'PT1H':
      return of({ month: 'short', day: 'numeric', hour: '2-digit' }, zone, key);
    case 'P1D':
      return of({ month: 'short', day: 'numeric' }, 'UTC', `${key}T00:00Z`);
    case 'P1M':
      return of({ year: 'numeric', month: 'short' }, 'UTC', `${key}-01T00:00Z`);
  }
}

/** A point of the chart: its label and one number for each series. */
export interface Point {
  window: string;
  [series: string]: string | number;
}

/** Series beyond these are drawn together. */
export const SERIES_MAX = 7;
const OTHERS = 'others';

/** Rows as points and series. Numbers are for drawing only; what is exact stays in the rows. */
export function chartOf(
  result: Schemas['MeterQueryResult'],
  { from, to, granularity, zone }: { from: string; to: string; granularity: Granularity; zone: string },
): { points: Point[]; series: string[] } {
  const totals = new Map<string, number>();
  const nameOf = (row: Schemas['MeterQueryRow']) =>
    Object.values(row.dimensions)
      .map((value) => value || '(none)')
      .join(' · ') || 'value';
  for (const row of result.data) {
    const name = nameOf(row);
    totals.set(name, (totals.get(name) ?? 0) + Math.abs(Number(row.value)));
  }
  const ranked = [...totals.keys()].sort((a, b) => (totals.get(b) ?? 0) - (totals.get(a) ?? 0));
  const shown = ranked.length > SERIES_MAX + 1 ? ranked.slice(0, SERIES_MAX) : ranked;
  const series = shown.length < ranked.length ? [...shown, OTHERS] : shown;
  const points = new Map<string, Point>();
  for (const key of windowKeys(from, to, granularity, zone)) {
    points.set(key, {
      window: windowLabel(key, granularity, zone),
      ...Object.fromEntries(series.map((name) => [name, 0])),
    });
  }
  for (const row of result.data) {
    const point = points.get(windowKey(row.from, granularity, zone));
    const name = nameOf(row);
    const drawn = shown.includes(name) ? name : OTHERS;
    if (point) {
      point[drawn] = Number(point[drawn] ?? 0) + Number(row.value);
    }
  }
  return { points: [...points.values()], series: series.length > 0 ? series : ['value'] };
}
