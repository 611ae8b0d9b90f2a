import { describe, expect, it } from 'vitest';
import { errorTable, isErrorCode } from './errors.ts';

describe('an error code', () => {
  it('is a row of the table', () => {
    for (const code of Object.keys(errorTable)) expect(isErrorCode(code)).toBe(true);
  });

  it.each(['constructor', 'toString', '__proto__', 'nonsense', '', 400, null, undefined])('is not %s', (value) => {
    expect(isErrorCode(value)).toBe(false);
  });
});
