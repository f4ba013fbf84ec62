import { describe, expect, it } from 'vitest';
import { chartOf, windowKey, windowKeys, windowLabel } from './windows';

describe('windows', () => {
  it('are every minute, the empty ones too', () => {
    expect(windowKeys('2026-03-01T10:00:30Z', '2026-03-01T10:03:00Z', 'PT1M', 'UTC')).toEqual([
      '2026-03-01T10:00:00.000Z',
      '2026-03-01T10:01:00.000Z',
      '2026-03-01T10:02:00.000Z',
    ]);
  });

  it('begin at the half hour where the clocks do', () => {
    expect(windowKey('2026-03-01T10:10:00Z', 'PT1H', 'Asia/Kolkata')).toBe('2026-03-01T09:30:00.000Z');
  });

  it('are days of the zone, each once, when clocks change', () => {
    expect(
      windowKeys('2026-03-28T00:00:00+01:00', '2026-03-31T00:00:00+02:00', 'P1D', 'Europe/Berlin'),
    ).toEqual(['2026-03-28', '2026-03-29', '2026-03-30']);
  });

  it('are months of the calendar', () => {
    expect(windowKeys('2025-12-15T00:00:00Z', '2026-02-01T00:00:00Z', 'P1M', 'UTC')).toEqual([
      '2025-12',
      '2026-01',
    ]);
  });

  it('have names that do not shift with the zone', () => {
    expect(windowLabel('2026-03-01', 'P1D', 'America/Los_Angeles')).toBe('Mar 1');
  });
});

describe('a chart', () => {
  const at = {
    from: '2026-03-01T00:00:00Z',
    to: '2026-03-03T00:00:00Z',
    granularity: 'P1D',
    zone: 'UTC',
  } as const;
  const row = (value: string, day: string, dimensions: Record<string, string>) => ({
    value,
    from: `2026-03-0${day}T00:00:00Z`,
    to: `2026-03-0${Number(day) + 1}T00:00:00Z`,
    dimensions,
  });

  it('has a point for each window and a series for each group', () => {
    const { points, series } = chartOf(
      { data: [row('2', '1', { agent: 'a' }), row('5', '2', { agent: 'b' })] },
      at,
    );
    expect(series).toEqual(['b', 'a']);
    expect(points).toEqual([
      { window: 'Mar 1', a: 2, b: 0 },
      { window: 'Mar 2', a: 0, b: 5 },
    ]);
  });

  it('draws what is beyond the largest together', () => {
    const data = Array.from({ length: 12 }, (_, i) => row(String(100 - i), '1', { agent: `a${i}` }));
    const { points, series } = chartOf({ data }, at);
    expect(series).toHaveLength(8);
    expect(series.at(-1)).toBe('others');
    expect(points[0]?.others).toBe(93 + 92 + 91 + 90 + 89);
  });

  it('is drawn without usage, too', () => {
    expect(chartOf({ data: [] }, at)).toEqual({
      points: [{ window: 'Mar 1' }, { window: 'Mar 2' }],
      series: ['value'],
    });
  });
});
