import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v4, v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GenerationRequest } from '../../shared/models/generation-request.ts';
import type { ProviderManifest } from '../../shared/models/provider.ts';
import { attemptsOfJob, endAttempt, insertAttempt } from '../database/attempts.ts';
import type { Database } from '../database/database.ts';
import { jobById, markEnded } from '../database/jobs.ts';
import { insertJobs } from '../database/queued-jobs.ts';
import { openDatabase } from '../database/open-database.ts';
import { silentLog } from '../log.ts';
import { manifest } from '../providers/builtin/manifest.ts';
import { ProviderError, type Found, type ImageProvider } from '../providers/provider.ts';
import { createAnswers } from './answer-job.ts';

const request = GenerationRequest.parse({ prompt: 'a pear', seed: 5, width: 64, height: 64 });
let root: string;
let database: Database;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'easel-answers-'));
  database = openDatabase(root, 'write');
});
afterEach(() => {
  database.close();
  rmSync(root, { recursive: true, force: true });
});

/** A job whose only attempt was sent and never answered. */
function lostJob(task: { remoteId: string } | null = null): string {
  const id = v7();
  const attemptId = v4();
  const error = { code: 'unknown_outcome', message: 'It may have been charged.' } as const;
  database.write((writer) => {
    insertJobs(writer, [{ id, request, createdAt: 1, agreedUsd: 0.01 }], false);
    insertAttempt(writer, {
      id: attemptId,
      jobId: id,
      firstIndex: 0,
      imageCount: 1,
      provider: 'painter',
      model: 'm',
      request,
      dropped: [],
      task,
      startedAt: 2,
      reservedUsd: 0.01,
      route: null,
    });
    endAttempt(writer, attemptId, { state: 'unknown', at: 3, error });
    markEnded(writer, id, { state: 'needs_attention', at: 3, error });
  });
  return id;
}

const answersOf = (
  more: Partial<ImageProvider>,
  pages: Partial<ProviderManifest> = {},
): ReturnType<typeof createAnswers> => {
  const never = (): never => {
    throw new Error('nothing may be sent');
  };
  const provider: ImageProvider = {
    manifest: { ...manifest, id: 'painter', name: 'Painter', kind: 'cloud', ...pages },
    submit: never,
    collect: never,
    checkHealth: never,
    close: () => Promise.resolve(),
    ...more,
  };
  return createAnswers({
    database,
    providers: { open: () => Promise.resolve(provider) },
    log: silentLog,
    now: () => 200_000,
  });
};
const finding = (found: Found) => answersOf({ find: () => Promise.resolve(found) });
const jobOf = (id: string) => jobById(database.read, id);
const lastAttempt = (id: string) => attemptsOfJob(database.read, id).at(-1);

describe('a job that may have been charged', () => {
  it('goes on with what the service has, without sending anything', async () => {
    const id = lostJob();
    const answer = await finding({ state: 'found', task: { remoteId: 'r7' } }).check(id);
    expect(answer.outcome).toBe('found');
    expect(jobOf(id)?.state).toBe('queued');
    expect(lastAttempt(id)).toMatchObject({ state: 'pending', task: { remoteId: 'r7' }, remoteId: 'r7', error: null });
    expect(attemptsOfJob(database.read, id)).toHaveLength(1);
  });

  it('asks about the task itself where its name is known', async () => {
    const asked: string[] = [];
    const answers = answersOf({
      collect: ({ remoteId }) => {
        asked.push(remoteId);
        return Promise.resolve({ state: 'finished', images: [] });
      },
    });
    const id = lostJob({ remoteId: 'r1' });
    expect((await answers.check(id)).outcome).toBe('found');
    expect(asked).toEqual(['r1']);
    const gone = lostJob({ remoteId: 'r2' });
    expect((await answersOf({ collect: () => Promise.resolve({ state: 'lost' }) }).check(gone)).outcome).toBe('unsure');
    expect(jobOf(gone)?.state).toBe('needs_attention');
  });

  it('is free to be retried once it is sure that it never arrived', async () => {
    const id = lostJob();
    const answer = await finding({ state: 'absent' }).check(id);
    expect(answer).toMatchObject({
      outcome: 'absent',
      message: expect.stringContaining('nothing was charged') as string,
    });
    expect(jobOf(id)?.state).toBe('failed');
    expect(lastAttempt(id)).toMatchObject({ state: 'failed', cost: { kind: 'reported', usd: 0 } });
  });

  it('goes on waiting where the service can not tell, is away, or is never able to', async () => {
    const away = answersOf({ find: () => Promise.reject(new ProviderError('network', 'Nothing answers.')) });
    for (const answers of [finding({ state: 'unsure' }), away, answersOf({})]) {
      const id = lostJob();
      expect((await answers.check(id)).outcome).toBe('unsure');
      expect(jobOf(id)?.state).toBe('needs_attention');
      expect(lastAttempt(id)?.state).toBe('unknown');
    }
  });

  it.each([
    [{ usageUrl: 'https://painter.example/usage' }, /Look at your account there \(https:\/\/painter\.example\/usage\)/],
    [{}, /Look at your account there \(its documentation: https:\/\/painter\.example\/docs\)/],
    [{ docsUrl: null }, /Look at your account there, then decide/],
  ])('says where the user can see it: %j', async (pages, message) => {
    const all = { keysUrl: 'https://painter.example/keys', docsUrl: 'https://painter.example/docs', ...pages };
    const answers = answersOf({ find: () => Promise.resolve({ state: 'unsure' }) }, all);
    expect((await answers.check(lostJob())).message).toMatch(message);
  });

  it('is sent again, or given up, at the word of the user; the lost attempt stays in the books as unknown', () => {
    const again = lostJob();
    answersOf({}).sendAgain(again);
    expect(jobOf(again)).toMatchObject({ state: 'queued', error: null });
    expect(lastAttempt(again)).toMatchObject({
      state: 'unknown',
      cost: { kind: 'unknown' },
      reservedUsd: 0.01,
      route: null,
    });
    const over = lostJob();
    answersOf({}).giveUp(over);
    expect(jobOf(over)).toMatchObject({ state: 'cancelled', error: { code: 'unknown_outcome' } });
    expect(lastAttempt(over)?.state).toBe('unknown');
  });

  it('answers once: what another window has settled stays', async () => {
    const id = lostJob();
    const answers = answersOf({
      find: () => {
        answersOf({}).giveUp(id);
        return Promise.resolve({ state: 'found', task: { remoteId: 'r7' } });
      },
    });
    await expect(answers.check(id)).rejects.toMatchObject({ code: 'wrongState' });
    expect(jobOf(id)?.state).toBe('cancelled');
    expect(lastAttempt(id)?.state).toBe('unknown');
    await expect(answers.check(id)).rejects.toMatchObject({ code: 'wrongState' });
  });
});

describe('a job whose price rose', () => {
  it('is sent at the price that the user has seen', async () => {
    const id = v7();
    database.write((writer) => {
      insertJobs(writer, [{ id, request, createdAt: 1, agreedUsd: 0.01 }], false);
      const error = { code: 'priceRose', message: 'dearer', details: { agreedUsd: 0.01, usd: 0.02 } } as const;
      markEnded(writer, id, { state: 'needs_attention', at: 3, error });
    });
    await expect(answersOf({}).check(id)).rejects.toMatchObject({ code: 'wrongState' });
    answersOf({}).sendAgain(id);
    expect(jobOf(id)).toMatchObject({ state: 'queued', agreedUsd: 0.02 });
  });
});
