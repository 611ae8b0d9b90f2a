import { AppError } from '../../shared/errors.ts';
import type { Comparison, Verdict } from '../../shared/models/comparison.ts';
import type { GenerationRequest } from '../../shared/models/generation-request.ts';
import type { Job } from '../../shared/models/job.ts';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import type { ModelScore, RoutingState } from '../../shared/models/routing.ts';
import type { Size } from '../../shared/routing/fit-size.ts';
import { priceComparison, requestFor, type ComparedModel } from '../../shared/routing/price-comparison.ts';
import { kindOfPrompt } from '../../shared/routing/prompt-kind.ts';
import {
  comparisonById,
  insertComparison,
  insertVote,
  newestComparisons,
  type StoredComparison,
} from '../database/comparisons.ts';
import type { Database, Reader, Writer } from '../database/database.ts';
import { modelScoresOf } from '../database/model-scores.ts';
import type { Events } from '../events.ts';
import type { Log } from '../log.ts';
import { newId } from '../new-id.ts';
import { dealPairs, labelsFor, shuffled } from './deal.ts';
import { endNow, followJobs } from './follow-jobs.ts';
import { shownComparison } from './shown-comparison.ts';
import { isUnderWay, standingOf } from './standing.ts';
import { refuseOverBudget, refuseUnable, refuseUnfit } from './start-comparison.ts';

const largestSeed = 2 ** 32;

/** Blind comparisons: what a user can do about them. In a library that is open for writing they follow their jobs. */
export function createComparisons(dependencies: {
  database: Database;
  access: 'read' | 'write';
  events: Events;
  providers: { list(): ProviderStatus[] };
  /** Puts jobs into the queue, all or none, and writes `alongside` in the same transaction. */
  addJobs: (
    requests: readonly GenerationRequest[],
    front: boolean,
    alongside: (writer: Writer, added: readonly Job[]) => void,
  ) => Promise<Job[]>;
  cancelJob: (id: string) => Promise<unknown>;
  routing: () => RoutingState;
  /** Votes were counted: model scores have changed. */
  onScores: () => void;
  inputSize: (id: string) => Promise<Size>;
  log: Log;
  now: () => number;
  /** 0 to 1, for what is dealt by chance. */
  chance: () => number;
}) {
  const { database, access, events, providers, addJobs, cancelJob, routing, onScores, inputSize, log, now, chance } =
    dependencies;

  const stored = (id: string, reader: Reader = database.read): StoredComparison => {
    const found = comparisonById(reader, id);
    if (!found) throw new AppError('notFound', `There is no comparison ${id} in this library.`);
    return found;
  };
  const tell = (id: string): Comparison => {
    const comparison = shownComparison(stored(id));
    events.emit({ kind: 'comparisonChanged', comparison });
    return comparison;
  };
  const following = access === 'write' ? followJobs({ database, events, tell, onScores, now }) : null;

  return {
    start: async (wish: {
      request: GenerationRequest;
      models: readonly ComparedModel[];
      maxUsd: number | null;
    }): Promise<Comparison> => {
      const { models, maxUsd } = wish;
      refuseUnfit(wish.request, models);
      const { provider: _provider, model: _model, ...asked } = wish.request;
      const request =
        asked.seed === undefined ? { ...asked, seed: Math.floor(chance() * largestSeed), isSeedDrawn: true } : asked;
      const size = request.image === undefined ? null : await inputSize(request.image);
      const statuses = providers.list();
      const question = { request, models, providers: statuses, routing: routing(), inputSize: size, now: now() };
      const priced = priceComparison(question);
      refuseUnable(priced);
      refuseOverBudget(priced, maxUsd);
      const labels = labelsFor(models.length);
      const dealt = shuffled(labels, chance);
      const id = newId();
      const requests = models.map((model) => requestFor(request, model));
      await addJobs(requests, false, (writer, added) => {
        insertComparison(writer, {
          id,
          createdAt: now(),
          request,
          kind: kindOfPrompt(request.prompt),
          maxUsd,
          pairs: dealPairs(labels, chance),
          entries: added.map((job, at) => ({
            label: dealt[at] ?? '',
            jobId: job.id,
            provider: models[at]?.provider ?? '',
            model: models[at]?.model ?? '',
            modelName: priced[at]?.modelName ?? '',
          })),
        });
      });
      following?.add(id);
      return tell(id);
    },
    list: ({ limit, before }: { limit: number; before?: string | undefined }) => {
      const comparisons = newestComparisons(database.read, { limit, before }).map(shownComparison);
      return { comparisons, next: comparisons.length === limit ? (comparisons.at(-1)?.id ?? null) : null };
    },
    show: (id: string): Comparison => shownComparison(stored(id)),
    vote: (vote: { id: string; first: string; second: string; verdict: Verdict }): Comparison => {
      const { id, first, second, verdict } = vote;
      const isCounted = database.write((writer) => {
        // Read inside: two windows may vote at the same time, and the first vote counts.
        const comparison = stored(id, writer);
        const given = comparison.votes.find((other) => other.first === first && other.second === second);
        if (given?.verdict === verdict) return false;
        if (given) throw new AppError('wrongState', `You have judged ${first} and ${second} already.`);
        const { state, pair } = standingOf(comparison);
        if (state === 'making') throw new AppError('wrongState', 'The pictures are still being made.');
        if (state !== 'voting') throw new AppError('wrongState', 'This comparison has ended; its names are shown.');
        if (pair?.[0] !== first || pair[1] !== second) {
          const now = pair ? `The question is now about ${pair[0]} and ${pair[1]}.` : 'There is no pair to judge now.';
          throw new AppError('wrongState', `${first} and ${second} are not asked about. ${now}`);
        }
        insertVote(writer, id, { number: comparison.votes.length + 1, first, second, verdict, at: now() });
        endNow(writer, stored(id, writer), now());
        return true;
      });
      if (!isCounted) return shownComparison(stored(id));
      following?.refresh(id);
      return tell(id);
    },
    finish: async (id: string): Promise<Comparison> => {
      const comparison = stored(id);
      if (comparison.state !== 'open') return shownComparison(comparison);
      // First, so that a crash in between leaves no job that nobody waits for. What waits for an answer goes on waiting.
      const running = comparison.entries.filter((entry) => isUnderWay(entry) && entry.jobState !== 'needs_attention');
      await Promise.all(
        running.map(({ jobId }) =>
          cancelJob(jobId).catch((error: unknown) => {
            // It ended a moment before.
            if (!(error instanceof AppError)) log.error('a compared job could not be cancelled', error);
          }),
        ),
      );
      database.write((writer) => {
        const still = stored(id, writer);
        if (still.state === 'open') endNow(writer, still, now(), still.votes.length > 0 ? 'done' : 'cancelled');
      });
      following?.refresh(id);
      return tell(id);
    },
    scores: ({ kind }: { kind: string }): { scores: ModelScore[] } => ({
      scores: modelScoresOf(database.read, kind),
    }),
    /** The image behind a label, as soon as it may be looked at. Throws `notFound`. */
    imageOf: (id: string, label: string): string => {
      const comparison = stored(id);
      const shown = shownComparison(comparison).entries.find((entry) => entry.label === label);
      const image = shown?.picture && comparison.entries.find((entry) => entry.label === label)?.picture;
      if (!image) throw new AppError('notFound', `There is no picture ${label} in this comparison.`);
      return image.id;
    },
    close: (): void => {
      following?.stop();
    },
  };
}
