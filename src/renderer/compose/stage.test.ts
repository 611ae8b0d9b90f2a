import { describe, expect, it } from 'vitest';
import { exampleJob, exampleSummary } from '../ui/examples-for-tests.ts';
import { stageContent, type StageQuestion } from './stage.ts';

const recent = [exampleSummary(9), exampleSummary(8)];
const ask = (change: Partial<StageQuestion>) =>
  stageContent({ picked: null, recent, running: [], queued: [], ended: [], dismissed: new Set(), ...change });
const running = exampleJob(1, { state: 'running' });
const failed = exampleJob(2, { state: 'failed' });

describe('the middle of the Create view', () => {
  it('shows what runs before anything else', () => {
    expect(ask({ running: [running], ended: [failed] })).toEqual({ kind: 'running', job: running });
  });

  it('never takes away the image that the user picked', () => {
    expect(ask({ picked: recent[1]!.id, running: [running], ended: [failed] })).toEqual({
      kind: 'image',
      image: recent[1],
    });
  });

  it('goes on with what happens when the picked image is gone', () => {
    expect(ask({ picked: 'gone' })).toEqual({ kind: 'image', image: recent[0] });
  });

  it('shows the last failure until it is put away', () => {
    expect(ask({ ended: [failed] })).toEqual({ kind: 'failed', job: failed });
    expect(ask({ ended: [failed], dismissed: new Set([failed.id]) })).toEqual({ kind: 'image', image: recent[0] });
  });

  it('forgets a failure once something newer went well', () => {
    const succeeded = exampleJob(3, { state: 'succeeded' });
    expect(ask({ ended: [succeeded, failed] })).toEqual({ kind: 'image', image: recent[0] });
  });

  it('shows what waits, then the newest result, then nothing', () => {
    const waiting = exampleJob(4);
    expect(ask({ queued: [waiting] })).toEqual({ kind: 'waiting', job: waiting });
    expect(ask({})).toEqual({ kind: 'image', image: recent[0] });
    expect(ask({ recent: [] })).toEqual({ kind: 'empty' });
  });
});
