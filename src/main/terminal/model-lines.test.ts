import { describe, expect, it } from 'vitest';
import { providerKinds } from '../providers/registry.ts';
import type { ListedModel } from '../../shared/models/provider.ts';
import { modelLines } from './model-lines.ts';
import { columnsOf } from './plain-words.ts';

const all: ListedModel[] = providerKinds.flatMap(({ manifest }) =>
  manifest.models.map((model) => ({ ...model, provider: manifest.id, kind: manifest.kind })),
);
const [any] = all as [ListedModel];
const linesFor = (changes: Partial<ListedModel>): string[] =>
  modelLines([{ ...any, provider: 'painter', id: 'brush', name: 'Brush', tier: 'fast', ...changes }]);

describe('a list of models', () => {
  it('says what to call it by, what it costs and takes, its name and what it does', () => {
    const price = { usd: 0.04, per: 'image' } as const;
    expect(linesFor({ kind: 'cloud', price, typicalSeconds: 12, operations: ['textToImage', 'inpaint'] })).toEqual([
      'painter  brush  fast  $0.040/image  ≈ 12 s',
      '    Brush: text to image, inpainting',
    ]);
  });

  it.each([
    ['cloud', null, 'price not told'],
    ['local', null, 'free'],
    ['builtin', { usd: 0, per: 'image' }, 'free'],
    ['cloud', { usd: 0.0027, per: 'megapixel' }, '$0.0027/MP'],
    ['cloud', { usd: 0.015, per: 'megapixel', first: 0.03 }, '$0.030, then $0.015/MP'],
    ['cloud', { usd: 0.5, per: 'second' }, '$0.500/s'],
  ] as const)('says the price of a model that is %s and costs %j', (kind, price, words) => {
    expect(linesFor({ kind, price, typicalSeconds: null })[0]).toBe(`painter  brush  fast  ${words}`);
  });

  it('says minutes where seconds would be many, and never none', () => {
    expect(linesFor({ typicalSeconds: 180 })[0]).toMatch(/≈ 3 min$/);
    expect(linesFor({ typicalSeconds: 0.2 })[0]).toMatch(/≈ 1 s$/);
  });

  it('fits into a hundred columns with every model there is, and cuts no id', () => {
    const lines = modelLines(all);
    for (const line of lines) expect(columnsOf(line), line).toBeLessThanOrEqual(100);
    for (const { id } of all) expect(lines.join('\n')).toContain(id);
  });
});
