import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/**
 * What is wrong with an input, in plain words, each field named once: "count: must be at most 64; seed: must be a whole number".
 * `nameOf` gives a field the name that the user knows it by.
 */
export function describeIssues(issues: readonly Issue[], nameOf: (field: string) => string = (field) => field): string {
  const words = new Map<string, string>();
  for (const issue of issues) {
    const name = nameOf(issue.path.map(String).join('.') || 'input');
    if (!words.has(name)) words.set(name, describeIssue(issue));
  }
  return [...words].map(([name, text]) => `${name}: ${text}`).join('; ');
}

function describeIssue(issue: Issue): string {
  switch (issue.code) {
    case 'too_small':
      return `must ${extent(issue.origin)} at least ${issue.minimum}${unit(issue.origin, issue.minimum)}`;
    case 'too_big':
      return `must ${extent(issue.origin)} at most ${issue.maximum}${unit(issue.origin, issue.maximum)}`;
    case 'invalid_type':
      return issue.input === undefined && issue.message.includes('undefined')
        ? 'is missing'
        : `must be ${kinds[issue.expected] ?? issue.expected}`;
    case 'invalid_format':
      if (issue.format === 'uuid') return 'must be an id, such as 01a1f9e2-0eab-7362-831c-40174673b737';
      return issue.format === 'url' ? 'must be an address, such as http://127.0.0.1:8188' : issue.message;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    default:
      return issue.message;
  }
}

const kinds: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

const isText = (origin: string): boolean => origin === 'string';
const extent = (origin: string): string => (isText(origin) || origin === 'array' ? 'have' : 'be');
function unit(origin: string, count: number | bigint): string {
  if (isText(origin)) return count === 1 ? ' character' : ' characters';
  if (origin === 'array') return count === 1 ? ' entry' : ' entries';
  return '';
}
