import { describe, expect, it } from 'vitest';
import { noPromptOptions } from '../../../shared/models/prompt-options.ts';
import { toggleLocked } from './toggle-locked.ts';
import { toggleStyle, withoutStyle } from './toggle-style.ts';

describe('the styles of a draft', () => {
  it('are chosen and left by kind', () => {
    const one = toggleStyle(noPromptOptions, { id: 'ink', kind: 'style' });
    const two = toggleStyle(one, { id: 'cinematic', kind: 'enhancer' });
    expect(two).toMatchObject({ styles: ['ink'], enhancers: ['cinematic'] });
    expect(toggleStyle(two, { id: 'ink', kind: 'style' })).toMatchObject({ styles: [], enhancers: ['cinematic'] });
    expect(withoutStyle(two, 'cinematic').enhancers).toEqual([]);
  });

  it('are at most twenty of a kind', () => {
    const full = { ...noPromptOptions, styles: Array.from({ length: 20 }, (_, at) => `s${at}`) };
    expect(toggleStyle(full, { id: 'ink', kind: 'style' })).toBe(full);
  });
});

describe('words that are kept', () => {
  it('are so until they are chosen again', () => {
    const locked = toggleLocked(noPromptOptions, ' red fox ');
    expect(locked?.locked).toEqual(['red fox']);
    expect(toggleLocked(locked ?? noPromptOptions, 'red fox')?.locked).toEqual([]);
  });

  it('are something, and not the whole prompt', () => {
    expect(toggleLocked(noPromptOptions, '  ')).toBeNull();
    expect(toggleLocked(noPromptOptions, 'x'.repeat(401))).toBeNull();
  });
});
