import { describe, expect, it } from 'vitest';
import { analysePrompt } from './analyse-prompt.ts';
import type { PromptFinding } from './prompt-finding.ts';

const found = (prompt: string, knownLoras: readonly string[] | null = null): readonly PromptFinding[] =>
  analysePrompt(prompt, { knownLoras }).findings;
const kindsOf = (prompt: string): string[] => found(prompt).map(({ kind }) => kind);

function fixed(prompt: string, knownLoras: readonly string[] | null = null): string {
  const fixes = found(prompt, knownLoras).flatMap(({ fix }) => fix ?? []);
  return fixes.reduceRight(
    (text, { start, end, replacement }) => text.slice(0, start) + replacement + text.slice(end),
    prompt,
  );
}

describe('what is said about a prompt', () => {
  it('counts characters and words, Chinese and Japanese by the character', () => {
    expect(analysePrompt('a red-haired woman, 35mm')).toMatchObject({ characters: 24, words: 4 });
    expect(analysePrompt('一只猫')).toMatchObject({ characters: 3, words: 3 });
    expect(analysePrompt('')).toMatchObject({
      characters: 0,
      words: 0,
      clipTokens: 0,
      clipChunks: 0,
      llmTokens: 0,
      complexity: 0,
    });
  });

  it('estimates the tokens of CLIP without LoRA tags and weights, and fills the chunk at a BREAK', () => {
    expect(analysePrompt('a photo of a cat').clipTokens).toBe(5);
    expect(analysePrompt('a photo of a (cat:1.3) <lora:very_long_name_here:0.8>').clipTokens).toBe(5);
    expect(analysePrompt('a cat BREAK a dog').clipChunks).toBe(2);
    expect(analysePrompt('cat, '.repeat(60)).clipChunks).toBe(2);
    expect(analysePrompt('猫猫猫 👩‍👩‍👧').clipTokens).toBeGreaterThan(6);
  });

  it('counts the language model’s tokens of everything', () => {
    expect(analysePrompt('a photo of a cat').llmTokens).toBe(5);
    expect(analysePrompt('一只橘色的猫坐在窗台上').llmTokens).toBe(10);
  });

  it('calls more complex what asks for more', () => {
    const short = analysePrompt('a cat').complexity;
    const middle = analysePrompt(
      'a tabby cat on a wooden sill, rain outside, neon reflections, oil painting, soft light',
    ).complexity;
    const words = Array.from({ length: 400 }, (_, at) => `word${at}`).join(', ');
    const long = analysePrompt(`${words}, (a:1.2), <lora:b:1>, ${'(c:1.1), '.repeat(15)}`).complexity;
    expect(short).toBeLessThan(middle);
    expect(middle).toBeLessThan(long);
    expect(long).toBe(100);
  });

  it('reckons the reading ease of English with sentences, and of nothing else', () => {
    const easy =
      'The cat sat on the mat. The dog ran to the cat. The cat hid in the box. It was a big red box by the door.';
    const hard =
      'Photosynthetically differentiated microorganisms characteristically demonstrate extraordinarily complicated bioluminescent communication, notwithstanding considerable environmental contamination and unpredictable oceanographic perturbations surrounding them throughout the observation.';
    expect(analysePrompt(easy).readingEase).toBeGreaterThan(90);
    expect(analysePrompt(hard).readingEase).toBeLessThan(10);
    expect(analysePrompt('a cat on a mat').readingEase).toBeNull();
    expect(
      analysePrompt(
        'Der Hund liegt unter dem Baum und schläft, und die Katze sitzt auf der Mauer und sieht ihm dabei zu, ohne sich zu rühren.',
      ).readingEase,
    ).toBeNull();
    expect(analysePrompt('一只橘色的猫坐在窗台上，'.repeat(5)).readingEase).toBeNull();
  });

  it('recognises terms of style and of quality, in the longest form', () => {
    const { styles, quality } = analysePrompt(
      'Extremely close-up oil painting, golden hour, shallow depth of field, Best Quality, ultra detailed',
    );
    expect(styles).toEqual(['close-up', 'oil painting', 'golden hour', 'shallow depth of field']);
    expect(quality).toEqual(['best quality', 'ultra detailed']);
  });

  it('names keywords, those with a weight before those without', () => {
    const { keywords } = analysePrompt('a stone bridge, a (silver fox:1.8), old oaks');
    expect(keywords[0]).toEqual({ text: 'silver fox', weight: 1, count: 1 });
    expect(keywords.map(({ text }) => text)).toContain('stone bridge');
  });
});

