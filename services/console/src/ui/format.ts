/** The browser's own language for dates and numbers; the decimals themselves stay exact strings. */
const MOMENT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** Date and time in the person's time zone. */
export function moment(instant: string | undefined | null): string {
  return instant ? MOMENT.format(new Date(instant)) : '—';
}

const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

/** The time of a day that goes without saying. */
export function clock(instant: string): string {
  return CLOCK.format(new Date(instant));
}

export function day(instant: string | undefined | null): string {
  return instant ? DAY.format(new Date(instant)) : '—';
}

/** `1234.5` as `1,234.5`, every digit kept. */
export function decimal(value: string): string {
  const [whole = '0', fraction] = value.replace('-', '').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${value.startsWith('-') ? '-' : ''}${grouped}${fraction ? `.${fraction}` : ''}`;
}

/** An amount with its currency, every digit kept: `$1,234.50`, or `12 CREDITS` for what is no currency of a state. */
export function money(amount: string, currency: string): string {
  const sign = amount.startsWith('-') ? '-' : '';
  const digits = decimal(amount.replace('-', ''));
  const symbol = currencySymbol(currency);
  return symbol ? `${sign}${symbol}${digits}` : `${sign}${digits} ${currency}`;
}

function currencySymbol(currency: string): string | undefined {
  try {
    const parts = new Intl.NumberFormat('en', { style: 'currency', currency }).formatToParts(0);
    const symbol = parts.find(({ type }) => type === 'currency')?.value;
    return symbol === currency ? undefined : symbol;
  } catch {
    return undefined;
  }
}

/** A key made of a name: `Agent Runs` is `agent_runs`. */
export function keyOf(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase()
    .slice(0, 64)
    .replaceAll(/^_+|_+$/g, '');
}

/** The billing cadences that are offered; the API takes others, too. */
export const CADENCES = [
  { value: 'P1D', label: '1 day' },
  { value: 'P1W', label: '1 week' },
  { value: 'P1M', label: '1 month' },
  { value: 'P3M', label: '3 months' },
  { value: 'P6M', label: '6 months' },
  { value: 'P1Y', label: '1 year' },
];

const UNITS: Record<string, string> = { Y: 'year', M: 'month', W: 'week', D: 'day' };
const TIME_UNITS: Record<string, string> = { H: 'hour', M: 'minute', S: 'second' };

/** An ISO 8601 duration in words: `P1M` is `1 month`, `P1Y6M` is `1 year 6 months`. */
export function duration(iso: string | undefined): string {
  if (!iso) {
    return 'once';
  }
  const [date = '', time = ''] = iso.replace('P', '').split('T');
  const words = (part: string, units: Record<string, string>) =>
    [...part.matchAll(/(\d+)([A-Z])/g)].map(
      ([, count, unit]) => `${count} ${units[unit ?? ''] ?? unit}${count === '1' ? '' : 's'}`,
    );
  return [...words(date, UNITS), ...words(time, TIME_UNITS)].join(' ') || iso;
}

/** How often: `P1M` is `every month`, `P3M` is `every 3 months`, nothing is `once`. */
export function every(iso: string | undefined): string {
  return iso ? `every ${duration(iso).replace(/^1 /, '')}` : 'once';
}
