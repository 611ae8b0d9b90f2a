import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLora, resolveLoras, takeLoraTags } from './prompt-loras.ts';

describe('LoRA tags in a prompt', () => {
  it.each([
    ['a fox <lora:Ink:0.8>', 'a fox', [['Ink', 0.8, 0.8]]],
    [
      '<lora:Ink>, a fox, <LORA:wet:1:0.5>',
      'a fox',
      [
        ['Ink', 1, 1],
        ['wet', 1, 0.5],
      ],
    ],
    ['a <lora:a b.safetensors:-0.5>  fox', 'a fox', [['a b.safetensors', -0.5, -0.5]]],
    ['a fox, <lora:x:nonsense>, fog', 'a fox, fog', [['x', 1, 1]]],
    ['(a fox:1.2), 1 < 2 and <lora:>', '(a fox:1.2), 1 < 2 and <lora:>', []],
  ])('are taken out of %j', (prompt, text, loras) => {
    const taken = takeLoraTags(prompt);
    expect(taken.text).toBe(text);
    expect(taken.loras.map(({ name, modelWeight, clipWeight }) => [name, modelWeight, clipWeight])).toEqual(loras);
  });

  it('leave a prompt without them exactly as it is', () => {
    fc.assert(
      fc.property(fc.string(), (prompt) => {
        fc.pre(!/<lora:/i.test(prompt));
        expect(takeLoraTags(prompt)).toEqual({ text: prompt, loras: [] });
      }),
    );
  });

  it('never leave one behind', () => {
    const name = fc.stringMatching(/^[\w .-]{1,12}$/);
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string(),
            name.map((each) => `<lora:${each}:0.7>`),
          ),
        ),
        (parts) => {
          expect(takeLoraTags(parts.join(' ')).text).not.toMatch(/<lora:[^:<>]+(:[^:<>]*){0,2}>/i);
        },
      ),
    );
  });
});

describe('the file of a LoRA', () => {
  const files = ['Ink.safetensors', 'styles\\Wet Paint.safetensors', 'other/wet.pt', 'v1.5.safetensors'];
  it.each([
    ['Ink.safetensors', 'Ink.safetensors'],
    ['ink', 'Ink.safetensors'],
    ['styles/wet paint', 'styles\\Wet Paint.safetensors'],
    ['WET PAINT', 'styles\\Wet Paint.safetensors'],
    ['wet', 'other/wet.pt'],
    ['v1.5', 'v1.5.safetensors'],
    ['paint', null],
    ['', null],
  ])('for %j is %j', (name, file) => {
    expect(findLora(name, files)).toBe(file);
  });

  it('is used once, with the weight that was chosen rather than the one in a tag', () => {
    const tagged = takeLoraTags('<lora:ink:0.2><lora:wet:0.3><lora:gone:1><lora:gone:2>').loras;
    const { loras, unknown } = resolveLoras([{ name: 'Ink.safetensors', weight: 0.9 }], tagged, files);
    expect(loras.map(({ name, modelWeight }) => [name, modelWeight])).toEqual([
      ['Ink.safetensors', 0.9],
      ['other/wet.pt', 0.3],
    ]);
    expect(unknown).toEqual(['gone']);
  });
});
