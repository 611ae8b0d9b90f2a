import { describe, expect, it } from 'vitest';
import { GenerationRequest } from '../../shared/models/generation-request.ts';
import type { Image } from '../../shared/models/image.ts';
import { imageFacts } from './image-facts.ts';

const image: Image = {
  id: '01937b5c-0000-7000-8000-000000000001',
  sequence: 1,
  jobId: null,
  attemptId: null,
  index: 0,
  hash: 'f00d'.repeat(16),
  bytes: 1_400_000,
  format: 'png',
  width: 1024,
  height: 768,
  createdAt: 0,
  project: 'default',
  provider: 'comfyui',
  model: 'flux1-dev.safetensors',
  seed: 9_007_199_254_740_991,
  request: GenerationRequest.parse({ prompt: 'a fox', steps: 20, loras: [{ name: 'ink', weight: 0.75 }] }),
  dropped: [],
  remoteId: null,
  cost: { kind: 'unknown' },
  generationMs: 4200,
  notAi: false,
  trashedAt: null,
  revisedPrompt: null,
  stages: null,
  altText: null,
  rating: null,
  path: 'images/default/comfyui/1.png',
};

const valueOf = (of: Image, name: string): string | undefined =>
  imageFacts(of, []).find((fact) => fact.name === name)?.value;

describe('facts of an image', () => {
  it('always says what it cost, and how that is known', () => {
    expect(valueOf(image, 'cost')).toBe('unknown');
    expect(valueOf({ ...image, cost: { kind: 'estimated', usd: 0.004 } }, 'cost')).toBe('≈ $0.0040 (estimated)');
    expect(valueOf({ ...image, cost: { kind: 'reported', usd: 0.004 } }, 'cost')).toBe('$0.0040 (from the provider)');
    expect(valueOf({ ...image, cost: { kind: 'reported', usd: 0 } }, 'cost')).toBe('Free');
  });

  it('writes a seed as it can be typed again', () => {
    expect(valueOf(image, 'seed')).toBe('9007199254740991');
  });

  it('leaves out what is not known', () => {
    const names = imageFacts({ ...image, seed: null, generationMs: null }, []).map(({ name }) => name);
    expect(names).not.toContain('seed');
    expect(names).not.toContain('guidance');
    expect(names).not.toContain('duration');
    expect(names).toContain('steps');
  });

  it('names LoRAs with their weights', () => {
    expect(valueOf(image, 'loras')).toBe('ink × 0.75');
  });
});
