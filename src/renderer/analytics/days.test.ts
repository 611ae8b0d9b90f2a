import { describe, expect, it } from 'vitest';
import { exampleGroup } from './examples-for-tests.ts';
import { dayKey, startOf, stepLabel, stepsOf } from './days.ts';

const now = new Date(2026, 10, 20, 23, 59).getTime();
const group = (key: string, more = {}) => exampleGroup({ key, reportedUsd: 1, images: 2, kept: 1, ...more });

describe('a period', () => {
  it('begins with its first day, today being the last', () => {
    expect(startOf('7', now)).toBe(new Date(2026, 10, 14).getTime());
    expect(startOf('all', now)).toBeUndefined();
    expect(dayKey(now)).toBe('2026-11-20');
  });
});

describe('the steps of a chart', () => {
  it('have every day, those on which nothing happened too', () => {
    const steps = stepsOf([group('2026-11-18'), group('2026-11-20', { estimatedUsd: 3 })], '2026-11-17', '2026-11-20');
    expect(steps.map(({ key, reportedUsd, estimatedUsd, images }) => [key, reportedUsd, estimatedUsd, images])).toEqual(
      [
        ['2026-11-17', 0, 0, 0],
        ['2026-11-18', 1, 0, 2],
        ['2026-11-19', 0, 0, 0],
        ['2026-11-20', 1, 3, 2],
      ],
    );
  });

  it('are months where there would be too many days, with nothing lost', () => {
    const groups = [group('2026-01-31'), group('2026-02-01'), group('2026-02-28'), group('2026-11-20')];
    const steps = stepsOf(groups, undefined, '2026-11-20');
    expect(steps).toHaveLength(11);
    expect(steps.slice(0, 3).map(({ key, reportedUsd }) => [key, reportedUsd])).toEqual([
      ['2026-01', 1],
      ['2026-02', 2],
      ['2026-03', 0],
    ]);
    expect(steps.reduce((sum, { images }) => sum + images, 0)).toBe(8);
  });

  it('are none where nothing was ever made, and reach to a day after today where the clock was set back', () => {
    expect(stepsOf([], undefined, '2026-11-20')).toEqual([]);
    expect(stepsOf([group('2026-11-22')], '2026-11-20', '2026-11-20').map(({ key }) => key)).toEqual([
      '2026-11-20',
      '2026-11-21',
      '2026-11-22',
    ]);
  });

  it('are called as people call them', () => {
    expect([stepLabel('2026-11-20'), stepLabel('2026-11')]).toEqual(['Nov 20', 'Nov 2026']);
  });
});
