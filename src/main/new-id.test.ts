import { validate, version } from 'uuid';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { newId } from './new-id.ts';

afterEach(() => {
  vi.useRealTimers();
});
// Ids never go back in time: the test files that follow begin with others.
afterAll(() => {
  vi.resetModules();
});

it('makes ids that differ and come after one another, many in one millisecond and with a clock that is set back', () => {
  vi.useFakeTimers();
  const ids: string[] = [];
  for (const stepMs of [1, 0, -3_600_000, 7_200_000, 0]) {
    vi.setSystemTime(Date.now() + stepMs);
    for (let count = 0; count < 1_000; count += 1) ids.push(newId());
  }
  expect(ids.every((id) => validate(id) && version(id) === 7)).toBe(true);
  expect(ids).toEqual([...new Set(ids)].sort());
});

it('begins with the time at which it was made', () => {
  vi.useFakeTimers({ now: new Date('2100-01-01') });
  expect(parseInt(newId().replaceAll('-', '').slice(0, 12), 16)).toBe(Date.UTC(2100, 0, 1));
});
