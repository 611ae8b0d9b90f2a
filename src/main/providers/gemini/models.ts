import { longestPrompt } from '../../../shared/models/generation-request.ts';
import type { Model } from '../../../shared/models/provider.ts';
import { shapesOf, type Shape, type SizeName } from './shapes.ts';

/** US dollars for a million tokens. */
export interface Rates {
  readonly input: number;
  readonly textOut: number;
  readonly imageOut: number;
}

/** What is known of an engine beyond its `Model`. */
export interface Engine {
  readonly id: string;
  readonly name: string;
  readonly tier: Model['tier'];
  readonly sizeNames: readonly SizeName[];
  readonly hasStrips: boolean;
  /** Pictures it goes by, in all. */
  readonly inputs: number;
  /** US dollars for one picture of a size; a size that isn't here has no known price. */
  readonly usdBySize: Readonly<Partial<Record<SizeName, number>>>;
  readonly rates: Rates | null;
  readonly typicalSeconds: number | null;
}

/** Those for standard, premium and fast first; the rest may be retired soon. */
export const engines: readonly Engine[] = [
  {
    id: 'gemini-nano-banana-2.1',
    name: 'Nano Banana 2.1',
    tier: 'standard',
    sizeNames: ['1K', '2K', '4K'],
    hasStrips: true,
    inputs: 14,
    usdBySize: { '1K': 0.0336, '2K': 0.05, '4K': 0.076 },
    rates: { input: 1.5, textOut: 7.5, imageOut: 30 },
    typicalSeconds: 12,
  },
  {
    id: 'gemini-3-pro-image',
    name: 'Nano Banana Pro',
    tier: 'premium',
    sizeNames: ['1K', '2K', '4K'],
    hasStrips: false,
    inputs: 14,
    usdBySize: { '1K': 0.134, '2K': 0.134, '4K': 0.24 },
    rates: null,
    typicalSeconds: 25,
  },
  {
    id: 'gemini-3.1-flash-lite-image',
    name: 'Nano Banana 2 Lite',
    tier: 'fast',
    sizeNames: ['1K'],
    hasStrips: false,
    inputs: 3,
    usdBySize: { '1K': 0.034 },
    rates: null,
    typicalSeconds: 6,
  },
  {
    id: 'gemini-3.1-flash-image',
    name: 'Nano Banana 2',
    tier: 'standard',
    sizeNames: ['1K', '512', '2K', '4K'],
    hasStrips: true,
    inputs: 14,
    usdBySize: { '1K': 0.067 },
    rates: null,
    typicalSeconds: 10,
  },
  {
    id: 'gemini-2.5-flash-image',
    name: 'Nano Banana',
    tier: 'fast',
    sizeNames: ['1K'],
    hasStrips: false,
    inputs: 3,
    usdBySize: { '1K': 0.039 },
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
    sizeNames: ['1K'],
    hasStrips: false,
    inputs: 3,
    usdBySize: {},
    rates: null,
    typicalSeconds: null,
  };
}

export function engineOf(id: string, name = id): Engine {
  return engines.find((engine) => engine.id === id) ?? newEngine(id, name);
}

export function shapesOfEngine({ sizeNames, hasStrips }: Engine): readonly [Shape, ...Shape[]] {
  return shapesOf(sizeNames, hasStrips) as readonly [Shape, ...Shape[]];
}

/** `inputTokens`: what the service says the prompt may have; a character is one token at most. */
export function modelOf(engine: Engine, inputTokens = longestPrompt): Model {
  const shapes = shapesOfEngine(engine);
  const sides = shapes.flatMap(({ width, height }) => [width, height]);
  const usd = engine.usdBySize['1K'];
  return {
    id: engine.id,
    name: engine.name,
    family: 'other',
    tier: engine.tier,
    operations: ['textToImage', 'imageToImage'],
    parameters: ['size', 'seed', 'references'],
    limits: {
      promptCharacters: Math.min(longestPrompt, inputTokens),
      imagesPerRequest: 1,
      side: { min: Math.min(...sides), max: Math.max(...sides), multipleOf: 8 },
      sizes: shapes.map(({ width, height }) => ({ width, height })),
      references: engine.inputs - 1,
    },
    defaults: { width: 1024, height: 1024 },
    choices: { samplers: [], schedulers: [], loras: [] },
    price: usd === undefined ? null : { usd, per: 'image' },
    typicalSeconds: engine.typicalSeconds,
  };
}
