import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GenerationRequest } from '../../shared/models/generation-request.ts';
import type { StoredAttempt } from '../database/attempts.ts';
import type { Database } from '../database/database.ts';
import { openDatabase } from '../database/open-database.ts';
import { createEvents } from '../events.ts';
import { silentLog } from '../log.ts';
import { manifest } from '../providers/comfyui/manifest.ts';
import { ProviderError, type ImageProvider, type Submission } from '../providers/provider.ts';
import { createProgressBoard } from './progress-board.ts';
import { cancelAtService } from './cancel-at-service.ts';
import { runAttempt, type AttemptResult } from './run-attempt.ts';

const task = { remoteId: 'r1' };
const attempt: StoredAttempt = {
  id: '01a1f9e2-0eab-4362-831c-40174673b737',
  jobId: '01a1f9e2-0eab-7362-831c-40174673b738',
  number: 1,
  firstIndex: 0,
  imageCount: 1,
  provider: 'comfyui',
  model: 'm',
  state: 'pending',
  request: GenerationRequest.parse({ prompt: 'x' }),
  dropped: [],
  route: null,
  task,
  remoteId: 'r1',
  startedAt: 0,
  endedAt: null,
  error: null,
  cost: { kind: 'unknown' },
  reservedUsd: null,
  stages: null,
};
const pending: Submission = { state: 'pending', task, askAgainInMs: 1 };
const finished: Submission = { state: 'finished', images: [{ bytes: Uint8Array.of(1), seed: 1 }] };
const away = new ProviderError('network', 'Nothing answers.');

let root: string;
let database: Database;
/** The clock goes on by this much with each look at it. */
let tickMs: number;
let clock: number;
let watchers: number;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'easel-attempt-'));
  database = openDatabase(root, 'write');
  [tickMs, clock, watchers] = [0, 0, 0];
});
afterEach(() => {
  database.close();
  rmSync(root, { recursive: true, force: true });
});

/** A service that answers what is asked about the task with these, one after the other, the last for ever. */
function service(answers: readonly (Submission | Error)[]): ImageProvider & { asked: number } {
  const provider = {
    manifest,
    asked: 0,
    submit: () => Promise.reject(new Error('not asked for')),
    collect: () => {
      const answer = answers[Math.min(provider.asked, answers.length - 1)]!;
      provider.asked += 1;
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    checkHealth: () => Promise.resolve({ version: null, message: '' }),
    watch: () => {
      watchers += 1;
      return () => {
        watchers -= 1;
      };
    },
    close: () => Promise.resolve(),
  };
  return provider;
}

function run(provider: ImageProvider, signal = new AbortController().signal, stored = attempt): Promise<AttemptResult> {
  const now = (): number => (clock += tickMs);
  const board = createProgressBoard({ events: createEvents(), now });
  return runAttempt(
    { attempt: stored, provider, request: null },
    { database, board, log: silentLog, now, chance: () => 0 },
    signal,
  );
}

describe('runAttempt', () => {
  it('asks until the service has finished, watching meanwhile', async () => {
    const provider = service([pending, pending, finished]);
    expect(await run(provider)).toMatchObject({ state: 'finished' });
    expect([provider.asked, watchers]).toEqual([3, 0]);
  });

  it('goes on with a service that comes back within its patience', async () => {
    tickMs = 10_000;
    expect(await run(service([pending, away, finished]))).toMatchObject({ state: 'finished' });
  });

  it('starts its patience anew with each sign of life', async () => {
    tickMs = 20_000;
    expect(await run(service([away, pending, away, pending, away, finished]))).toMatchObject({ state: 'finished' });
  });

  it('rests when a service does not come back, and leaves no doubt that nothing has failed yet', async () => {
    tickMs = 20_000;
    const provider = service([away]);
    await expect(run(provider)).rejects.toMatchObject({
      name: 'AppError',
      code: 'network',
      details: { isAccepted: true },
    });
    expect(provider.asked).toBeLessThanOrEqual(3);
    expect(watchers).toBe(0);
  });

  it.each(['server', 'timeout', 'rate_limit', 'auth', 'invalid_request'] as const)(
    'takes a %s while asking for no answer to the question',
    async (code) => {
      expect(await run(service([pending, new ProviderError(code, 'Bad gateway.'), finished]))).toMatchObject({
        state: 'finished',
      });
    },
  );

  it('does not wait for a failure that the service itself reports', async () => {
    const failure = new ProviderError('server', 'It broke.', { isFinal: true });
    const provider = service([pending, failure]);
    await expect(run(provider)).rejects.toBe(failure);
    expect(provider.asked).toBe(2);
  });

  it('hands on that the service has lost the task, and that there never was one', async () => {
    expect(await run(service([{ state: 'lost' }]))).toEqual({ state: 'lost', wasAccepted: true });
    expect(await run(service([finished]), undefined, { ...attempt, state: 'sending', task: null })).toEqual({
      state: 'lost',
      wasAccepted: false,
    });
  });

  it('stops at once when it is told to, with the reason', async () => {
    const reason = new Error('enough');
    const controller = new AbortController();
    const provider = service([{ ...pending, askAgainInMs: 60_000 }]);
    setTimeout(() => {
      controller.abort(reason);
    }, 20);
    await expect(run(provider, controller.signal)).rejects.toBe(reason);
    expect(watchers).toBe(0);
  });
});

describe('cancelAtService', () => {
  it('never throws, whatever the service says', async () => {
    await cancelAtService(attempt, { ...service([pending]), cancel: () => Promise.reject(away) }, silentLog);
    await cancelAtService(
      { ...attempt, task: null },
      { ...service([pending]), cancel: () => Promise.reject(away) },
      silentLog,
    );
    await cancelAtService(attempt, service([pending]), silentLog);
  });
});
