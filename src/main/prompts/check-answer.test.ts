import { describe, expect, it } from 'vitest';
import { checkShortened, isTalk } from './check-answer.ts';

const concepts = ['red fox', 'deep snow', 'pine forest', 'golden hour', 'oil painting'];
const good = 'a red fox in deep snow, pine forest, golden hour, oil painting';
const check = (text: string, limit = 200, inputLength = 400) => checkShortened(text, { limit, concepts, inputLength });

describe('a shortened prompt', () => {
  it('is taken where it is short enough and has what matters', () => {
    expect(check(good)).toEqual({ problem: null, share: 1 });
  });

  it.each([
    ['', /was empty/],
    [`${good}\u0000`, /control characters/],
    [`Here is the prompt: ${good}`, /words about it/],
    [good.repeat(4), /had 248 characters; limit 200/],
    ['a red fox', /only 9 characters/],
    ['a red fox in deep snow, pine forest, golden hour', /80 % .* missing: oil painting/],
  ])('is not taken as %j', (text, words) => {
    expect(check(text).problem).toMatch(words);
  });
});

describe('talk about the task', () => {
  it.each([
    "I can't help with that.",
    'Sure, here you go',
    '"Here’s a prompt"',
    "Here's one",
    'Sorry, no',
    'The prompt is: x',
  ])('is known: %s', (text) => {
    expect(isTalk(text)).toBe(true);
  });

  it.each(['a fox', 'sure-footed goats on a cliff', 'I, robot, film poster', 'theprompt', 'hereford cattle'])(
    'is not: %s',
    (text) => {
      expect(isTalk(text)).toBe(false);
    },
  );
});
