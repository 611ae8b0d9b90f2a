import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordsOf } from './explain-failure.ts';

describe('wordsOf', () => {
  it.each([
    ['JSON of a worker', '{"error_type":"<class \'ValueError\'>","error_message":"no such file"}', 'no such file'],
    ['text with JSON behind it', 'It failed {"code":7,"message":"too busy"}', 'too busy'],
    ['an error inside', 'It failed {"error":"too busy"}', 'too busy'],
    ['plain text', 'job timed out', 'job timed out'],
    ['text with a lonely brace', 'unexpected { here', 'unexpected { here'],
    ['an object', { message: 'too busy' }, 'too busy'],
    ['a list', ['one', 'two'], 'one two'],
    ['nothing', undefined, null],
    ['an empty text', '', null],
  ])('finds them in %s', (_form, error, words) => {
    expect(wordsOf(error)).toBe(words);
  });

  it('takes anything at all', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.json(), fc.string()), (error) => {
        const words = wordsOf(error);
        expect(words === null || (words.length > 0 && words.length <= 500)).toBe(true);
      }),
    );
  });
});
