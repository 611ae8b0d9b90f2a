/** The service's own books about its image models. */
export interface FakeModel {
  readonly id: string;
  readonly displayName: string;
  readonly sizes: readonly string[];
  /** Whether `imageSize` may be sent at all. */
  readonly takesSize: boolean;
  readonly hasStrips: boolean;
  readonly inputs: number;
  /** US dollars. */
  readonly usd: (sizeName: string) => number;
}

const known = (prices: Readonly<Record<string, number>>) => (sizeName: string) => prices[sizeName] ?? 0.1;

export const models: readonly FakeModel[] = [
  {
    id: 'gemini-2.5-flash-image',
    displayName: 'Nano Banana',
    sizes: ['1K'],
    takesSize: false,
    hasStrips: false,
    inputs: 3,
    usd: known({ '1K': 0.039 }),
  },
  {
    id: 'gemini-3-pro-image',
    displayName: 'Nano Banana Pro',
    sizes: ['1K', '2K', '4K'],
    takesSize: true,
    hasStrips: false,
    inputs: 14,
    usd: known({ '1K': 0.134, '2K': 0.134, '4K': 0.24 }),
  },
  {
    id: 'gemini-3.1-flash-lite-image',
    displayName: 'Nano Banana 2 Lite',
    sizes: ['1K'],
    takesSize: true,
    hasStrips: false,
    inputs: 14,
    usd: known({ '1K': 0.034 }),
  },
  {
    id: 'gemini-nano-banana-2.1',
    displayName: 'Nano Banana 2.1',
    sizes: ['1K', '2K', '4K'],
    takesSize: true,
    hasStrips: true,
    inputs: 14,
    usd: known({ '1K': 0.0336, '2K': 0.0504, '4K': 0.0756 }),
  },
  {
    id: 'gemini-4-flash-image',
    displayName: 'Of a later year',
    sizes: ['1K'],
    takesSize: true,
    hasStrips: false,
    inputs: 3,
    usd: known({ '1K': 0.05 }),
  },
];

/** As GET /v1beta/models tells them, among others that make no pictures. */
export const listedModels = [
  {
    name: 'models/gemini-3-flash',
    baseModelId: 'gemini-3-flash',
    version: '3',
    displayName: 'Gemini 3 Flash',
    inputTokenLimit: 1_048_576,
    outputTokenLimit: 65_536,
    supportedGenerationMethods: ['generateContent', 'countTokens'],
  },
  {
    name: 'models/gemini-embedding-image-2',
    baseModelId: 'gemini-embedding-image-2',
    version: '2',
    displayName: 'Embeddings of images',
    inputTokenLimit: 8192,
    outputTokenLimit: 1,
    supportedGenerationMethods: ['embedContent'],
  },
  ...models.map(({ id, displayName }) => ({
    name: `models/${id}`,
    baseModelId: id,
    version: '1',
    displayName,
    inputTokenLimit: id === 'gemini-3.1-flash-lite-image' ? 4096 : 65_536,
    outputTokenLimit: 32_768,
    supportedGenerationMethods: ['generateContent', 'countTokens', 'batchGenerateContent'],
  })),
];

const tokens: Readonly<Record<string, number>> = { '1K': 1120, '2K': 1680, '4K': 2520 };
const scales: Readonly<Record<string, number>> = { '1K': 1, '2K': 2, '4K': 4 };
const usualRatios = ['1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9'];

export const ratiosOf = ({ hasStrips }: FakeModel): readonly string[] =>
  hasStrips ? [...usualRatios, '1:4', '4:1', '1:8', '8:1'] : usualRatios;
export const tokensOf = (sizeName: string): number => tokens[sizeName] ?? 0;

export function pixelsOf(ratio: string, sizeName: string): { width: number; height: number } {
  const [across = 1, down = 1] = ratio.split(':').map(Number);
  const height = Math.sqrt((1024 * 1024 * down) / across);
  const scale = scales[sizeName] ?? 1;
  return { width: Math.round((height * across) / down) * scale, height: Math.round(height) * scale };
}
