import { describe, expect, it } from 'vitest';
import { analysePrompt } from '../../src/shared/prompt-text/analyse-prompt.ts';
import { compressPrompt } from '../../src/shared/prompt-text/compress-prompt.ts';
import { protectedParts } from '../../src/shared/prompt-text/protected-parts.ts';
import { resolvePrompt } from '../../src/shared/prompt-text/resolve-prompt.ts';

const bits = [
  ...['(', '[', '{', '${', '"', '“', '「', "'", '_', '__a', '<lora:', 'embedding:', ':1', '\\', '<'],
  ...[
    ',',
    '.',
    '. . ',
    '…',
    ' ',
    '\n',
    'BREAK ',
    'a ',
    'a,',
    'a-',
    "a'",
    '猫',
    '的',
    '的a,',
    '👩‍👧',
    '\uD800',
    'e\u0301',
    '\u0000',
    '((a)',
    ' "a',
  ],
];

describe('a text that is made to take long', () => {
  // Quadratic work on 10,000 characters takes seconds; what is linear takes milliseconds.
  it.each(bits)('takes no longer than others do: %j again and again', (bit) => {
    const text = bit.repeat(Math.floor(10_000 / bit.length));
    const begun = performance.now();
    analysePrompt(text, { knownLoras: ['storm'], knownWildcards: ['storm', 'places/north'] });
    expect(compressPrompt(text, { limit: 2_999, locked: ['a a', 'b'] }).length).toBeLessThan(3_000);
    expect(performance.now() - begun).toBeLessThan(1_500);
  });
});

describe('what is looked for in a text', () => {
  it('is found as fast where many long terms nearly fit', () => {
    const locked = Array.from({ length: 100 }, (_, at) => `${'a '.repeat(199)}${String.fromCharCode(98 + (at % 20))}`);
    const begun = performance.now();
    expect(protectedParts('a '.repeat(5_000), locked)).toEqual([]);
    expect(performance.now() - begun).toBeLessThan(1_500);
  });

  it('is drawn as fast from a file of very many lines', () => {
    const lines = Array.from({ length: 300_000 }, (_, at) => `${(at % 7) + 1}::line ${at}`);
    const draw = (prompt: string) => resolvePrompt(prompt, { seed: 3, variables: {}, wildcards: () => lines });
    const begun = performance.now();
    expect(new Set(draw('{99$$__big__}').text.split(', ')).size).toBe(99);
    const sets = Array.from({ length: 700 }, (_, at) => `\${a${at}=1}`).join('');
    expect(draw(`${sets}__big__`).text).toContain('line ');
    expect(() => draw('{2-$$__big__}')).toThrow('options at once');
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});
