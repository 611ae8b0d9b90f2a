import { expect, it } from 'vitest';
import type { SkippedProvider } from '../../shared/routing/plan-route.ts';
import { ofInterest, tellSkipped } from './tell-skipped.ts';

const skipped = (provider: string, more: Partial<SkippedProvider> = {}): SkippedProvider => ({
  provider,
  name: provider.toUpperCase(),
  code: 'overBudget',
  reason: `${provider.toUpperCase()} costs too much.`,
  help: 'Raise the cap.',
  passes: false,
  ...more,
});

it('names whose reason it is where the reason does not', () => {
  const away = { code: 'network', reason: 'Nothing answers.', help: 'Start it.' } as const;
  expect(tellSkipped([skipped('bfl', away), skipped('fal', away)])).toBe('BFL: Nothing answers. FAL: Nothing answers.');
});

it('gives each advice once, and none where there are too many', () => {
  expect(tellSkipped([skipped('bfl'), skipped('fal')])).toBe('BFL costs too much. FAL costs too much. Raise the cap.');
  const waits = skipped('a', { code: 'network', reason: 'A is cooling down.', help: 'Wait.', againAt: 1 });
  expect(tellSkipped([waits])).toBe('A is cooling down. Wait.');
  const many = [skipped('bfl'), waits, skipped('fal', { help: 'Ask for less.' })];
  expect(tellSkipped(many)).not.toContain('Raise');
});

it('tells nobody of those that the job leaves out, or that were never set up', () => {
  const notSetUp = skipped('astria', { code: 'noProvider' });
  const all = [notSetUp, skipped('bfl'), skipped('fal')];
  const told = (providers?: string[]) =>
    ofInterest({ wishes: providers && { providers } }, all).map(({ provider }) => provider);
  expect(told()).toEqual(['bfl', 'fal']);
  expect(told(['fal'])).toEqual(['fal']);
  expect(told(['astria'])).toEqual(['astria']);
  expect(ofInterest({}, [notSetUp])).toEqual([notSetUp]);
});
