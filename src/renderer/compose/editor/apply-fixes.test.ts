import { expect, it } from 'vitest';
import { analysePrompt } from '../../../shared/prompt-text/analyse-prompt.ts';
import { applyFixes } from './apply-fixes.ts';

it('fixes everything at once, in any order, and leaves what has no fix', () => {
  const fixes = [
    { fix: { start: 6, end: 9, replacement: 'C' } },
    { fix: null },
    { fix: { start: 0, end: 3, replacement: 'A' } },
  ];
  expect(applyFixes('aaa b ccc d', fixes)).toBe('A b C d');
});

it('leaves a fix that overlaps another for later', () => {
  const fixes = [{ fix: { start: 0, end: 4, replacement: '' } }, { fix: { start: 2, end: 6, replacement: 'x' } }];
  expect(applyFixes('abcdefg', fixes)).toBe('efg');
});

it('does with all of them what each would do', () => {
  const text = 'a red fox in the the snow (at dusk';
  expect(applyFixes(text, analysePrompt(text, { knownLoras: null }).findings)).toBe('a red fox in the snow at dusk');
});
