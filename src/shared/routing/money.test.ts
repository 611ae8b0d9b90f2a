import { describe, expect, it } from 'vitest';
import type { Cost } from '../models/cost.ts';
import { RoutingSettings } from '../models/routing.ts';
import { whyTooDear, type Purse } from './money.ts';

const about = (usd: number): Cost => ({ kind: 'estimated', usd });
const purse = (caps: object, more: Partial<Purse> = {}): Purse => ({
  maxUsd: undefined,
  caps: RoutingSettings.parse({ caps }).caps,
  spending: { day: 0, month: 0 },
  spentUsd: 0,
  ...more,
});

describe('what is too dear', () => {
  it.each<[string, Purse, string, RegExp]>([
    [
      'a job that has cost nothing yet',
      purse({ job: 0.03 }),
      'it would cost ≈ $0.040, over the cap of $0.030 for a job',
      /^Raise the cap for a job, or ask for fewer/,
    ],
    [
      'a job that has cost something',
      purse({ job: 0.08 }, { spentUsd: 0.05 }),
      'it would cost ≈ $0.040, and $0.050 of the $0.080 for this job is spent',
      /^Raise the cap for a job/,
    ],
    [
      'any job under a cap of nothing',
      purse({ job: 0 }),
      'it would cost ≈ $0.040, and the cap for a job lets only free work through',
      /^Raise the cap for a job, or choose what costs nothing\.$/,
    ],
    [
      'a job with a top price',
      purse({}, { maxUsd: 0.03 }),
      'it would cost ≈ $0.040, more than the $0.030 of this job',
      /^Allow more for this job/,
    ],
    [
      'one that has spent some of its top price',
      purse({}, { maxUsd: 0.08, spentUsd: 0.05 }),
      'it would cost ≈ $0.040, and $0.050 of the $0.080 for this job is spent',
      /^Allow more for this job/,
    ],
    [
      'one that may cost nothing',
      purse({}, { maxUsd: 0 }),
      'it would cost ≈ $0.040, and this job may cost nothing',
      /^Allow more for this job, or choose what costs nothing\.$/,
    ],
    [
      'an image',
      purse({ image: 0.01 }),
      'an image would cost ≈ $0.020, over the cap of $0.010 for an image',
      /^Raise the cap for an image/,
    ],
    [
      'any image under a cap of nothing',
      purse({ image: 0 }),
      'an image would cost ≈ $0.020, and the cap for an image lets only free work through',
      /^Raise the cap for an image, or choose what costs nothing\.$/,
    ],
    [
      'a day that has room tomorrow',
      purse({ day: 1 }, { spending: { day: 0.98, month: 5 } }),
      'it would cost ≈ $0.040, and $0.980 of the $1.00 for today is spent',
      /^Raise the cap for a day, or wait for the next one/,
    ],
    [
      'a day that never has room enough',
      purse({ day: 0.03 }),
      'it would cost ≈ $0.040, over the cap of $0.030 for a day',
      /^Raise the cap for a day, or ask for fewer/,
    ],
    [
      'any day under a cap of nothing',
      purse({ day: 0 }),
      'it would cost ≈ $0.040, and the cap for a day lets only free work through',
      /^Raise the cap for a day, or choose what costs nothing\.$/,
    ],
    [
      'a month',
      purse({ month: 1 }, { spending: { day: 0, month: 0.98 } }),
      'it would cost ≈ $0.040, and $0.980 of the $1.00 for this month is spent',
      /^Raise the cap for a month, or wait/,
    ],
  ])('says what is spent, and what would help: %s', (_, given, reason, help) => {
    expect(whyTooDear(given, about(0.04), 2)).toEqual({ reason, help: expect.stringMatching(help) as string });
  });

  it('is nothing that just fits, nor what is free', () => {
    expect(whyTooDear(purse({ job: 0.3 }, { spentUsd: 0.1 + 0.1 }), about(0.1), 1)).toBeNull();
    expect(whyTooDear(purse({ image: 0, job: 0, day: 0, month: 0 }), about(0), 1)).toBeNull();
  });
});
