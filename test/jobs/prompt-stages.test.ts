import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { sidecarPath } from '../../src/main/files/library-paths.ts';
import { parseSidecar } from '../../src/main/files/xmp-sidecar.ts';
import { ImageSummary, type Image } from '../../src/shared/models/image.ts';
import type { JobWithAttempts } from '../../src/shared/models/job.ts';
import { it, type Easel } from './library-folder.ts';
import { drawn, failing, freeProvider, never, paidProvider, whenSent } from './scripted-provider.ts';

const imagesOf = (easel: Easel, { imageIds }: JobWithAttempts): Image[] =>
  imageIds.map((id) => easel.library.image(id));
/** Sentences that differ, so that nothing can be folded. */
const longText = (characters: number): string => {
  let text = '';
  for (let at = 1; text.length < characters; at += 1) text += `a ${at}th lantern over bridge number ${at * 7}, `;
  return text.slice(0, characters);
};
const sent = (painter: { sent: readonly { prompt: string }[] }): string[] => painter.sent.map(({ prompt }) => prompt);

describe('the stages of a prompt', () => {
  it.concurrent('are not told where it was sent as it was typed', async ({ folder }) => {
    const easel = await folder.open([paidProvider({ submit: drawn })]);
    const end = await easel.ended(await easel.ask({ prompt: 'a (pear) on a table' }));
    expect(end.attempts).toMatchObject([{ stages: null }]);
    expect(imagesOf(easel, end)).toMatchObject([{ stages: null, request: { prompt: 'a (pear) on a table' } }]);
  });

  it.concurrent(
    'give each image of a job a draw of its own, and the same ones again with the same seed',
    async ({ folder }) => {
      const painter = paidProvider({ submit: drawn });
      const easel = await folder.open([painter]);
      const colours = Array.from({ length: 40 }, (_, at) => `colour ${at}`).join('|');
      const request = { prompt: `a {${colours}} fox`, seed: 77, count: 4 };
      const [first, second] = [
        await easel.ended(await easel.ask(request)),
        await easel.ended(await easel.ask(request)),
      ];
      const words = sent(painter);
      expect(words).toHaveLength(8);
      expect(new Set(words.slice(0, 4)).size).toBeGreaterThan(1);
      expect(words.slice(4)).toEqual(words.slice(0, 4));
      const images = imagesOf(easel, first);
      expect(images.map(({ request: { prompt } }) => prompt)).toEqual(words.slice(0, 4));
      for (const { stages } of images) {
        expect(stages?.typed.prompt).toBe(request.prompt);
        expect(stages?.resolved.draws).toMatchObject([{ kind: 'choice', picked: expect.stringContaining('colour') }]);
      }
      // With the seed of the third, a new job draws what the third one got.
      await easel.ended(await easel.ask({ ...request, count: 1, seed: request.seed + 2 }));
      expect(sent(painter).at(-1)).toBe(words[2]);
      expect(second.state).toBe('succeeded');
    },
  );

  it.concurrent(
    'take as many images into one request as before where nothing is left to chance',
    async ({ folder }) => {
      const painter = paidProvider({ submit: drawn });
      const easel = await folder.open([painter]);
      const promptOptions = { variables: { animal: 'fox' } };
      await easel.ended(await easel.ask({ prompt: 'a ${animal} in ${place=snow}', count: 4, promptOptions }));
      expect(painter.sent).toMatchObject([{ prompt: 'a fox in snow', count: 4 }]);
    },
  );

  it.concurrent('refuse what can not be resolved before anything is queued', async ({ folder }) => {
    const easel = await folder.open([paidProvider({ submit: drawn })]);
    await expect(easel.ask({ prompt: 'a __nowhere__ fox' })).rejects.toThrow('nowhere');
    await expect(easel.ask({ prompt: 'a ${animal}' })).rejects.toThrow('animal');
    expect(easel.jobs.list({ limit: 5 }).jobs).toEqual([]);
  });

  it.concurrent(
    'add styles in the words of the model, and their negative prompt where it takes one',
    async ({ folder }) => {
      const parameters = ['size', 'seed', 'negativePrompt'] as const;
      const painter = paidProvider({ submit: drawn }, { parameters: [...parameters] });
      const easel = await folder.open([painter]);
      const promptOptions = { styles: ['watercolor'], enhancers: ['high_detail'] };
      const end = await easel.ended(await easel.ask({ prompt: 'a fox', negativePrompt: 'text', promptOptions }));
      const [request] = painter.sent;
      expect(request?.prompt).toMatch(/^a fox.*watercolor/i);
      expect(request?.negativePrompt).toMatch(/^text, /);
      const [image] = imagesOf(easel, end);
      expect(image?.stages).toMatchObject({
        typed: { prompt: 'a fox', negativePrompt: 'text' },
        options: promptOptions,
        optimized: { prompt: request?.prompt, negativePrompt: request?.negativePrompt, fitting: { by: 'none' } },
      });
    },
  );

  it.concurrent(
    'stay with their image when another one takes over in the middle, and when it is tried again',
    async ({ folder }) => {
      const painter = paidProvider({
        submit: (request) =>
          request.seed === 77 ? drawn(request) : failing('server', 'The kiln is broken.', { isFinal: true })(),
      });
      const other = paidProvider({ submit: failing('content_policy', 'No.') }, { id: 'other' });
      const easel = await folder.open([painter, other], { routing: { primary: 'painter', fallbacks: ['other'] } });
      const colours = Array.from({ length: 40 }, (_, at) => `colour ${at}`).join('|');
      const prompt = `a {${colours}} fox`;
      const expected = [0, 1, 2].map(
        (at) => easel.prompts.resolver.resolve({ prompt, negativePrompt: '', variables: {}, seed: 77 + at }).prompt,
      );
      const job = await easel.ask({ prompt, seed: 77, count: 3, provider: undefined });
      expect((await easel.ended(job)).state).toBe('failed');
      expect(sent(painter).slice(0, 2)).toEqual(expected.slice(0, 2));
      expect(sent(other)).toEqual([expected[1]]);
      easel.jobs.retry(job.id);
      await easel.ended(job);
      expect([...sent(painter), ...sent(other)].slice(1).every((words) => words === expected[1])).toBe(true);
      expect(other.sent.length).toBeGreaterThan(1);
    },
  );

  it.concurrent('say that a style is gone that was there when the job was made', async ({ folder }) => {
    const painter = paidProvider({ submit: drawn });
    const easel = await folder.open([painter], { starts: false });
    const { id } = await easel.prompts.styles.save({ name: 'My ink', positive: 'ink on paper' });
    const job = await easel.ask({ prompt: 'a fox', promptOptions: { styles: [id] } });
    await easel.prompts.styles.remove(id);
    easel.queue.start({ waitsForProviders: true });
    const end = await easel.ended(job);
    expect(sent(painter)).toEqual(['a fox']);
    expect(imagesOf(easel, end)[0]?.dropped).toEqual([{ parameter: 'style', note: expect.stringContaining(id) }]);
  });

  it.concurrent('shorten a long prompt, say so, and keep what was typed', async ({ folder }) => {
    const painter = paidProvider({ submit: drawn });
    const easel = await folder.open([painter]);
    const prompt = `<lora:ink:0.8> ${longText(9_900)}`;
    const end = await easel.ended(await easel.ask({ prompt }));
    const [short = ''] = sent(painter);
    expect(short.length).toBeLessThan(3_000);
    expect(short).toContain('<lora:ink:0.8>');
    const [image] = imagesOf(easel, end);
    expect(image?.stages).toMatchObject({
      typed: { prompt },
      optimized: { prompt: short, fitting: { by: 'local', limit: 2_999 } },
    });
    expect(image?.dropped).toMatchObject([{ parameter: 'prompt', note: expect.stringContaining('shortened to') }]);
  });

  it.concurrent('make a version for whoever takes over, as long as that one takes', async ({ folder }) => {
    const painter = paidProvider({ submit: failing('server', 'The kiln is broken.') });
    const narrow = paidProvider({ submit: drawn }, { id: 'narrow', promptCharacters: 500 });
    const easel = await folder.open([painter, narrow], { routing: { primary: 'painter', fallbacks: ['narrow'] } });
    const prompt = longText(2_000);
    const end = await easel.ended(await easel.ask({ prompt, provider: undefined }));
    expect(end.state).toBe('succeeded');
    expect(sent(painter)[0]).toBe(prompt.trim());
    const [short = ''] = sent(narrow);
    expect(short.length).toBeLessThanOrEqual(500);
    expect(end.attempts.map(({ stages }) => stages?.optimized.fitting.by)).toEqual([undefined, 'local']);
  });

  it.concurrent('outlive a kill: the picture says what was typed', async ({ folder }) => {
    const painter = freeProvider({ submit: never });
    const easel = await folder.open([painter]);
    const job = await easel.ask({ prompt: 'a {red|blue|green} fox', seed: 3 });
    await whenSent(painter);
    const again = freeProvider({ submit: drawn });
    const next = await folder.killedNow().open([again]);
    const end = await next.ended(job);
    expect(sent(again)).toEqual(sent(painter));
    expect(imagesOf(next, end)[0]?.stages?.typed.prompt).toBe('a {red|blue|green} fox');
  });

  it('read back equal from the database and from the sidecar, whatever was typed', { retry: 0 }, async ({ folder }) => {
    const easel = await folder.open([paidProvider({ submit: drawn })]);
    const part = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.constantFrom('{a|b}', '${x=1}', '"<&>"', '(x:1.2)', '\u0000'),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(part, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 0, max: 1e6 }),
        async (parts, seed) => {
          const prompt = `fox ${parts.join(' ')} {tall|small}`;
          const asked = await easel.ask({ prompt, seed, promptOptions: { styles: ['sketch'] } }).catch(() => null);
          if (asked === null) return;
          const end = await easel.ended(asked);
          const [image] = imagesOf(easel, end);
          expect(image?.stages?.typed.prompt).toBe(prompt);
          expect(end.attempts[0]?.stages).toEqual(image?.stages);
          const { path } = easel.library.path(image!.id);
          expect(parseSidecar(readFileSync(sidecarPath(path), 'utf8'))?.stages).toEqual(image?.stages);
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('the history of prompts', () => {
  it.concurrent('knows what was sent, and which pictures came of it', async ({ folder }) => {
    const easel = await folder.open([paidProvider({ submit: drawn })]);
    const [fox] = [
      await easel.ended(await easel.ask({ prompt: 'a {red|blue} fox', negativePrompt: 'text' })),
      await easel.ended(await easel.ask({ prompt: 'an owl' })),
    ];
    const { prompts } = easel.prompts.history.list({ search: 'fox', limit: 5 });
    expect(prompts).toMatchObject([
      { prompt: 'a {red|blue} fox', negativePrompt: 'text', sent: expect.stringMatching(/a (red|blue) fox/) },
    ]);
    const shown = easel.prompts.history.images(prompts[0]!.id).map((image) => ImageSummary.parse(image));
    expect(shown.map(({ id }) => id)).toEqual(fox.imageIds);
  });

  it.concurrent('keeps the pictures of a prompt that is forgotten', async ({ folder }) => {
    const easel = await folder.open([paidProvider({ submit: drawn })]);
    const end = await easel.ended(await easel.ask({ prompt: 'a fox' }));
    easel.prompts.history.forgetAll();
    expect(easel.prompts.history.list({ limit: 5 }).prompts).toEqual([]);
    expect(imagesOf(easel, end)).toMatchObject([{ request: { prompt: 'a fox' } }]);
  });
});
