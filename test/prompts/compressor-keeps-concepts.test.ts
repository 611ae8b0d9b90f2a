import { describe, expect, it } from 'vitest';
import { longestPrompt } from '../../src/shared/models/generation-request.ts';
import { compressPrompt } from '../../src/shared/prompt-text/compress-prompt.ts';
import { conceptsKept } from '../../src/shared/prompt-text/key-concepts.ts';
import { optimizedPromptLength } from '../../src/shared/prompt-text/limits.ts';
import { descriptions } from './descriptions.ts';
import { longBriefs } from './long-briefs.ts';
import { longestBriefs } from './longest-briefs.ts';
import { otherLanguages } from './other-languages.ts';
import { products } from './products.ts';
import type { PromptSample } from './prompt-sample.ts';
import { tagSoup } from './tag-soup.ts';

const samples = [...tagSoup, ...descriptions, ...products, ...otherLanguages, ...longBriefs, ...longestBriefs];
const short = 1_000;

/** 0 to 1: how many of a sample's concepts a text has, in any of their wordings. */
function share({ concepts }: PromptSample, text: string): number {
  const kept = concepts.filter((wordings) => conceptsKept([wordings].flat(), text).kept.length > 0);
  return kept.length / concepts.length;
}

const rows = samples.map((sample) => {
  const at = (limit: number): number => share(sample, compressPrompt(sample.text, { limit }));
  return { sample, long: at(optimizedPromptLength), short: at(short) };
});
const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const percent = (value: number): string => `${Math.round(value * 100)} %`.padStart(6);
const longer = (limit: number): typeof rows => rows.filter(({ sample }) => sample.text.length > limit);

describe('the compressor and the concepts of real prompts', () => {
  it('is tried with enough prompts, each of which has all of its concepts and is within the limit', () => {
    expect(samples.length).toBeGreaterThanOrEqual(60);
    expect(new Set(samples.map(({ name }) => name)).size).toBe(samples.length);
    for (const sample of samples) {
      expect({ name: sample.name, share: share(sample, sample.text) }).toEqual({ name: sample.name, share: 1 });
      expect(sample.text.length).toBeLessThanOrEqual(longestPrompt);
    }
    expect(longer(optimizedPromptLength).length).toBeGreaterThanOrEqual(12);
  });

  it('keeps 85 % of them at 2,999 characters and 60 % at 1,000, counting only the prompts that are longer than that', () => {
    const line = (name: string, length: string, long: string, less: string): string =>
      `${name.padEnd(40)} ${length.padStart(6)} ${long.padStart(9)} ${less.padStart(9)}\n`;
    const long = average(longer(optimizedPromptLength).map((row) => row.long));
    const less = average(longer(short).map((row) => row.short));
    process.stdout.write(
      [
        line('prompt', 'length', 'at 2,999', 'at 1,000'),
        ...rows.map(({ sample, ...kept }) =>
          line(sample.name, `${sample.text.length}`, percent(kept.long), percent(kept.short)),
        ),
        line(
          'average of all',
          '',
          percent(average(rows.map((row) => row.long))),
          percent(average(rows.map((row) => row.short))),
        ),
        line('average of those that are longer', '', percent(long), percent(less)),
      ].join(''),
    );
    expect(long).toBeGreaterThanOrEqual(0.85);
    expect(less).toBeGreaterThanOrEqual(0.6);
  });
});
