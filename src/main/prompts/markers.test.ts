import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markPrompt } from './markers.ts';

const prompt = 'a fox, <lora:ink:0.8>, (soft light:1.2), the sign "Open, all day" and a red door';

describe('markers', () => {
  it('stand for what must stay word for word', () => {
    const marked = markPrompt(prompt, ['red door']);
    expect(marked?.text).toBe('a fox, ⟦1⟧, ⟦2⟧, the sign ⟦3⟧ and a ⟦4⟧');
    expect(marked?.parts).toEqual(['<lora:ink:0.8>', '(soft light:1.2)', '"Open, all day"', 'red door']);
    expect(marked?.restore(marked.text)).toBe(prompt);
  });

  it('come back once each, the missing ones at the end, and unknown ones not at all', () => {
    const marked = markPrompt(prompt, []);
    expect(marked?.restore('⟦2⟧, fox, ⟦ 1 ⟧, ⟦2⟧, ⟦9⟧,\n snow ⟦⟧,')).toBe(
      '(soft light:1.2), fox, <lora:ink:0.8>, snow, "Open, all day"',
    );
    expect(marked?.restore('')).toBe('<lora:ink:0.8>, (soft light:1.2), "Open, all day"');
  });

  it('do not show half-written', () => {
    const marked = markPrompt(prompt, []);
    expect(marked?.restoreSoFar('a fox, ⟦1⟧, ⟦')).toBe('a fox, <lora:ink:0.8>, ');
    expect(marked?.restoreSoFar('a fox, ⟦1⟧, ⟦2')).toBe('a fox, <lora:ink:0.8>, ');
  });

  it('are other ones where the prompt has such brackets itself, and none where it has all', () => {
    expect(markPrompt('⟦1⟧ <lora:ink:0.8>', [])?.text).toBe('⟦1⟧ ⟪1⟫');
    expect(markPrompt('⟦⟪〘 <lora:ink:0.8>', [])).toBeNull();
  });

  it('lose no part, whatever a model makes of them', () => {
    const piece = fc.constantFrom('⟦1⟧', '⟦2⟧', '⟦3⟧', '⟦4⟧', '⟦', '⟧', ' fox', ', ', '\n', '🦊');
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const marked = markPrompt(prompt, []);
        const restored = marked?.restore(pieces.join('')) ?? '';
        for (const part of marked?.parts ?? []) expect(restored.split(part)).toHaveLength(2);
      }),
    );
  });
});
