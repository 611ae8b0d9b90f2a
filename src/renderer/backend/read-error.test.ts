import { ORPCError } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import { isSignedOut, readError } from './read-error.ts';

describe('an error of a call', () => {
  it('keeps the program’s code, words and details', () => {
    const error = new ORPCError('diskFull', { message: 'The disk is full.', data: { details: { folder: '/a' } } });
    expect(readError(error)).toEqual({ code: 'diskFull', message: 'The disk is full.', details: { folder: '/a' } });
  });

  it('is internal when its code is none of ours', () => {
    expect(readError(new ORPCError('INTERNAL_SERVER_ERROR', { message: 'Oops' })).code).toBe('internal');
  });

  it('is offline when nobody answers', () => {
    expect(readError(new TypeError('Failed to fetch'))).toEqual({
      code: 'offline',
      message: 'Easel is not answering. If it has ended, start it again.',
    });
  });

  it('tells a browser that isn’t signed in', () => {
    expect(isSignedOut(new ORPCError('notSignedIn', { status: 401 }))).toBe(true);
    expect(isSignedOut(new ORPCError('internal', { status: 500 }))).toBe(false);
    expect(isSignedOut(new TypeError('Failed to fetch'))).toBe(false);
  });
});
