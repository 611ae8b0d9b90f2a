import { expect, it } from 'vitest';
import { exampleGroup } from './examples-for-tests.ts';
import { mostFailing, slowest } from './rankings.ts';

const keys = (groups: readonly { key: string }[]): string[] => groups.map(({ key }) => key);

it('names the slowest first, of those that made enough pictures', () => {
  const models = [
    exampleGroup({ key: 'fast', p50: 900, images: 9 }),
    exampleGroup({ key: 'once', p50: 99_000, images: 2 }),
    exampleGroup({ key: 'slow', p50: 30_000, images: 3 }),
    exampleGroup({ key: 'never', p50: null, images: 0 }),
  ];
  expect(keys(slowest(models))).toEqual(['slow', 'fast']);
});

it('names what fails most by its share, never what did not fail', () => {
  const models = [
    exampleGroup({ key: 'often', attempts: 100, failed: 20 }),
    exampleGroup({ key: 'mostly', attempts: 4, failed: 3 }),
    exampleGroup({ key: 'once', attempts: 1, failed: 1 }),
    exampleGroup({ key: 'rarely', attempts: 10, failed: 2 }),
    exampleGroup({ key: 'good', attempts: 50, failed: 0 }),
  ];
  expect(keys(mostFailing(models))).toEqual(['mostly', 'often', 'rarely']);
});
