import { v7 as newId } from 'uuid';
import { endAttempt, insertAttempt } from '../src/main/database/attempts.ts';
import type { Database } from '../src/main/database/database.ts';
import { insertImage, setTrashed } from '../src/main/database/images.ts';
import { markEnded } from '../src/main/database/jobs.ts';
import { insertJobs } from '../src/main/database/queued-jobs.ts';
import { endTraining, insertTraining } from '../src/main/database/trainings.ts';
import type { Cost } from '../src/shared/models/cost.ts';
import { GenerationRequest } from '../src/shared/models/generation-request.ts';
import { createRandom, pick } from './bench/random.ts';

/** One attempt as it is to stand in the database. */
export interface PastAttempt {
  readonly at: number;
  readonly provider: string;
  readonly model: string;
  readonly project?: string;
  /** Null: it has not ended. */
  readonly state?: 'succeeded' | 'failed' | 'cancelled' | 'unknown' | null;
  readonly cost?: Cost;
  readonly reservedUsd?: number | null;
  readonly images?: number;
  readonly trashed?: number;
  /** Milliseconds. */
  readonly took?: number;
}

/** Writes an attempt with its job and pictures, as Easel would have; answers with the attempt's id. The pictures have no files. */
export function addAttempt(database: Database, past: PastAttempt): string {
  const { at, provider, model, project = 'default', state = 'succeeded', reservedUsd = null, took = 1_000 } = past;
  const { images = 1, trashed = 0, cost = { kind: 'unknown' } } = past;
  const made = state === 'succeeded' ? images : 0;
  const [jobId, attemptId] = [newId(), newId()];
  const request = GenerationRequest.parse({ prompt: 'a pear', project, count: Math.max(1, images) });
  database.write((writer) => {
    insertJobs(writer, [{ id: jobId, createdAt: at, request, agreedUsd: null }], false);
    insertAttempt(writer, {
      id: attemptId,
      jobId,
      firstIndex: 0,
      imageCount: Math.max(1, images),
      provider,
      model,
      request,
      dropped: [],
      task: null,
      startedAt: at,
      reservedUsd,
      route: null,
    });
    for (let index = 0; index < made; index += 1) {
      const id = newId();
      insertImage(writer, {
        ...{ id, jobId, attemptId, index, hash: 'ab'.repeat(32), bytes: 10, format: 'png', width: 64, height: 64 },
        ...{ createdAt: at + took, project, provider, model, seed: index, request, dropped: [], remoteId: null, cost },
        ...{ generationMs: took, notAi: false, revisedPrompt: null, stages: null, path: `images/${id}.png` },
      });
    }
    if (state === null) return;
    endAttempt(writer, attemptId, { state, at: at + took * Math.max(1, made), cost });
    markEnded(writer, jobId, { state: state === 'succeeded' ? 'succeeded' : 'failed', at: at + took, error: null });
    // As a user does it: afterwards.
    const ids = writer.all<{ id: string }>('SELECT id FROM images WHERE attempt_id = ? LIMIT ?', attemptId, trashed);
    for (const { id } of ids) setTrashed(writer, id, at + took, `trash/${id}.png`);
  });
  return attemptId;
}

/** Writes a training that has ended, or, without a state, one that waits to be sent. */
export function addTraining(
  database: Database,
  past: Pick<PastAttempt, 'at' | 'provider' | 'cost'> & { state?: 'succeeded' | 'failed' | 'unknown' },
): string {
  const id = newId();
  const { at, provider, state, cost } = past;
  const wish = {
    provider,
    name: 'My pier',
    triggerWord: 'pierxy',
    description: '',
    subject: 'object',
    images: [],
  } as const;
  database.write((writer) => {
    insertTraining(writer, id, { ...wish, images: [] }, at);
    if (state) endTraining(writer, id, { state, at: at + 60_000, ...(cost ? { cost } : {}) });
  });
  return id;
}

const makers = [
  // What one picture costs, how often it is kept, how long it takes.
  { provider: 'bfl', model: 'flux-pro-1.1', usd: 0.042, kind: 'reported', kept: 0.45, took: 21_000, fails: 0.04 },
  { provider: 'fal', model: 'fal-ai/flux/schnell', usd: 0.003, kind: 'estimated', kept: 0.9, took: 2_400, fails: 0.02 },
  { provider: 'runware', model: 'runware:101@1', usd: 0.0038, kind: 'reported', kept: 0.8, took: 4_100, fails: 0.12 },
  {
    provider: 'replicate',
    model: 'black-forest-labs/flux-dev',
    usd: 0.025,
    kind: 'unknown',
    kept: 0.7,
    took: 9_500,
    fails: 0.08,
  },
  {
    provider: 'comfyui',
    model: 'flux1-dev-fp8.safetensors',
    usd: 0,
    kind: 'reported',
    kept: 0.6,
    took: 38_000,
    fails: 0.03,
  },
] as const;

/** Some months of use, the same in every run but for the days, which end at `now`. */
export function fillHistory(database: Database, { days, now }: { days: number; now: number }): void {
  const random = createRandom(7);
  for (let day = 0; day < days; day += 1) {
    const busy = random() < 0.2 ? 0 : 1 + Math.floor(random() * 6);
    for (let count = 0; count < busy; count += 1) {
      const { provider, model, usd, kind, kept, took, fails } = pick(makers, random);
      const at = Math.round(now - day * 86_400_000 - random() * 6 * 3_600_000);
      const images = 1 + Math.floor(random() * 4);
      const fell = random() < fails;
      const trashed = Array.from({ length: images }, () => random()).filter((chance) => chance > kept).length;
      const total = usd * images;
      addAttempt(database, {
        ...{ at, provider, model, images, trashed, took: Math.round(took * (0.7 + random())), reservedUsd: total },
        project: pick(['default', 'default', 'covers', 'portraits'], random),
        state: fell ? 'failed' : 'succeeded',
        cost: fell ? { kind: 'reported', usd: 0 } : kind === 'unknown' ? { kind } : { kind, usd: total },
      });
    }
    if (day === 12)
      addTraining(database, {
        at: now - day * 86_400_000,
        provider: 'fal',
        state: 'succeeded',
        cost: { kind: 'reported', usd: 2 },
      });
  }
}
