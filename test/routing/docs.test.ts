import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { strategies } from '../../src/shared/models/route-wishes.ts';
import { tryEvery } from '../../src/shared/routing/adaptive.ts';
import { wordsOfKind } from '../../src/shared/routing/prompt-kind.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/routing.md'), 'utf8');

describe('docs/routing.md', () => {
  it('lists the words of every kind of prompt', () => {
    for (const [kind, words] of Object.entries(wordsOfKind))
      expect(page).toContain(`| \`${kind}\` | ${words.join(', ')} |`);
  });

  it('says how each strategy scores, and how often something is tried', () => {
    for (const strategy of strategies) expect(page).toMatch(new RegExp(`^\\| \`${strategy}\` \\| [a-zA-Z0-9]`, 'mu'));
    expect(page).toContain(`Every ${tryEvery}th job`);
  });
});
