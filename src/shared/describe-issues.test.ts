import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeIssues } from './describe-issues.ts';

const schema = z.object({
  count: z.int().min(1).max(64).optional(),
  weight: z.number().optional(),
  name: z.string().min(2).max(4).optional(),
  id: z.uuid().optional(),
  address: z.url().optional(),
  kind: z.enum(['a', 'b']).optional(),
  list: z.array(z.int()).min(1).optional(),
  plain: z.string().regex(/^x/, 'must begin with x').optional(),
  needed: z.string().default('there'),
});
const words = (input: unknown): string => describeIssues(schema.safeParse(input).error?.issues ?? []);

describe('describeIssues', () => {
  it.each([
    [{ count: 0 }, 'count: must be at least 1'],
    [{ count: 65 }, 'count: must be at most 64'],
    [{ count: 1.5 }, 'count: must be a whole number'],
    [{ count: 2 ** 53 }, 'count: must be at most 9007199254740991'],
    [{ weight: NaN }, 'weight: must be a number'],
    [{ weight: 'x' }, 'weight: must be a number'],
    [{ name: 'a' }, 'name: must have at least 2 characters'],
    [{ name: 'abcde' }, 'name: must have at most 4 characters'],
    [{ kind: 'c' }, 'kind: must be one of a, b'],
    [{ list: [] }, 'list: must have at least 1 entry'],
    [{ list: [1, 1.5] }, 'list.1: must be a whole number'],
    [{ plain: 'y' }, 'plain: must begin with x'],
    ['x', 'input: must be an object'],
    [{ count: 0, name: 'a' }, 'count: must be at least 1; name: must have at least 2 characters'],
  ])('says %j in plain words', (input, expected) => {
    expect(words(input)).toBe(expected);
  });

  it('shows what an id and an address look like', () => {
    expect(words({ id: 'x' })).toMatch(/^id: must be an id, such as /);
    expect(words({ address: 'x' })).toMatch(/^address: must be an address, such as http/);
  });

  it('says of a field that is missing that it is', () => {
    const { error } = z.object({ id: z.string() }).safeParse({});
    expect(describeIssues(error?.issues ?? [])).toBe('id: is missing');
  });

  it('calls a field what the user calls it, once', () => {
    const issues = schema.safeParse({ count: 0, weight: 'x' }).error?.issues ?? [];
    expect(describeIssues(issues, () => '--size')).toBe('--size: must be at least 1');
  });
});
