import { describe, expect, it } from 'vitest';
import { GenerationRequest } from '../../shared/models/generation-request.ts';
import type { Image } from '../../shared/models/image.ts';
import type { ListedJob } from '../../shared/models/job.ts';
import { imageLines, inColumns, jobLines } from './list-lines.ts';
import { columnsOf, cutTo } from './plain-words.ts';

const createdAt = new Date(2026, 10, 29, 7, 5).getTime();
const id = '019aac1e-0eab-7362-831c-40174673b737';
const job = (changes: Partial<ListedJob> = {}): ListedJob => ({
  id,
  state: 'succeeded',
  request: GenerationRequest.parse({ prompt: 'a lighthouse at dusk' }),
  position: 1,
  createdAt,
  startedAt: createdAt,
  endedAt: createdAt,
  error: null,
  agreedUsd: 0.04,
  imageIds: [id],
  provider: 'openai',
  model: 'gpt-image-1',
  cost: { kind: 'reported', usd: 0.04 },
  ...changes,
});
const image = (changes: Partial<Image> = {}): Image => ({
  ...job(),
  sequence: 1,
  jobId: id,
  attemptId: id,
  index: 0,
  hash: '',
  bytes: 1,
  format: 'png',
  width: 1024,
  height: 768,
  project: 'default',
  provider: 'openai',
  model: 'gpt-image-1',
  seed: 1,
  dropped: [],
  remoteId: null,
  cost: { kind: 'estimated', usd: 0.04 },
  generationMs: null,
  notAi: false,
  trashedAt: null,
  path: 'images/x.png',
  revisedPrompt: null,
  stages: null,
  altText: null,
  rating: null,
  ...changes,
});
const longest = {
  prompt: 'p'.repeat(500),
  model: 'black-forest-labs/FLUX.1-Kontext-the-longest-name-there-is',
  cost: { kind: 'unknown' },
} as const;

describe('a list of jobs', () => {
  it('says when, who, what it costs and of which words', () => {
    const [first, second] = jobLines([job()]);
    expect(first).toBe(`${id}  2026-11-29 07:05  succeeded  1/1  $0.040`);
    expect(second).toBe('    openai gpt-image-1  a lighthouse at dusk');
  });

  it('says nothing of what is not known yet', () => {
    const lines = jobLines([job({ state: 'queued', provider: null, model: null, cost: null, imageIds: [] })]);
    expect(lines[0]).toMatch(/queued {2}0\/1 {2}nothing yet$/);
    expect(lines[1]).toBe('    any provider  a lighthouse at dusk');
  });

  it('is aligned and fits into a hundred columns, whatever is in it', () => {
    const request = GenerationRequest.parse({ prompt: longest.prompt, count: 64 });
    const wide = GenerationRequest.parse({ prompt: `夕暮れの灯台 🎨 ${'灯'.repeat(80)}` });
    const lines = jobLines([
      job(),
      job({ ...longest, provider: 'huggingface', state: 'needs_attention', request }),
      job({ request: wide }),
    ]);
    for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(100);
    const heads = lines.filter((_, at) => at % 2 === 0);
    expect(new Set(heads.map((line) => line.search(/ {2}\d+\/\d+ {2}/)))).toHaveLength(1);
    const tails = lines.filter((_, at) => at % 2 === 1);
    expect(tails[0]!.indexOf('a lighthouse')).toBe(tails[2]!.indexOf('夕暮れ'));
    expect(tails[1]).toMatch(/…$/);
  });

  it('keeps a prompt of several lines on one', () => {
    expect(jobLines([job({ request: GenerationRequest.parse({ prompt: 'one\n\u001b[2Jtwo' }) })])[1]).not.toMatch(
      /\p{Cc}/u,
    );
  });
});

describe('a list of images', () => {
  it('says when, how large, who and what it cost', () => {
    expect(imageLines([image()])).toEqual([
      `${id}  2026-11-29 07:05  1024×768  png  ≈ $0.040`,
      '    openai gpt-image-1  a lighthouse at dusk',
    ]);
  });

  it('says which are rated, and how', () => {
    const [rated, , other] = imageLines([image({ rating: 4 }), image()]);
    expect(rated).toMatch(/≈ \$0\.040 {2}rated 4$/);
    expect(other).toMatch(/≈ \$0\.040$/);
  });

  it('fits into a hundred columns', () => {
    const request = GenerationRequest.parse({ prompt: longest.prompt });
    for (const line of imageLines([
      image({ ...longest, request, width: 16_384, height: 16_384, format: 'webp', rating: 5 }),
    ]))
      expect(columnsOf(line)).toBeLessThanOrEqual(100);
  });
});

describe('columns', () => {
  it('are as wide as their widest cell', () => {
    expect(
      inColumns([
        ['a', 'bb', 'c'],
        ['灯台', 'b', ''],
      ]),
    ).toEqual(['a     bb  c', '灯台  b']);
  });

  it('never cut a letter in half', () => {
    expect(cutTo('灯台灯台', 5)).toBe('灯台…');
    expect(cutTo('🎨🎨🎨', 5)).toBe('🎨🎨…');
    expect(cutTo('short', 5)).toBe('short');
  });
});
