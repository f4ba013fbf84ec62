import { describe, expect, it } from 'vitest';
import { serializeQuery } from './client';
import { faultsByField, fieldPath, ProblemError } from './problem';
import { dataOf } from '../metering/MeterCheck';
import { decimal, duration, every, keyOf, money } from '../ui/format';

describe('a query', () => {
  it('is written as deep as it goes, without what is not given', () => {
    expect(
      serializeQuery({
        page: { size: 20, after: undefined },
        sort: 'name desc',
        filter: { time: { gte: '2026-01-01T00:00:00+01:00' }, name: '' },
      }),
    ).toBe('page%5Bsize%5D=20&sort=name%20desc&filter%5Btime%5D%5Bgte%5D=2026-01-01T00%3A00%3A00%2B01%3A00');
  });
});

describe('faults', () => {
  it('are found by the fields of a form', () => {
    expect(fieldPath('$.phases[0].rate_cards')).toBe('phases.0.rate_cards');
    const failure = new ProblemError(400, '', '', undefined, [
      { field: 'dimensions.model', reason: 'is no JSONPath' },
      { field: 'name', reason: 'is required' },
      { field: 'other', reason: 'is unknown' },
    ]);
    expect(faultsByField(failure, ['name', 'dimensions'])).toEqual({
      dimensions: 'is no JSONPath',
      name: 'is required',
    });
  });
});

describe('figures', () => {
  it('keep every digit', () => {
    expect(decimal('12345678901234567890.1234567890')).toBe('12,345,678,901,234,567,890.1234567890');
    expect(decimal('-1234.5')).toBe('-1,234.5');
    expect(money('0.000001', 'USD')).toBe('$0.000001');
    expect(money('-12.50', 'EUR')).toBe('-€12.50');
    expect(money('1000', 'CREDITS')).toBe('1,000 CREDITS');
  });

  it('say durations in words', () => {
    expect(duration('P1Y6M')).toBe('1 year 6 months');
    expect(duration('PT1H')).toBe('1 hour');
    expect(every('P1M')).toBe('every month');
    expect(every('P3M')).toBe('every 3 months');
    expect(every(undefined)).toBe('once');
  });
});

describe('a key', () => {
  it('is made of a name', () => {
    expect(keyOf('Agent Runs (EU) — 2026')).toBe('agent_runs_eu_2026');
    expect(keyOf('Größe')).toBe('gro_e');
    expect(keyOf('___')).toBe('');
  });
});

describe('a pasted event', () => {
  it('is an event or its data', () => {
    expect(dataOf('{"specversion": "1.0", "data": {"n": 1}}')).toEqual({ n: 1 });
    expect(dataOf('{"specversion": "1.0"}')).toEqual({});
    expect(dataOf('{"n": 1}')).toEqual({ n: 1 });
    expect(dataOf('[1]')).toBeUndefined();
    expect(dataOf('{')).toBeUndefined();
  });
});
