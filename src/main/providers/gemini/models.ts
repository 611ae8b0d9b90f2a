import { longestPrompt } from '../../../shared/models/generation-request.ts';
import type { Model } from '../../../shared/models/provider.ts';
import { shapesOf, type Shape, type SizeName } from './shapes.ts';

/** US dollars for a million tokens. */
export interface Rates {
  readonly input: number;
  readonly textOut: number;
  readonly imageOut: number;
}

/** Sizes of an engine that cost the same: each class is a model of Easel. */
export interface SizeClass {
  /** Behind the engine's id: nothing for the first one. */
  readonly mark: '' | '@512' | '@2k' | '@4k';
  readonly sizeNames: readonly SizeName[];
  /** US dollars for one picture; null where the price is not known. */
  readonly usd: number | null;
}

/** What is known of an engine beyond its `Model`. */
export interface Engine {
  readonly id: string;
  readonly name: string;
  readonly tier: Model['tier'];
  readonly sizeClasses: readonly [SizeClass, ...SizeClass[]];
  readonly hasStrips: boolean;
  /** Pictures it goes by, in all. */
  readonly inputs: number;
  readonly rates: Rates | null;
  readonly typicalSeconds: number | null;
}

/** Those for standard, premium and fast first; the rest may be retired soon. */
export const engines: readonly Engine[] = [
  {
    id: 'gemini-nano-banana-2.1',
    name: 'Nano Banana 2.1',
    tier: 'standard',
    sizeClasses: [
      { mark: '', sizeNames: ['1K'], usd: 0.0336 },
      { mark: '@2k', sizeNames: ['2K'], usd: 0.05 },
      { mark: '@4k', sizeNames: ['4K'], usd: 0.076 },
    ],
    hasStrips: true,
    inputs: 14,
    rates: { input: 1.5, textOut: 7.5, imageOut: 30 },
    typicalSeconds: 12,
  },
  {
    id: 'gemini-3-pro-image',
    name: 'Nano Banana Pro',
    tier: 'premium',
    sizeClasses: [
      { mark: '', sizeNames: ['1K', '2K'], usd: 0.134 },
      { mark: '@4k', sizeNames: ['4K'], usd: 0.24 },
    ],
    hasStrips: false,
    inputs: 14,
    rates: null,
    typicalSeconds: 25,
  },
  {
    id: 'gemini-3.1-flash-lite-image',
    name: 'Nano Banana 2 Lite',
    tier: 'fast',
    sizeClasses: [{ mark: '', sizeNames: ['1K'], usd: 0.034 }],
    hasStrips: false,
    inputs: 14,
    rates: null,
    typicalSeconds: 6,
  },
  {
    id: 'gemini-3.1-flash-image',
    name: 'Nano Banana 2',
    tier: 'standard',
    sizeClasses: [
      { mark: '', sizeNames: ['1K'], usd: 0.067 },
      { mark: '@512', sizeNames: ['512'], usd: null },
      { mark: '@2k', sizeNames: ['2K'], usd: null },
      { mark: '@4k', sizeNames: ['4K'], usd: null },
    ],
    hasStrips: true,
    inputs: 14,
    rates: null,
    typicalSeconds: 10,
  },
  {
    id: 'gemini-2.5-flash-image',
    name: 'Nano Banana',
    tier: 'fast',
    sizeClasses: [{ mark: '', sizeNames: ['1K'], usd: 0.039 }],
    hasStrips: false,
    inputs: 3,
    rates: null,
    typicalSeconds: 8,
  },
];

/** One that the service lists and Easel has not heard of: what all of them can do, at no known price. */
function newEngine(id: string, name: string): Engine {
  return {
    id,
    name,
    tier: 'standard',
    sizeClasses: [{ mark: '', sizeNames: ['1K'], usd: null }],
    hasStrips: false,
    inputs: 3,
    rates: null,
    typicalSeconds: null,
  };
}

/** By its id at the service. */
export function engineOf(id: string, name = id): Engine {
  return engines.find((engine) => engine.id === id) ?? newEngine(id, name);
}

/** What a model of ours is at the service. */
export function partsOf(modelId: string): { engine: Engine; sizeClass: SizeClass } {
  const [id = modelId] = modelId.split('@');
  const engine = engineOf(id);
  const { sizeClasses } = engine;
  return { engine, sizeClass: sizeClasses.find(({ mark }) => `${id}${mark}` === modelId) ?? sizeClasses[0] };
}

export function shapesOfClass({ hasStrips }: Engine, { sizeNames }: SizeClass): readonly [Shape, ...Shape[]] {
  return shapesOf(sizeNames, hasStrips) as readonly [Shape, ...Shape[]];
}

/** An engine in all its classes of sizes. `inputTokens`: what the service says the prompt may have; a character is one token at most. */
export function modelsOf(engine: Engine, inputTokens = longestPrompt): Model[] {
  return engine.sizeClasses.map((sizeClass) => modelOf(engine, sizeClass, inputTokens));
}

/** As they are recommended: known engines in their order, the first size class of each before all others. */
export function inOrder(models: readonly Model[]): Model[] {
  const isMarked = ({ id }: Model): number => (id.includes('@') ? 1 : 0);
  const rank = ({ id }: Model): number => {
    const { engine } = partsOf(id);
    return engines.findIndex((known) => known.id === engine.id) + 1 || engines.length + 1;
  };
  return models.toSorted((one, other) => isMarked(one) - isMarked(other) || rank(one) - rank(other));
}

function modelOf(engine: Engine, sizeClass: SizeClass, inputTokens: number): Model {
  const shapes = shapesOfClass(engine, sizeClass);
  const [{ width, height }] = shapes;
  const sides = shapes.flatMap((shape) => [shape.width, shape.height]);
  const { mark, sizeNames, usd } = sizeClass;
  return {
    id: `${engine.id}${mark}`,
    name: mark === '' ? engine.name : `${engine.name}, ${sizeNames.join(', ')}`,
    family: 'other',
    tier: mark === '@2k' || mark === '@4k' ? 'premium' : engine.tier,
    operations: ['textToImage', 'imageToImage'],
    parameters: ['size', 'seed', 'references'],
    limits: {
      promptCharacters: Math.min(longestPrompt, inputTokens),
      imagesPerRequest: 1,
      side: { min: Math.min(...sides), max: Math.max(...sides), multipleOf: 8 },
      sizes: shapes.map((shape) => ({ width: shape.width, height: shape.height })),
      references: engine.inputs - 1,
    },
    defaults: { width, height },
    choices: { samplers: [], schedulers: [], loras: [] },
    price: usd === null ? null : { usd, per: 'image' },
    typicalSeconds: engine.typicalSeconds,
  };
}
