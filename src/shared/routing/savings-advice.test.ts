import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CostGroup } from '../models/costs.ts';
import type { Model, Price } from '../models/provider.ts';
import { leastImages, savingsAdvice, type ModelRecord } from './savings-advice.ts';

const price: Price = { usd: 0.04, per: 'image' };
interface Traits extends Partial<CostGroup> {
  readonly price?: Price | null;
  readonly operations?: Model['operations'];
  readonly isGone?: boolean;
  readonly notAi?: boolean;
}
function record(label: string, traits: Traits): ModelRecord {
  const { price: own = price, operations = ['textToImage'], isGone = false, notAi = false, ...group } = traits;
  return {
    group: {
      ...{ key: label, label, attempts: 20, succeeded: 20, failed: 0, images: 20, kept: 10, reportedUsd: 0 },
      ...{ estimatedUsd: 0, heldUsd: 0, unknownCosts: 0, trainings: 0, trainingUsd: 0, usdPerKept: null },
      ...{ p50: null, p95: null },
      ...group,
    },
    facts: isGone ? null : { operations, price: own },
    notAi,
  };
}
const dear = record('Dear', { images: 20, kept: 8, reportedUsd: 1.4 });
const cheap = record('Cheap', { images: 10, kept: 9, estimatedUsd: 0.2 });

describe('savingsAdvice', () => {
  it('names the model that costs less and is kept as often, with the figures of both', () => {
    expect(savingsAdvice([dear, cheap])).toEqual([
      {
        kind: 'cheaper',
        from: { label: 'Dear', images: 20, kept: 8, usd: 1.4, usdPerImage: expect.closeTo(0.07, 9) as number },
        to: { label: 'Cheap', images: 10, kept: 9, usd: 0.2, usdPerImage: 0.02 },
        savedUsd: expect.closeTo(1.4 - (8 * 0.2) / 9, 9) as number,
      },
    ]);
  });

  it.each<[string, ModelRecord[]]>([
    ['without enough pictures of the dear one', [record('Dear', { images: 9, kept: 1, reportedUsd: 9 }), cheap]],
    ['without enough pictures of the cheap one', [dear, record('Cheap', { images: 9, kept: 9 })]],
    ['of one whose pictures are kept less often', [dear, record('Cheap', { images: 20, kept: 6 })]],
    ['of one whose costs nobody knows in full', [dear, record('Cheap', { kept: 18, unknownCosts: 1 })]],
    ['of one that does something else', [dear, record('Cheap', { kept: 18, operations: ['upscale'] })]],
    ['of one that can’t be chosen any more', [dear, record('Cheap', { kept: 18, isGone: true })]],
    ['of one that draws by rules', [dear, record('Cheap', { kept: 18, notAi: true })]],
    [
      'where less than a cent is saved',
      [record('Dear', { kept: 20, reportedUsd: 0.009 }), record('Cheap', { kept: 20 })],
    ],
    ['with nothing made', []],
  ])('says nothing %s', (_why, records) => {
    expect(savingsAdvice(records)).toEqual([]);
  });

  it('counts by pictures where none was kept', () => {
    const [advice] = savingsAdvice([record('Dear', { kept: 0, reportedUsd: 2 }), cheap]);
    expect(advice).toMatchObject({ savedUsd: expect.closeTo(2 - 20 * 0.02, 9) as number });
  });

  it('takes no training for the price of pictures', () => {
    expect(savingsAdvice([record('Dear', { kept: 8, reportedUsd: 2, trainingUsd: 2 }), cheap])).toEqual([]);
  });

  it('asks for the price of a model that has none, once enough of its costs are unknown', () => {
    const unpriced = record('Odd', { price: null, unknownCosts: 3, attempts: 7 });
    expect(savingsAdvice([unpriced])).toEqual([{ kind: 'unpriced', label: 'Odd', attempts: 7, unknownCosts: 3 }]);
    expect(savingsAdvice([record('Odd', { price: null, unknownCosts: 2 })])).toEqual([]);
    expect(savingsAdvice([record('Odd', { unknownCosts: 9 })])).toEqual([]);
  });

  it('never advises what costs more or rests on few pictures, whatever was made', () => {
    const any = fc
      .record({
        images: fc.integer({ min: 0, max: 40 }),
        share: fc.double({ min: 0, max: 1, noNaN: true }),
        reportedUsd: fc.double({ min: 0, max: 5, noNaN: true }),
        unknownCosts: fc.integer({ min: 0, max: 4 }),
      })
      .map(({ share, ...group }) => record('m', { ...group, kept: Math.floor(group.images * share) }));
    fc.assert(
      fc.property(fc.array(any, { maxLength: 8 }), (records) => {
        const advice = savingsAdvice(records);
        expect(advice.length).toBeLessThanOrEqual(3);
        for (const each of advice) {
          if (each.kind !== 'cheaper') continue;
          expect(Math.min(each.from.images, each.to.images)).toBeGreaterThanOrEqual(leastImages);
          expect(each.to.usdPerImage).toBeLessThan(each.from.usdPerImage);
          expect(each.savedUsd).toBeGreaterThan(0);
        }
      }),
    );
  });
});
