import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { easelJson, newPlace, runEasel, type Place } from '../run-easel.ts';

let place: Place;
beforeAll(() => {
  place = newPlace();
});
afterAll(() => {
  place.remove();
});

interface Answer {
  readonly prompt: string;
  readonly images: readonly { readonly id: string }[];
  readonly metadata: {
    readonly prompt_validation: {
      readonly original_length: number;
      readonly optimized_length: number;
      readonly optimization_time: number;
      readonly optimized_by: string;
      readonly final_prompt?: string;
    };
  };
}

const generate = (words: readonly string[]): Promise<Answer> =>
  easelJson<Answer>(place, ['generate', ...words, '--provider', 'builtin', '--size', '64x64']);
/** Sentences that differ, so that nothing can be folded. */
const longText = Array.from({ length: 230 }, (_, at) => `a ${at}th lantern over bridge number ${at * 7}`).join(', ');

describe('easel prompt', () => {
  it('analyses a prompt without a library', async () => {
    const elsewhere = newPlace();
    const analysis = await easelJson(elsewhere, ['prompt', 'analyse', 'a fox at night in daylight, masterpiece (']);
    elsewhere.remove();
    expect(analysis).toMatchObject({
      characters: 41,
      quality: ['masterpiece'],
      findings: expect.arrayContaining([
        expect.objectContaining({ kind: 'contradiction' }),
        expect.objectContaining({ kind: 'unbalanced' }),
      ]),
    });
    const { stdout } = await runEasel(place, ['prompt', 'analyse', '-'], { input: 'a fox at night in daylight' });
    expect(stdout).toContain('contradict');
  });

  it('names what it finds again and again once, with how often', async () => {
    const input = `${'really, '.repeat(340)}a mill (, a barn (, a (red door`;
    const { stdout } = await runEasel(place, ['prompt', 'analyse', '-'], { input });
    expect(stdout.split('\n').filter((line) => line.startsWith('- '))).toEqual([
      '- "really" says nothing about the picture. (97 times, first at character 1)',
      '- A "(" has no other half. (3 times, first at character 2728)',
      '- These are 100 of 343 things to look at.',
    ]);
  });

  it('generates with styles, enhancers and variables, and says what was sent', async () => {
    const answer = await generate([
      'a ${colour=red} fox',
      '--style',
      'watercolor',
      '--enhance',
      'high_detail',
      '--var',
      'colour=blue',
    ]);
    expect(answer.prompt).toBe('a ${colour=red} fox');
    const { final_prompt, optimized_by } = answer.metadata.prompt_validation;
    expect(final_prompt).toMatch(/^a blue fox.*watercolor/is);
    expect(optimized_by).toBe('none');
  });

  it('draws from the wildcards that come along where there is no library yet, and makes none', async () => {
    const elsewhere = newPlace();
    const library = join(elsewhere.data, 'not-yet');
    const nowhere = { ...elsewhere, library };
    const prompt = 'a __colors__ {fox|owl} in __land*__, ${when}';
    const words = ['prompt', 'resolve', prompt, '--seed', '41', '--var', 'when=at dusk'];
    const before = await runEasel(nowhere, words);
    expect([before.code, before.stderr]).toEqual([0, '']);
    expect(before.stdout).toMatch(/^a .* (fox|owl) in .*, at dusk\n$/);
    expect(existsSync(library)).toBe(false);
    // A library draws the same.
    expect((await runEasel(place, words)).stdout).toBe(before.stdout);
    const missing = await runEasel(nowhere, ['prompt', 'resolve', 'a __colrs__ fox']);
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringMatching(/Did you mean colors/)]);
    elsewhere.remove();
  });

  it('draws the same for the same seed as a picture does', async () => {
    const prompt = 'a {red|green|blue|white|black} fox in __landscapes__';
    const drawn = await easelJson<{ prompt: string }>(place, ['prompt', 'resolve', prompt, '--seed', '41']);
    const answer = await generate([prompt, '--seed', '41']);
    expect(answer.metadata.prompt_validation.final_prompt).toBe(drawn.prompt);
    expect(drawn.prompt).not.toMatch(/[{}_|]/);
  });

  it('shortens a long prompt by rules where no language model may be asked', async () => {
    const answer = await generate([longText, '--no-optimize']);
    expect(answer.metadata.prompt_validation).toMatchObject({
      original_length: longText.length,
      optimized_by: 'local',
    });
    expect(answer.metadata.prompt_validation.optimized_length).toBeLessThan(3_000);
  });

  it('refuses what it can not use, and says what there is', async () => {
    for (const [words, code, said] of [
      [['x'.repeat(10_001)], 2, '1 more'],
      [['a __nowhere__'], 2, 'nowhere'],
      [['a ${thing}'], 2, 'thing'],
      [['a fox', '--style', 'watercolour', '--style', 'x'], 2, 'watercolor'],
      [['a fox', '--style', 'watercolr'], 2, 'watercolor'],
      [['a fox', '--enhance', 'high_details'], 2, 'high_detail'],
      [['a fox', '--var', 'colour'], 2, '--var'],
      [['a fox', '--template', 'none'], 5, 'none'],
    ] as const) {
      const result = await runEasel(place, ['generate', ...words, '--provider', 'builtin']);
      expect([words[1] ?? words[0].slice(0, 20), result.code, result.stderr]).toEqual([
        words[1] ?? words[0].slice(0, 20),
        code,
        expect.stringContaining(said),
      ]);
    }
  });

  it('keeps prompts in versions and uses them as templates', async () => {
    await easelJson(place, ['prompt', 'save', 'portraits/studio', 'studio portrait of ${prompt}, ${light=soft} light']);
    const again = ['prompt', 'save', 'portraits/studio', 'studio photo of ${prompt}, ${light=soft} light'];
    expect(await easelJson(place, [...again, '--negative', 'text'])).toMatchObject({ version: { number: 2 } });
    expect((await runEasel(place, ['prompt', 'saved'])).stdout).toContain('portraits/studio  studio photo of');
    const answer = await generate(['an owl', '--template', 'portraits/studio', '--var', 'light=hard']);
    expect(answer.metadata.prompt_validation.final_prompt).toBe('studio photo of an owl, hard light');
    const empty = await runEasel(place, ['generate', '--template', 'portraits/studio', '--provider', 'builtin']);
    expect([empty.code, empty.stderr]).toEqual([2, expect.stringContaining('prompt')]);
    await easelJson(place, ['prompt', 'save', 'ink', 'ink drawing of ${ prompt : a cat }']);
    for (const [words, sent] of [
      ['an owl', 'ink drawing of an owl'],
      ['', 'ink drawing of a cat'],
    ] as const) {
      const drawn = await generate([words, '--template', 'ink']);
      expect(drawn.metadata.prompt_validation.final_prompt?.replaceAll(/\s+/g, ' ').trim()).toBe(sent);
    }
  });

  it('knows every prompt that was sent, newest first', async () => {
    await generate(['an owl on a fence']);
    const { prompts } = await easelJson<{ prompts: { prompt: string }[] }>(place, ['prompt', 'history', 'owl']);
    expect(prompts[0]).toMatchObject({ prompt: 'an owl on a fence' });
    const { stdout } = await runEasel(place, ['prompt', 'history', 'nothing like this']);
    expect(stdout).toBe('No prompts yet.\n');
  });
});
