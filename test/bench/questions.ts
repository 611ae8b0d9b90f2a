import { v4 as newAttemptId, v7 as newId } from 'uuid';
import * as attempts from '../../src/main/database/attempts.ts';
import type { Writer } from '../../src/main/database/database.ts';
import * as facts from '../../src/main/database/facts.ts';
import * as images from '../../src/main/database/images.ts';
import * as jobs from '../../src/main/database/jobs.ts';
import * as ledger from '../../src/main/database/ledger.ts';
import * as promptHistory from '../../src/main/database/prompt-history.ts';
import * as queuedJobs from '../../src/main/database/queued-jobs.ts';
import * as ratings from '../../src/main/database/ratings.ts';
import * as savedPrompts from '../../src/main/database/saved-prompts.ts';
import * as usageReport from '../../src/main/database/usage-report.ts';
import { noPromptOptions } from '../../src/shared/models/prompt-options.ts';
import { GenerationRequest } from '../../src/shared/models/generation-request.ts';
import { pick } from './random.ts';

/** Rows to ask about. */
export interface Sample {
  readonly random: () => number;
  readonly images: number;
  readonly imageIds: readonly string[];
  readonly jobIds: readonly string[];
  readonly attemptIds: readonly string[];
  readonly queuedIds: readonly string[];
  /** In the history. */
  readonly promptIds: readonly number[];
  /** Kept. */
  readonly savedIds: readonly string[];
}

interface Question {
  readonly ask: (writer: Writer, sample: Sample) => void;
  /** Why this one may read or change as much as it likes: its time is not judged, its plan only where it says so. */
  readonly unbounded?: { readonly reason: string; readonly mayScan?: boolean };
}

const modules = {
  attempts,
  facts,
  images,
  jobs,
  ledger,
  promptHistory,
  queuedJobs,
  ratings,
  savedPrompts,
  usageReport,
};
const request = GenerationRequest.parse({ prompt: 'a pear', width: 1024, height: 1024, steps: 20 });
const at = 1_767_225_600_000;
const lastMonth = { from: at - 30 * 86_400_000, to: at };
const task = { remoteId: 'remote' };

const imageId = ({ imageIds, random }: Sample): string => pick(imageIds, random);
const jobId = ({ jobIds, random }: Sample): string => pick(jobIds, random);
const attemptId = ({ attemptIds, random }: Sample): string => pick(attemptIds, random);
const queuedId = ({ queuedIds, random }: Sample): string => pick(queuedIds, random);
const promptId = ({ promptIds, random }: Sample): number => pick(promptIds, random);
const savedId = ({ savedIds, random }: Sample): string => pick(savedIds, random);
const sequence = (sample: Sample): number => 1 + Math.floor(sample.random() * sample.images);

function newImage(id: string): images.NewImage {
  return {
    id,
    jobId: null,
    attemptId: null,
    index: 0,
    hash: 'ab'.repeat(32),
    bytes: 2_000_000,
    format: 'png',
    width: 1024,
    height: 1024,
    createdAt: at,
    project: 'default',
    provider: 'comfyui',
    model: 'm',
    seed: 1,
    request,
    dropped: [],
    remoteId: null,
    cost: { kind: 'reported', usd: 0 },
    generationMs: 5_000,
    notAi: false,
    revisedPrompt: null,
    stages: null,
    path: `images/${id}.png`,
  };
}

function newAttempt(job: string): attempts.NewAttempt {
  const id = newAttemptId();
  return {
    id,
    jobId: job,
    firstIndex: 0,
    imageCount: 1,
    reservedUsd: null,
    route: null,
    provider: 'p',
    model: 'm',
    request,
    dropped: [],
    task,
    startedAt: at,
  };
}

