import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { promptSoFar, readAnswer } from './read-answer.ts';

describe('the prompt of an answer', () => {
  it.each([
    ['{"prompt":" a fox ","kept":[]}', 'a fox'],
    ['Here it is:\n```json\n{"prompt":"a fox","kept":["fox"]}\n```\nEnjoy!', 'a fox'],
    ['a fox in the snow', null],
    ['{"text":"a fox"}', null],
    ['{"prompt":5}', null],
    ['{"prompt":"a fox', null],
    ['', null],
  ])('of %j is %j', (content, prompt) => {
    expect(readAnswer(content)).toBe(prompt);
  });

  it('is followed while it is written, and never goes back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat({ max: 40 }), (prompt, cut) => {
        const content = JSON.stringify({ prompt, kept: [] });
        expect(promptSoFar(content)).toBe(prompt);
        expect(prompt.startsWith(promptSoFar(content.slice(0, cut)))).toBe(true);
        const ascii = content.replaceAll(/[^ -~]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
        expect(promptSoFar(ascii)).toBe(prompt);
      }),
    );
  });

  it('is not looked for in prose', () => {
    expect(promptSoFar('An essay about prompts')).toBe('');
  });
});