describe('what is found in a prompt', () => {
  it('is a word or a clause that is there twice, with a fix', () => {
    expect(fixed('the the cat, soft light, a dog, Soft  light')).toBe('the cat, soft light, a dog');
    expect(kindsOf('(soft light:1.2), "soft light", a bird, a birch')).toEqual([]);
  });

  it('is a contradiction, unless one side is denied, written or drawn', () => {
    const [finding] = found('a street in broad daylight, rain, night sky');
    expect(finding).toMatchObject({ kind: 'contradiction', params: { text: 'night sky', other: 'broad daylight' } });
    expect(fixed('a street in broad daylight, rain, night sky')).toBe('a street in broad daylight, rain');
    expect(found('The night sky over a room in daylight')[0]?.fix).toBeNull();
    for (const harmless of [
      'daylight, not at night',
      'daylight, a sign "night"',
      'daylight, {night|noon}',
      '[daylight:night:0.5]',
      'no people, not crowded',
    ])
      expect(kindsOf(harmless)).toEqual([]);
    for (const pair of [
      'black and white, vibrant colors',
      'indoors, outdoors',
      'close-up, wide shot',
      'sunrise, sunset',
      'short hair, long hair',
    ])
      expect(kindsOf(pair)).toEqual(['contradiction']);
  });

  it('is filler, in several languages, and goes with its space', () => {
    expect(fixed('I would like to see an image of a really old mill, please')).toBe('a old mill,');
    expect(fixed('Bitte erstelle ein Bild von einem Hund')).toBe('einem Hund');
    expect(fixed('请生成一张图片：一只猫')).toBe('：一只猫');
    expect(kindsOf('a sign that says "please"')).toEqual([]);
  });

  it('is filler once, however often it is said in a row', () => {
    expect(found('a very very Very red mill')).toMatchObject([{ kind: 'filler', params: { text: 'very very Very' } }]);
    expect(fixed('a very very Very red mill')).toBe('a red mill');
    expect(kindsOf('please, please, a mill')).toEqual(['filler', 'filler']);
  });

  it('is a bracket that stands alone, but no smiling face and no escaped one', () => {
    expect(fixed('a (cat, [dog]] and \\(')).toBe('a cat, [dog] and \\(');
    expect(kindsOf('a cat :) ;-)')).toEqual([]);
    expect(found('a (cat')).toEqual([
      { kind: 'unbalanced', start: 2, end: 3, params: { bracket: '(' }, fix: { start: 2, end: 3, replacement: '' } },
    ]);
  });

  it('is a weight that was never closed, which is closed behind its number', () => {
    expect(fixed('(storm:1.3')).toBe('(storm:1.3)');
    expect(fixed('a (wild storm, at sea: .8, a (ship:1.2). (gulls:2. Rain')).toBe(
      'a (wild storm, at sea: .8), a (ship:1.2). (gulls:2). Rain',
    );
    expect(found('(storm:1.3')).toMatchObject([{ kind: 'unbalanced', start: 0, end: 1, params: { bracket: '(' } }]);
    expect(fixed('(a clock at 12:30')).toBe('a clock at 12:30');
    expect(fixed('(a frame of 16:9, (storm:1.3)')).toBe('a frame of 16:9, (storm:1.3)');
  });

  it('is a LoRA that is not installed, with the nearest name, and nothing where nobody knows which are', () => {
    const known = ['styles/watercolour_v2.safetensors', 'Storm'];
    expect(found('<lora:watercolour_v2:1> <lora:STORM:0.5>', known)).toEqual([]);
    expect(fixed('<lora:strom:0.8>', known)).toBe('<lora:Storm:0.8>');
    expect(found('<lora:qqqq:0.8>', known)[0]).toMatchObject({
      kind: 'unknownLora',
      params: { name: 'qqqq', nearest: null },
      fix: null,
    });
    expect(found('<lora:qqqq:0.8>')).toEqual([]);
  });

  it('is a control character, but neither a tab nor a line end', () => {
    expect(fixed('a\u0000\u0007 cat\n\tdog')).toBe('a cat\n\tdog');
    expect(found('\u0000')[0]).toMatchObject({ kind: 'controlCharacter', params: { code: 'U+0000' } });
  });

  it('is how far a prompt goes beyond 10,000 characters', () => {
    expect(found(`${'abcde fghi'.repeat(1_000)}xyz`)).toContainEqual({
      kind: 'tooLong',
      start: 10_000,
      end: 10_003,
      params: { over: 3, most: 10_000 },
      fix: null,
    });
  });

  it('is no more than a hundred things, in the order of the text, and how many there are in all', () => {
    const { findings, findingsInAll } = analysePrompt('really, '.repeat(500));
    expect(findings).toHaveLength(100);
    expect(findingsInAll).toBe(500);
    expect(findings.map(({ start }) => start)).toEqual(
      findings.map(({ start }) => start).toSorted((one, other) => one - other),
    );
    expect(analysePrompt('a really red mill')).toMatchObject({ findingsInAll: 1 });
  });

  it('has something of every kind, however much there is of one', () => {
    const others = 'the the mill, a night in broad daylight, \u0001 a red mill, <lora:qqqq:1>';
    const prompt = `${'really, '.repeat(200)}${'( '.repeat(200)}${others}`;
    const { findings, findingsInAll } = analysePrompt(prompt, { knownLoras: ['storm'] });
    const count = (wanted: string): number => findings.filter(({ kind }) => kind === wanted).length;
    expect(findingsInAll).toBe(404);
    expect(findings).toHaveLength(100);
    for (const kind of ['repeated', 'contradiction', 'controlCharacter', 'unknownLora']) expect(count(kind)).toBe(1);
    expect([count('filler'), count('unbalanced')]).toEqual([48, 48]);
  });
});
