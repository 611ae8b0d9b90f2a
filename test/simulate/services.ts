import { pointsOfTier } from '../../src/shared/routing/elo.ts';
import type { Tier } from '../../src/shared/models/route-wishes.ts';

/** A service as it really is, which the router only learns by using it. */
export interface Service {
  readonly id: string;
  readonly kind: 'local' | 'cloud';
  readonly tier: Tier;
  /** What its manifest says an image costs, in US dollars, and takes, in seconds. */
  readonly usd: number;
  readonly typicalSeconds: number | null;
  /** What it really takes, the median, and how often it succeeds. */
  readonly seconds: number;
  readonly success: number;
  readonly atOnce: number;
  readonly perMinute: number | null;
  /** Beyond so many a minute it answers 429, whatever its manifest says. */
  readonly hiddenPerMinute?: number;
  /** How good its pictures are, in Elo points. */
  readonly points: number;
  /** Hours of the day in which it is down, or slower and less reliable. */
  readonly down?: readonly [from: number, to: number];
  readonly bad?: {
    readonly hours: readonly [from: number, to: number];
    readonly slower: number;
    readonly success: number;
  };
}

const { fast, standard, premium } = pointsOfTier;

/** Eight, each with its fault; in the order of the user's list. */
export const services: readonly Service[] = [
  // The user's first choice: good, and down for three hours of the afternoon.
  {
    id: 'primary',
    kind: 'cloud',
    tier: 'standard',
    usd: 0.009,
    typicalSeconds: 8,
    seconds: 8,
    success: 0.97,
    atOnce: 4,
    perMinute: 60,
    points: standard + 40,
    down: [13, 16],
  },
  // Free but for its electricity, slow, one at a time, and off in the morning.
  {
    id: 'ownmachine',
    kind: 'local',
    tier: 'standard',
    usd: 0.003,
    typicalSeconds: 14,
    seconds: 16,
    success: 0.985,
    atOnce: 1,
    perMinute: null,
    points: standard - 30,
    down: [6, 9],
  },
  // Costs next to nothing and fails often.
  {
    id: 'bargain',
    kind: 'cloud',
    tier: 'fast',
    usd: 0.001,
    typicalSeconds: 9,
    seconds: 11,
    success: 0.9,
    atOnce: 3,
    perMinute: 60,
    points: fast - 40,
  },
  // The quickest; from the evening on it is overrun.
  {
    id: 'flash',
    kind: 'cloud',
    tier: 'fast',
    usd: 0.004,
    typicalSeconds: 2,
    seconds: 2,
    success: 0.95,
    atOnce: 5,
    perMinute: 120,
    points: fast - 30,
    bad: { hours: [18, 22], slower: 8, success: 0.75 },
  },
  // The best pictures, dear and slow.
  {
    id: 'atelier',
    kind: 'cloud',
    tier: 'premium',
    usd: 0.08,
    typicalSeconds: 25,
    seconds: 28,
    success: 0.96,
    atOnce: 2,
    perMinute: 30,
    points: premium + 60,
  },
  // Hardly ever fails; neither cheap nor quick.
  {
    id: 'steady',
    kind: 'cloud',
    tier: 'standard',
    usd: 0.02,
    typicalSeconds: 15,
    seconds: 15,
    success: 0.998,
    atOnce: 4,
    perMinute: 60,
    points: standard,
  },
  // Takes less a minute than it says.
  {
    id: 'strict',
    kind: 'cloud',
    tier: 'standard',
    usd: 0.012,
    typicalSeconds: 6,
    seconds: 7,
    success: 0.96,
    atOnce: 4,
    perMinute: 60,
    hiddenPerMinute: 3,
    points: standard + 10,
  },
  // Comes and goes, and says nothing about its time.
  {
    id: 'flapping',
    kind: 'cloud',
    tier: 'premium',
    usd: 0.04,
    typicalSeconds: null,
    seconds: 12,
    success: 0.8,
    atOnce: 3,
    perMinute: 60,
    points: premium - 40,
    down: [10, 11],
  },
];
