import { describe, expect, it } from 'vitest';
import type { Refusal } from '../http-failures.ts';
import { explainRefusal, wordsOf } from './explain-refusal.ts';

const refusal = (status: number, headers: Record<string, string> = {}): Refusal => ({
  status,
  json: {},
  text: '{}',
  header: (name) => headers[name] ?? null,
});

describe('a pause that Hugging Face asks for', () => {
  it('lasts until the window of the hub ends', () => {
    expect(explainRefusal(refusal(429, { ratelimit: '"api";r=0;t=55' }))).toMatchObject({
      code: 'rate_limit',
      retryAfterMs: 55_000,
    });
  });

  it('lasts as long as the service behind it says, where that says something', () => {
    const headers = { ratelimit: '"api";r=9;t=55', 'retry-after': '2' };
    expect(explainRefusal(refusal(429, headers))?.retryAfterMs).toBe(2000);
    expect(explainRefusal(refusal(429))?.retryAfterMs).toBeNull();
  });
});

describe('the words of a refusal', () => {
  it.each([
    [{ error: 'plain' }, 'plain'],
    [{ error: { message: 'wrapped' } }, 'wrapped'],
    [{ detail: 'of fal' }, 'of fal'],
    [{ detail: [{ msg: 'too wide', type: 'value_error' }, { msg: 'too high' }] }, 'too wide — value_error; too high'],
    [{ message: 'of Z.ai' }, 'of Z.ai'],
    [{ title: 'a problem', status: 422 }, 'a problem'],
    [null, 'the text itself'],
  ])('are read from %o', (json, words) => {
    expect(wordsOf(json, 'the text itself')).toBe(words);
  });

  it('are never a web page', () => {
    expect(wordsOf(null, '<!doctype html><title>Bad gateway</title>')).toBeNull();
  });
});
