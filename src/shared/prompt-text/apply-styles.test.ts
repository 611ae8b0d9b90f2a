import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PromptStyle } from '../models/prompt-style.ts';
import { applyStyles } from './apply-styles.ts';
import { builtInStyles } from './built-in-styles.ts';
import type { PromptFamily } from './prompt-habits.ts';

const own = [
  { id: 'framed', name: 'Framed', positive: 'poster of {prompt} . bold, flat', negative: 'dull' },
  { id: 'loose', name: 'Loose', positive: 'loose lines, bold', negative: 'stiff, Dull' },
].map((style) => PromptStyle.parse(style));
const all = [...builtInStyles, ...own];
const apply = (
  prompt: string,
  ids: string[],
  family: PromptFamily = 'tags',
  negativePrompt = '',
): { prompt: string; negativePrompt: string; unknown: string[] } =>
  applyStyles({ prompt, negativePrompt, styles: ids, enhancers: [], family, all });

describe('the built-in styles', () => {
  it('are all there, each with terms, words and something to avoid, and each once', () => {
    const ids = (kind: string): string[] => builtInStyles.filter((style) => style.kind === kind).map(({ id }) => id);
    expect(ids('style').slice(0, 8)).toEqual([
      ...['watercolor', 'oil_painting', 'digital_art', 'cartoon', 'realistic', 'sketch', 'anime', 'party'],
    ]);
    expect(ids('style').length).toBeGreaterThanOrEqual(20);
    expect(ids('enhancer')).toEqual([
      ...['high_detail', 'professional_lighting', 'sharp_focus', 'vibrant_colors', 'cinematic'],
    ]);
    expect(new Set(builtInStyles.map(({ id }) => id)).size).toBe(builtInStyles.length);
    for (const style of builtInStyles) {
      expect(PromptStyle.parse(style)).toEqual(style);
      for (const text of [style.name, style.positive, style.sentence, style.negative])
        expect(text).toMatch(/^\S.*[^\s.,]$/);
      expect(style.sentence).not.toMatch(/\{|\}/);
    }
  });
});

describe('applyStyles', () => {
  it('adds terms behind the prompt for models that know tags', () => {
    const { prompt, negativePrompt } = apply('a fox, ', ['watercolor', 'sharp_focus'], 'tags', 'people');
    expect(prompt).toBe(
      'a fox, watercolor painting, soft washes, wet-on-wet, paper texture, delicate pigment edges, sharp focus, crisp edges',
    );
    expect(negativePrompt).toBe('people, photo, 3d render, hard outlines, plastic, blurry, out of focus, motion blur');
  });

  it('adds one sentence for models that read sentences', () => {
    expect(
      apply('a fox in snow', ['sketch', 'watercolor', 'vibrant_colors', 'high_detail', 'cinematic'], 'natural').prompt,
    ).toBe(
      'a fox in snow. Make it a watercolor painting with soft washes, bleeding pigment and visible paper texture, combined with a loose, quick sketch with searching lines, hatching and unfinished edges, with rich and fine detail, vibrant colours and the look of a film still.',
    );
    expect(apply('A fox.', ['sharp_focus'], 'natural').prompt).toBe('A fox. Give it crisp focus on the subject.');
    expect(apply('', ['party'], 'natural').prompt).toMatch(/^Make it a festive party scene/);
    expect(apply('a fox', ['loose'], 'natural').prompt).toBe(
      'a fox. Make it a picture in the style “Loose” (loose lines, bold).',
    );
  });

  it('says nothing twice', () => {
    expect(apply('a fox, (Sharp Focus:1.2), with crisp edges', ['sharp_focus']).prompt).toBe(
      'a fox, (Sharp Focus:1.2), with crisp edges',
    );
    expect(apply('a fox', ['loose', 'framed']).prompt).toBe('poster of a fox . bold, flat, loose lines');
    expect(apply('a fox', ['loose', 'framed'], 'tags', 'DULL').negativePrompt).toBe('DULL, stiff');
  });

  it('does not avoid what another style asks for', () => {
    const { negativePrompt } = apply('a fox', ['realistic', 'anime']);
    expect(negativePrompt.split(', ')).not.toContain('anime');
    expect(negativePrompt).toContain('cartoon');
  });

  it('puts the prompt where a template wants it, whatever is in it', () => {
    expect(apply('$& {a}', ['framed']).prompt).toBe('poster of $& {a} . bold, flat');
    expect(apply('a fox', ['framed'], 'natural').prompt).toBe('poster of a fox . bold, flat');
  });

  it('names those it does not know and goes on without them', () => {
    expect(apply('a fox', ['gone', 'cubism'])).toEqual({
      prompt: 'a fox',
      negativePrompt: '',
      unknown: ['gone', 'cubism'],
    });
  });

  it('keeps the prompt, does not depend on the order of ticks, and changes nothing when applied again', () => {
    const ids = builtInStyles.map(({ id }) => id);
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        fc.string({ maxLength: 40 }),
        fc.subarray(ids, { maxLength: 5 }),
        fc.constantFrom<PromptFamily>('tags', 'natural'),
        (prompt, negative, chosen, family) => {
          const once = apply(prompt, chosen, family, negative);
          expect(once.prompt.startsWith(prompt.replace(/[\s,;]+$/, ''))).toBe(true);
          expect(once.negativePrompt.startsWith(negative.replace(/[\s,;]+$/, ''))).toBe(true);
          expect(apply(prompt, chosen.toReversed(), family, negative)).toEqual(once);
          expect(apply(once.prompt, chosen, family, once.negativePrompt)).toEqual(once);
          if (chosen.length === 0) expect(once).toEqual({ prompt, negativePrompt: negative, unknown: [] });
        },
      ),
      { numRuns: 500 },
    );
  });

  it('never makes a negative prompt longer than there may be', () => {
    const negative = 'word, '.repeat(1665);
    expect(apply('a fox', ['party'], 'tags', negative).negativePrompt.length).toBeLessThanOrEqual(10_000);
  });
});
