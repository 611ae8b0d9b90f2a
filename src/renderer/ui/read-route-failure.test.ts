import { describe, expect, it } from 'vitest';
import { providerErrorCodes, type ErrorReport } from '../../shared/errors.ts';
import { errorDetailLines } from './error-details.ts';
import { failureShort, readRouteFailure } from './read-route-failure.ts';

const attempts = [{ provider: 'fal', code: 'server', message: 'fal answered 500.' }];
const skipped = [{ provider: 'gemini', reason: 'Gemini takes no seed.', help: 'Take it from what must hold.' }];
const failed: ErrorReport = {
  code: 'allProvidersFailed',
  message: 'All providers failed.',
  details: { attempts, skipped },
};

describe('who failed at a job', () => {
  it('is read from the error, with who was not asked', () => {
    expect(readRouteFailure(failed)).toEqual({ attempts, skipped });
    expect(readRouteFailure({ ...failed, code: 'noProvider', details: { skipped } })).toEqual({
      attempts: [],
      skipped,
    });
  });

  it('is not made up where an error says something else', () => {
    expect(readRouteFailure({ ...failed, code: 'server' })).toBeNull();
    expect(readRouteFailure({ ...failed, details: { skipped: ['fal: not set up.'] } })).toBeNull();
    expect(readRouteFailure({ code: 'noProvider', message: 'Nobody.' })).toBeNull();
  });

  it('stands in its own list, not among the details', () => {
    expect(errorDetailLines({ ...failed, details: { attempts, skipped, job: 'a' } })).toEqual([
      'Job: a',
      'Code: allProvidersFailed',
    ]);
    expect(errorDetailLines(failed)).toEqual([]);
  });
});

it.each(providerErrorCodes)('has a few words for %s', (code) => {
  expect(failureShort(code)).toMatch(/^[a-z][^_]+$/);
});