/** Every function of src/main/database that holds a statement, as Easel calls it. */
const questions: Readonly<Record<string, Question>> = {
  'attempts.insertAttempt': {
    ask: (writer, sample) => {
      const attempt = newAttempt(queuedId(sample));
      attempts.insertAttempt(writer, attempt);
      attempts.saveTask(writer, attempt.id, task);
      attempts.endAttempt(writer, attempt.id, { state: 'failed', at });
    },
  },
  'attempts.saveTask': { ask: (writer, sample) => attempts.saveTask(writer, attemptId(sample), task) },
  'attempts.endAttempt': {
    ask: (writer, sample) => attempts.endAttempt(writer, attemptId(sample), { state: 'succeeded', at }),
  },
  'attempts.reopenAttempt': {
    ask: (writer, sample) => {
      const id = attemptId(sample);
      attempts.reopenAttempt(writer, id, task);
      attempts.endAttempt(writer, id, { state: 'succeeded', at });
    },
  },
  'attempts.unansweredAttempt': { ask: (writer, sample) => attempts.unansweredAttempt(writer, jobId(sample)) },
  'attempts.shortAttempt': { ask: (writer, sample) => attempts.shortAttempt(writer, jobId(sample)) },
  'attempts.markAnswered': { ask: (writer, sample) => attempts.markAnswered(writer, jobId(sample)) },
  'attempts.isTaskOfAnother': {
    ask: (writer, sample) => {
      const id = attemptId(sample);
      attempts.isTaskOfAnother(writer, { provider: 'comfyui', remoteId: id, attemptId: id });
    },
  },
  'attempts.attemptsOfJob': { ask: (writer, sample) => attempts.attemptsOfJob(writer, jobId(sample)) },
  'attempts.openAttempt': { ask: (writer, sample) => attempts.openAttempt(writer, jobId(sample)) },
  'attempts.openAttempts': { ask: (writer) => attempts.openAttempts(writer) },
  'attempts.isAtWork': { ask: (writer) => attempts.isAtWork(writer, 'comfyui') },
  'attempts.attemptById': { ask: (writer, sample) => attempts.attemptById(writer, attemptId(sample)) },
  'facts.isQueuePaused': { ask: (writer) => facts.isQueuePaused(writer) },
  'facts.setQueuePaused': { ask: (writer) => facts.setQueuePaused(writer, true) },
  'facts.databaseDamage': {
    ask: () => undefined,
    unbounded: { reason: 'reads every page of the file; only `library verify` asks for it' },
  },
  'images.insertImage': { ask: (writer) => images.insertImage(writer, newImage(newId())) },
  'images.imageById': { ask: (writer, sample) => images.imageById(writer, imageId(sample)) },
  'images.setAltText': {
    ask: (writer, sample) => images.setAltText(writer, imageId(sample), 'A pear on a blue plate.'),
  },
  'images.imageSummary': { ask: (writer, sample) => images.imageSummary(writer, imageId(sample)) },
  'images.imageIndexesOfJob': { ask: (writer, sample) => images.imageIndexesOfJob(writer, jobId(sample)) },
  'images.imageFilesOfJob': { ask: (writer, sample) => images.imageFilesOfJob(writer, jobId(sample)) },
  'images.newestImages': {
    ask: (writer, sample) => {
      images.newestImages(writer, { limit: 50 });
      images.newestImages(writer, { limit: 50, before: sequence(sample) });
      images.newestImages(writer, { limit: 50, before: sequence(sample), project: 'covers' });
    },
  },
  'images.bucketCounts': {
    ask: (writer) => images.bucketCounts(writer),
    unbounded: {
      reason: 'the summary itself: one row for each 256 images, read in the order of its key',
      mayScan: true,
    },
  },
  'images.imagesInBucket': {
    ask: (writer, sample) => images.imagesInBucket(writer, Math.floor(sequence(sample) / images.bucketSize)),
  },
  'images.imagesAfter': { ask: (writer, sample) => images.imagesAfter(writer, sequence(sample), 100) },
  'images.isKnownPath': { ask: (writer, sample) => images.isKnownPath(writer, `images/${sequence(sample)}.png`) },
  'images.setTrashed': {
    ask: (writer, sample) => {
      const id = imageId(sample);
      images.setTrashed(writer, id, at, `trash/${id}.png`);
      images.setTrashed(writer, id, null, `images/${id}.png`);
    },
  },
  'images.planMove': {
    ask: (writer, sample) => images.planMove(writer, { imageId: imageId(sample), from: 'a', to: 'b' }),
  },
  'images.forgetMove': {
    ask: (writer, sample) => images.forgetMove(writer, { plan: sequence(sample) }),
  },
  'images.plannedMove': { ask: (writer, sample) => images.plannedMove(writer, imageId(sample)) },
  'images.plannedMoves': {
    ask: (writer) => images.plannedMoves(writer, Number.MAX_SAFE_INTEGER),
    unbounded: { reason: 'holds only what has not been moved yet, and all of it is wanted', mayScan: true },
  },
  'queuedJobs.insertJobs': {
    ask: (writer) => {
      queuedJobs.insertJobs(writer, [{ id: newId(), createdAt: at, request, agreedUsd: null }], false);
      queuedJobs.insertJobs(writer, [{ id: newId(), createdAt: at, request, agreedUsd: null }], true);
    },
  },
  'jobs.jobById': { ask: (writer, sample) => jobs.jobById(writer, jobId(sample)) },
  'jobs.resolvedPrompts': { ask: (writer, sample) => jobs.resolvedPrompts(writer, jobId(sample)) },
  'queuedJobs.queuedJobsIn': { ask: (writer) => queuedJobs.queuedJobsIn(writer, 'comfyui', { after: 3, limit: 100 }) },
  'queuedJobs.lanesOfQueued': { ask: (writer) => queuedJobs.lanesOfQueued(writer) },
  'queuedJobs.queuedJobsAtWork': { ask: (writer) => queuedJobs.queuedJobsAtWork(writer) },
  'jobs.runningJobIds': { ask: (writer) => jobs.runningJobIds(writer) },
  'queuedJobs.requeueAccepted': {
    ask: (writer) => queuedJobs.requeueAccepted(writer),
    unbounded: { reason: 'once per start' },
  },
  'jobs.newestJobs': {
    ask: (writer, sample) => {
      jobs.newestJobs(writer, { limit: 50 });
      jobs.newestJobs(writer, { limit: 50, before: jobId(sample) });
      jobs.newestJobs(writer, { limit: 50, before: jobId(sample), state: 'failed' });
      jobs.newestJobs(writer, { limit: 50, state: 'succeeded' });
    },
  },
  'queuedJobs.queuedJobs': { ask: (writer) => queuedJobs.queuedJobs(writer, 500) },
  'jobs.runningJobs': { ask: (writer) => jobs.runningJobs(writer) },
  'jobs.endedJobs': { ask: (writer) => jobs.endedJobs(writer, 500) },
  'jobs.queueState': { ask: (writer) => jobs.queueState(writer) },
  'jobs.markRunning': {
    ask: (writer, sample) => {
      const id = jobId(sample);
      jobs.markRunning(writer, id, at);
      jobs.markEnded(writer, id, { state: 'succeeded', at, error: null });
    },
  },
  'jobs.markEnded': {
    ask: (writer, sample) => jobs.markEnded(writer, jobId(sample), { state: 'succeeded', at, error: null }),
  },
  'queuedJobs.requeue': {
    ask: (writer, sample) => {
      const id = jobId(sample);
      queuedJobs.requeue(writer, id);
      jobs.markEnded(writer, id, { state: 'cancelled', at, error: null });
    },
  },
  'queuedJobs.putBack': {
    ask: (writer, sample) => {
      const id = queuedId(sample);
      jobs.markRunning(writer, id, at);
      queuedJobs.putBack(writer, id);
    },
  },
  'jobs.agreeToPrice': { ask: (writer, sample) => jobs.agreeToPrice(writer, jobId(sample), 0) },
  'jobs.requestCancel': { ask: (writer, sample) => jobs.requestCancel(writer, jobId(sample)) },
  'jobs.isCancelRequested': { ask: (writer, sample) => jobs.isCancelRequested(writer, jobId(sample)) },
  'queuedJobs.moveQueued': {
    ask: (writer, sample) => {
      queuedJobs.moveQueued(writer, queuedId(sample), queuedId(sample));
      queuedJobs.moveQueued(writer, queuedId(sample), null);
    },
  },
  'queuedJobs.firstQueuedId': { ask: (writer) => queuedJobs.firstQueuedId(writer) },
  // Never asked of a provider that is free, as most of this library's are.
  'ledger.chargedAttempts': {
    ask: (writer) => ledger.chargedAttempts(writer, 'fal', lastMonth, { at, row: 1 }, 101),
  },
  'ledger.chargedTrainings': { ask: (writer) => ledger.chargedTrainings(writer, lastMonth, { at, row: 1 }, 101) },
  'promptHistory.notePrompt': {
    ask: (writer, sample) => {
      const typed = `a pear ${promptId(sample)}`;
      const words = { hash: typed, typed, negative: '', options: noPromptOptions, sent: '', at };
      promptHistory.notePrompt(writer, words);
      promptHistory.notePrompt(writer, words);
    },
  },
  'promptHistory.newestPrompts': {
    ask: (writer, sample) => promptHistory.newestPrompts(writer, { before: promptId(sample), limit: 50 }),
  },
  'promptHistory.searchPrompts': {
    ask: (writer, sample) =>
      promptHistory.searchPrompts(writer, ['pear', '1'], { before: promptId(sample), limit: 50 }),
  },
  'promptHistory.sentPrompt': { ask: (writer, sample) => promptHistory.sentPrompt(writer, promptId(sample)) },
  'promptHistory.imagesOfPrompt': {
    ask: (writer, sample) => promptHistory.imagesOfPrompt(writer, promptId(sample), 50),
  },
  'promptHistory.forgetPrompt': { ask: (writer) => promptHistory.forgetPrompt(writer, -1) },
  'promptHistory.forgetAllPrompts': { ask: () => undefined, unbounded: { reason: 'empties the history' } },
  'ratings.setRating': {
    ask: (writer, sample) => {
      const id = imageId(sample);
      for (const rating of [4, 2, null]) ratings.setRating(writer, id, { rating, countsFor: 'product' });
    },
  },
  'ratings.imageToRate': { ask: (writer, sample) => ratings.imageToRate(writer, imageId(sample)) },
  'ratings.modelRatings': {
    ask: (writer) => ratings.modelRatings(writer),
    unbounded: { reason: 'the summary itself: one row for each model and kind of prompt', mayScan: true },
  },
  'savedPrompts.savedPrompts': {
    ask: (writer) => savedPrompts.savedPrompts(writer, 20_000),
    unbounded: { reason: 'all that a person has kept, in the order of its index', mayScan: true },
  },
  'savedPrompts.savedPromptById': { ask: (writer, sample) => savedPrompts.savedPromptById(writer, savedId(sample)) },
  'savedPrompts.savedPromptNamed': { ask: (writer) => savedPrompts.savedPromptNamed(writer, 'kept', 'pear 7') },
  'savedPrompts.versionsOf': { ask: (writer, sample) => savedPrompts.versionsOf(writer, savedId(sample)) },
  'savedPrompts.insertSavedPrompt': {
    ask: (writer) => {
      const id = newId();
      savedPrompts.insertSavedPrompt(writer, { id, folder: 'new', name: id, at });
    },
  },
  'savedPrompts.addVersion': {
    ask: (writer, sample) => {
      const version = { prompt: 'a pear', negativePrompt: '', options: noPromptOptions, at };
      savedPrompts.addVersion(writer, savedId(sample), version);
    },
  },
  'savedPrompts.moveSavedPrompt': {
    ask: (writer, sample) => {
      const id = savedId(sample);
      savedPrompts.moveSavedPrompt(writer, id, { folder: 'moved', name: id, at });
    },
  },
  'savedPrompts.setSavedRemoved': {
    ask: (writer, sample) => savedPrompts.setSavedRemoved(writer, savedId(sample), null),
  },
  'savedPrompts.removedPrompt': { ask: (writer, sample) => savedPrompts.removedPrompt(writer, savedId(sample)) },
  'usageReport.usagePage': { ask: (writer) => usageReport.usagePage(writer, lastMonth, null, 1_000) },
  'usageReport.timesPage': { ask: (writer) => usageReport.timesPage(writer, lastMonth, null, 1_000) },
  'usageReport.trainingCosts': { ask: (writer) => usageReport.trainingCosts(writer, lastMonth, null, 1_000) },
  'usageReport.usedProviders': { ask: (writer) => usageReport.usedProviders(writer) },
  'queuedJobs.cancelAllQueued': { ask: () => undefined, unbounded: { reason: 'changes every queued job' } },
  'jobs.clearEnded': { ask: () => undefined, unbounded: { reason: 'changes every job in the queue drawer' } },
};

/** Asked once, at the end, for their plans. */
const sweeping: readonly [string, (writer: Writer) => void][] = [
  ['queuedJobs.cancelAllQueued', (writer) => queuedJobs.cancelAllQueued(writer, at)],
  ['jobs.clearEnded', (writer) => jobs.clearEnded(writer)],
];

/** Throws where a function of src/main/database is not among the questions, so that none ships unmeasured. */
export function allQuestions() {
  const exported = Object.entries(modules).flatMap(([module, functions]) =>
    Object.entries(functions)
      .filter(([, value]) => typeof value === 'function')
      .map(([name]) => `${module}.${name}`),
  );
  const unknown = exported.filter((name) => !(name in questions));
  if (unknown.length > 0) throw new Error(`test/bench/questions.ts does not ask ${unknown.join(', ')}.`);
  return { questions: Object.entries(questions), sweeping };
}
