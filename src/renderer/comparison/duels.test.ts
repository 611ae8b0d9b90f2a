import { describe, expect, it } from 'vitest';
import type { Comparison, Entry, Verdict } from '../../shared/models/comparison.ts';
import { placed } from './duels.ts';

const entry = (label: string): Entry => ({
  label,
  jobState: 'succeeded',
  picture: { width: 1, height: 1 },
  imageIds: [],
  problem: null,
  revealed: null,
});
const vote = (first: string, second: string, verdict: Verdict): Comparison['votes'][number] => ({
  ...{ first, second, verdict },
  at: 0,
});
const order = (labels: string, votes: Comparison['votes']) =>
  placed({ entries: labels.split('').map(entry), votes }).map(({ entry: { label }, place, wins, duels }) => [
    label,
    place,
    `${wins}/${duels}`,
  ]);

describe('who won', () => {
  it('is the one that won most of its duels; a tie is half a win, and both bad is none', () => {
    const votes = [vote('A', 'B', 'second'), vote('C', 'A', 'tie'), vote('B', 'C', 'bothBad')];
    expect(order('ABC', votes)).toEqual([
      ['B', 1, '1/2'],
      ['A', 2, '0/2'],
      ['C', 2, '0/2'],
    ]);
  });

  it('says nothing of those that were in no duel, and puts them last', () => {
    expect(order('ABC', [vote('B', 'C', 'second')])).toEqual([
      ['C', 1, '1/1'],
      ['B', 2, '0/1'],
      ['A', null, '0/0'],
    ]);
  });
});
