import { describe, expect, it } from 'vitest';
import { formatAgo, formatBytes, formatCost, formatSeconds, formatShare, formatUsd } from './format.ts';

describe('money', () => {
  it('keeps the digits that matter', () => {
    expect(formatUsd(12.5)).toBe('$12.50');
    expect(formatUsd(0.04)).toBe('$0.040');
    expect(formatUsd(0.004)).toBe('$0.0040');
  });

  it('always says of what kind it is', () => {
    expect(formatCost({ kind: 'estimated', usd: 0.004 })).toBe('≈ $0.0040');
    expect(formatCost({ kind: 'reported', usd: 0.004 })).toBe('$0.0040');
    expect(formatCost({ kind: 'reported', usd: 0 })).toBe('free');
    expect(formatCost({ kind: 'unknown' })).toBe('price unknown');
  });
});

describe('time', () => {
  it('has a unit and no false precision', () => {
    expect(formatSeconds(0.02)).toBe('0.02 s');
    expect(formatSeconds(3.24)).toBe('3.2 s');
    expect(formatSeconds(3)).toBe('3 s');
    expect(formatSeconds(42.4)).toBe('42 s');
    expect(formatSeconds(59.9)).toBe('1 min');
    expect(formatSeconds(200)).toBe('3 min 20 s');
    expect(formatSeconds(3900)).toBe('1 h 5 min');
  });
});

describe('bytes', () => {
  it('are counted in thousands, as disks are', () => {
    expect(formatBytes(0)).toBe('0 byte');
    expect(formatBytes(999)).toBe('999 byte');
    expect(formatBytes(1_400_000)).toBe('1.4 MB');
  });
});

describe('how long ago', () => {
  it('is told in the largest unit that fits, and never lies in the future', () => {
    expect([-5_000, 0, 40_000, 200_000, 7_300_000, 200_000_000].map(formatAgo)).toEqual([
      'now',
      'now',
      '40 sec. ago',
      '3 min. ago',
      '2 hr. ago',
      '2 days ago',
    ]);
  });
});

it('does not call nearly all all', () => {
  expect([0, 0.5, 0.9999, 1].map(formatShare)).toEqual(['0 %', '50 %', '99.9 %', '100 %']);
});
