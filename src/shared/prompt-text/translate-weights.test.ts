import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { translateWeights } from './translate-weights.ts';

const words = (text: string): string[] => text.match(/[a-z]+/g) ?? [];
const piece = fc.oneof(
  fc.constantFrom(
    '(',
    ')',
    '[',
    ']',
    ':1.2',
    ':0.5',
    ':',
    '|',
    '\\(',
    '\\)',
    ', ',
    ' ',
    '"',
    '<lora:ink:0.8>',
    '\\',
    '((',
    '))',
  ),
  fc.constantFrom('fox', 'red', 'sky', 'a', 'moon'),
);
const prompts = fc.array(piece, { maxLength: 30, size: 'max' }).map((pieces) => pieces.join(''));

describe('translateWeights', () => {
  it.each([
    ['a (fox:1.2), (red), ((sky))', 'a (fox:1.2), (red), ((sky))'],
    ['a [fox]', 'a (fox:0.91)'],
    ['[[fox]]', '(fox:0.83)'],
    ['((fox:1.2) in snow:1.5)', '(fox:1.8) (in snow:1.5)'],
    ['(red, [blue], green)', '(red:1.1), blue, (green:1.1)'],
    ['([a (b:2)])', '(a:1) (b:2)'.replace('(a:1)', 'a')],
    ['[day:night:0.5] [cat|dog]', '[day:night:0.5] [cat|dog]'],
    ['fox \\(animal\\) <lora:ink:0.8>', 'fox \\(animal\\) <lora:ink:0.8>'],
    ['[a ( b]', '(a \\( b:0.91)'],
    ['(open', '(open'],
    ['[([))]]', '(\\):0.83)'],
    ['([(]fox))', '\\((fox:1.1))'],
  ])('writes %s for ComfyUI', (prompt, expected) => {
    expect(translateWeights(prompt, 'comfyui')).toBe(expected);
  });

  it.each([
    ['a (fox:1.2), (smiling), ((sky)), [[blur]]', 'a fox, (smiling), sky, blur'],
    ['((red) fox:1.3) [in] snow', '(red) fox [in] snow'],
    ['(((fox)))', 'fox'],
    ['[day:night:0.5], [cat|dog], [late:12], [early::3]', 'day, night, cat, dog, late, early'],
    ['a sign "(SALE:50)", (red:1.1)', 'a sign "(SALE:50)", red'],
    ['fox \\(animal\\)', 'fox (animal)'],
    ['fox \\(animal:1.2\\)', 'fox \\(animal:1.2\\)'],
    ['(a:(1.2:1.5))', 'a'],
    ['at 10:30 (noon:', 'at 10:30 (noon:'],
    ['a <lora:ink:0.8> fox', 'a <lora:ink:0.8> fox'],
  ])('takes the weights from %s where nobody knows them', (prompt, expected) => {
    expect(translateWeights(prompt, 'none')).toBe(expected);
  });

  it('leaves out LoRA tags only when told to', () => {
    const without = (prompt: string): string => translateWeights(prompt, 'none', { dropLoras: true });
    expect(without('<lora:a:1>, a fox, <LyCO:b:0.5>, fog <lora:c>')).toBe('a fox, fog');
    expect(without('a <lora:b:1> <lora:c:1> fox')).toBe('a fox');
    expect(without('<lora:a:1>')).toBe('');
    expect(without('a, , b')).toBe('a, , b');
  });

  it('loses no word, changes nothing for AUTOMATIC1111, and translating twice changes nothing more', () => {
    fc.assert(
      fc.property(prompts, (prompt) => {
        expect(translateWeights(prompt, 'a1111')).toBe(prompt);
        for (const dialect of ['comfyui', 'none'] as const) {
          const once = translateWeights(prompt, dialect);
          expect(words(once)).toEqual(words(prompt));
          expect(translateWeights(once, dialect)).toBe(once);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('is done at once for 10,000 characters of brackets', () => {
    const started = new Date().getTime();
    for (const part of ['(', '[', '(a:1.2', '((a)', '<lora:', '\\(', '"(', '(a', '[a|', '(a:(1.2:1.5)']) {
      const prompt = part.repeat(Math.floor(10_000 / part.length));
      const closed = prompt.slice(0, 5000) + ')]'.repeat(2500);
      for (const text of [prompt, closed])
        for (const dialect of ['comfyui', 'none'] as const) translateWeights(text, dialect);
    }
    expect(new Date().getTime() - started).toBeLessThan(3000);
  });
});
