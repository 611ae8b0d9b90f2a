import { expect } from 'vitest';
import type { Outcome } from '../run-easel.ts';

/** A failure as a user may see it: this exit code, nothing on standard output, a few words with this in them, no stack. */
export function expectPlainFailure(outcome: Outcome, code: number, words: RegExp | string): void {
  expect(outcome.stderr).toMatch(words);
  expect(outcome.code, outcome.stderr).toBe(code);
  expectNoStack(outcome);
  expect(outcome.stdout).toBe('');
}

export function expectNoStack({ stdout, stderr }: Outcome): void {
  expect(stdout + stderr).not.toMatch(/^\s+at |node:internal|\.js:\d+|\.ts:\d+|file:\/\/\/.*\.js|Error:/m);
}
