import { describe, expect, it } from 'vitest';
import { Tune } from './answers.ts';
import { trainingOf } from './training.ts';

const begin = Date.parse('2026-11-20T10:00:00.000Z');
const minuteMs = 60_000;
const tune = (fields: Record<string, unknown> = {}): Tune =>
  Tune.parse({
    id: 2190031,
    title: 'Mine',
    base_tune_id: 1504944,
    branch: 'flux1',
    model_type: 'lora',
    created_at: new Date(begin).toISOString(),
    eta: new Date(begin + 25 * minuteMs).toISOString(),
    ...fields,
  });

describe('trainingOf', () => {
  it('tells how far it is by the time it needs', () => {
    const waiting = trainingOf(tune(), begin + minuteMs);
    expect(waiting).toMatchObject({ state: 'pending', progress: { fraction: null }, askAgainInMs: 30_000 });
    const running = tune({ started_training_at: new Date(begin).toISOString() });
    expect(trainingOf(running, begin + 5 * minuteMs)).toMatchObject({ progress: { fraction: 0.2 } });
    expect(trainingOf(running, begin + 30 * minuteMs)).toMatchObject({ progress: { fraction: 0.99 } });
  });

  it('is given up only long after its time, since no word tells of a failure', () => {
    expect(trainingOf(tune(), begin + 80 * minuteMs).state).toBe('pending');
    expect(() => trainingOf(tune(), begin + 90 * minuteMs)).toThrow('probably failed');
    expect(trainingOf(tune({ eta: null }), begin + 1000 * minuteMs).state).toBe('pending');
    expect(() => trainingOf(tune({ eta: null }), begin + 1500 * minuteMs)).toThrow('probably failed');
  });

  it('is finished when it was trained, however late', () => {
    const late = tune({ trained_at: new Date(begin + 9000 * minuteMs).toISOString() });
    expect(trainingOf(late, begin + 9999 * minuteMs)).toMatchObject({
      state: 'finished',
      model: { id: 'lora/1504944/2190031', name: 'Mine' },
    });
  });
});
