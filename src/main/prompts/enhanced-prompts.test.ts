import { expect, it } from 'vitest';
import { PromptStyle } from '../../shared/models/prompt-style.ts';
import { createEnhancedPrompts } from './enhanced-prompts.ts';

const style = (positive: string): PromptStyle => PromptStyle.parse({ id: 'own', name: 'Own', positive });
const question = (prompt: string) =>
  ({ prompt, negativePrompt: '', styles: ['own'], enhancers: [], family: 'tags' }) as const;

it('answers the same question once, counts what was at hand, and forgets with the styles', () => {
  let styles = [style('bold')];
  const { enhance, counts } = createEnhancedPrompts({ styles: () => styles });
  expect(enhance(question('a fox')).prompt).toBe('a fox, bold');
  expect(enhance(question('a fox')).prompt).toBe('a fox, bold');
  expect(counts()).toEqual({ hits: 1, misses: 1 });
  styles = [style('loose')];
  expect(enhance(question('a fox')).prompt).toBe('a fox, loose');
  expect(enhance({ ...question('a fox'), family: 'natural' }).prompt).not.toBe('a fox, loose');
  expect(counts()).toEqual({ hits: 1, misses: 3 });
});

it('keeps the last 128', () => {
  const { enhance, counts } = createEnhancedPrompts({ styles: () => [] });
  const same = [style('x')];
  const kept = createEnhancedPrompts({ styles: () => same });
  for (let number = 0; number < 129; number += 1) kept.enhance(question(`fox ${number}`));
  kept.enhance(question('fox 1'));
  kept.enhance(question('fox 0'));
  expect(kept.counts()).toEqual({ hits: 1, misses: 130 });
  expect(enhance(question('a'))).toMatchObject({ unknown: ['own'] });
  expect(counts()).toEqual({ hits: 0, misses: 1 });
});
