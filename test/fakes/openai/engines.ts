/** What the service knows of its engines, as its contract has it. */
const plain = ['low', 'medium', 'high'];
const all = [...plain, 'xhigh', 'max'];

export interface Engine {
  readonly qualities: readonly string[];
  readonly takesAnySize: boolean;
  /** What `input_fidelity` may be; empty: the field is refused. */
  readonly fidelities: readonly string[];
}

const old = { qualities: plain, takesAnySize: false } as const;
const free = { takesAnySize: true, fidelities: [] } as const;

export const engines: Readonly<Record<string, Engine>> = {
  'gpt-image-1-mini': { ...old, fidelities: ['low'] },
  'gpt-image-1.5': { ...old, fidelities: ['high', 'low'] },
  'gpt-image-2': { ...free, qualities: plain },
  'gpt-image-2-2026-04-21': { ...free, qualities: plain },
  'gpt-image-2.5-sunburst': { ...free, qualities: all },
  'gpt-image-2.5-flare': { ...free, qualities: all },
  'gpt-image-2.6-sunburst': { ...free, qualities: all },
  'gpt-image-2.6-flare': { ...free, qualities: all },
  'chatgpt-image-latest': { ...old, fidelities: [] },
};

/** In the list of models, and not for pictures, or no longer. */
export const otherModels = ['gpt-5.4', 'text-embedding-3-large', 'gpt-image-1', 'dall-e-3'] as const;

const squareTokens: Readonly<Record<string, number>> = { low: 272, medium: 1756, high: 7024, xhigh: 9000, max: 12_000 };

/** Tokens of one picture. */
export function outputTokens(quality: string, { width, height }: { width: number; height: number }): number {
  return Math.round(((squareTokens[quality] ?? 1756) * width * height) / 1_048_576);
}
