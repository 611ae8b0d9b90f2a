import { describe, expect, it } from 'vitest';
import { analysePrompt } from '../../src/shared/prompt-text/analyse-prompt.ts';
import { compressPrompt } from '../../src/shared/prompt-text/compress-prompt.ts';

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
    analysePrompt(text, { knownLoras: ['storm'] });
    expect(compressPrompt(text, { limit: 2_999, locked: ['a a', 'b'] }).length).toBeLessThan(3_000);
    expect(performance.now() - begun).toBeLessThan(1_500);
  });
});
