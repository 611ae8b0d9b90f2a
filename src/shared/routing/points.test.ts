import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { promptKinds } from '../models/comparison.ts';
import { tiers } from '../models/route-wishes.ts';
import type { ModelRatings, ModelScores, Stars, VotedPoints } from '../models/routing.ts';
import { pointsByTier, pointsFrom } from './points.ts';

type Rated = Stars & { readonly kind: string };
const rated = (kind: string, ratings: number, stars: number): Rated => ({ kind, ratings, stars });
const ratingsOf = (rows: readonly Rated[], model = 'm'): ModelRatings => {
  const sum = (key: keyof Stars): number => rows.reduce((total, row) => total + row[key], 0);
  const kinds = Object.fromEntries(rows.map(({ kind, ratings, stars }) => [kind, { ratings, stars }]));
  return rows.length === 0
    ? {}
    : { p: { [model]: { ...kinds, all: { ratings: sum('ratings'), stars: sum('stars') } } } };
};
const scoresOf = (kinds: Record<string, VotedPoints>): ModelScores => ({ p: { m: kinds } });
const points = (rows: readonly Rated[], scores: ModelScores = {}) =>
  pointsFrom({ scores, ratings: ratingsOf(rows) }, () => 'photo').of('p', 'm', 'standard');

describe('points of a model', () => {
  it('are those of its tier where nothing is said of it, and nobody asks for the kind of prompt', () => {
    const kindOf = (): never => {
      throw new Error('asked');
    };
    expect(pointsFrom({ scores: {}, ratings: {} }, kindOf)).toBe(pointsByTier);
    expect(
      pointsFrom({ scores: {}, ratings: ratingsOf([rated('photo', 9, 45)]) }, () => 'photo').of(
        'p',
        'other',
        'premium',
      ),
    ).toBe(1600);
  });

  it('stay where they are for three stars, rise for five and fall for one', () => {
    expect(points([rated('photo', 40, 120)])).toBe(1500);
    expect(points([rated('photo', 2, 10)])).toBeGreaterThan(1500);
    expect(points([rated('photo', 2, 2)])).toBeLessThan(1500);
  });

  it('move little for few ratings and at most by two tiers for many', () => {
    expect(points([rated('photo', 1, 5)])).toBeCloseTo(1500 + 35, 0);
    expect(points([rated('photo', 10, 50)])).toBe(1650);
    expect(points([rated('photo', 100_000, 500_000)])).toBeCloseTo(1700, 0);
  });

  it('move most for prompts of the kind that was rated', () => {
    expect(points([rated('photo', 10, 50)])).toBeGreaterThan(points([rated('people', 10, 50)]));
    expect(points([rated('people', 10, 50)])).toBeGreaterThan(1500);
    // What is known of this kind comes before what is known of others.
    expect(points([rated('photo', 30, 30), rated('people', 30, 150)])).toBeLessThan(1500);
  });

  it('have ratings added to votes, and count both', () => {
    const scores = scoresOf({ all: { points: 1700, votes: 6 } });
    expect(points([], scores)).toBe(1600);
    expect(points([rated('photo', 10, 50)], scores)).toBe(1750);
    const both = pointsFrom(
      { scores, ratings: ratingsOf([rated('photo', 2, 4), rated('people', 3, 9)]) },
      () => 'photo',
    );
    expect([both.votes('p', 'm'), both.ratings('p', 'm'), both.ratings('p', 'x')]).toEqual([6, 5, 0]);
  });

  const anyKind = fc.constantFrom(...promptKinds);
  const anyStars = fc.integer({ min: 1, max: 5 });
  const anyPictures = fc.array(fc.record({ kind: anyKind, stars: anyStars }), { maxLength: 30 });
  const anyPoints = fc.record({ points: fc.double({ min: 1000, max: 2000, noNaN: true }), votes: fc.nat(50) });
  const anyScores = fc
    .dictionary(fc.constantFrom('all', ...promptKinds), anyPoints, { maxKeys: 4 })
    .map((kinds) => scoresOf(kinds));
  const summed = (pictures: readonly { readonly kind: string; readonly stars: number }[]): Rated[] =>
    promptKinds
      .map((kind) => pictures.filter((picture) => picture.kind === kind))
      .filter((some) => some.length > 0)
      .map((some) =>
        rated(
          some[0]!.kind,
          some.length,
          some.reduce((sum, { stars }) => sum + stars, 0),
        ),
      );

  it('never fall for a better rating, nor for one more of five stars, whatever else is known', () => {
    fc.assert(
      fc.property(
        fc.record({
          ...{ pictures: anyPictures, scores: anyScores, kind: anyKind, asked: anyKind },
          ...{ worse: anyStars, better: anyStars, tier: fc.constantFrom(...tiers) },
        }),
        ({ pictures, scores, kind, asked, worse, better, tier }) => {
          fc.pre(worse < better);
          const of = (more: { kind: string; stars: number }[]): number =>
            pointsFrom({ scores, ratings: ratingsOf(summed([...pictures, ...more])) }, () => asked).of('p', 'm', tier);
          expect(of([{ kind, stars: better }])).toBeGreaterThan(of([{ kind, stars: worse }]));
          expect(of([{ kind, stars: 5 }])).toBeGreaterThanOrEqual(of([]) - 1e-9);
          expect(of([{ kind, stars: 1 }])).toBeLessThanOrEqual(of([]) + 1e-9);
        },
      ),
      { seed: 5, numRuns: 500 },
    );
  });

  it('are those of votes alone where nothing of the model is rated', () => {
    fc.assert(
      fc.property(anyScores, anyKind, (scores, kind) => {
        const strangers = ratingsOf([rated('photo', 9, 45)], 'another');
        const [alone, beside] = [{}, strangers].map((ratings) =>
          pointsFrom({ scores, ratings }, () => kind).of('p', 'm', 'fast'),
        );
        expect(beside).toBe(alone);
      }),
      { seed: 6 },
    );
  });
});
