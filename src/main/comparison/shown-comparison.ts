import type { ErrorCode } from '../../shared/errors.ts';
import type { Comparison, Entry } from '../../shared/models/comparison.ts';
import type { StoredComparison, StoredEntry } from '../database/comparisons.ts';
import { isUnderWay, standingOf } from './standing.ts';

/** Why there is no picture, in words that fit every service: a provider's own words would name it. */
const problemWords: Partial<Record<ErrorCode, string>> = {
  auth: 'Its service did not accept the key.',
  quota: 'The account at its service is used up.',
  rate_limit: 'Its service was asked too often.',
  content_policy: 'The content rules of its service refused the prompt.',
  invalid_request: 'Its service refused the request.',
  timeout: 'Its service did not answer in time.',
  network: 'Its service could not be reached.',
  server: 'Its service had trouble.',
  task_lost: 'Its service lost the work.',
  unknown_outcome: 'The answer of its service was lost.',
  offline: 'There was no network.',
  overBudget: 'It would have cost more than your caps allow.',
};

function problemOf({ jobState, error, picture, isTrashed }: StoredEntry): string | null {
  if (picture) return null;
  if (isTrashed) return 'Its picture is in the trash.';
  switch (jobState) {
    case 'queued':
    case 'running':
      return null;
    case 'needs_attention':
      return 'It waits for your answer in the queue.';
    case 'cancelled':
      return 'It was cancelled.';
    case 'failed':
      return (error && problemWords[error.code]) ?? 'No picture came of it.';
    case 'succeeded':
    case null:
      return 'Its picture is no longer there.';
  }
}

/** What may be told of a comparison: as long as it is blind, nothing that says which model is which. */
export function shownComparison(stored: StoredComparison): Comparison {
  const { state, made, pair, votesLeft } = standingOf(stored);
  const { id, createdAt, request, kind, maxUsd, votes } = stored;
  const isBlind = stored.state === 'open';

  const toEntry = (entry: StoredEntry): Entry => {
    const { label, jobState, picture, jobId, provider, model, modelName, usd, isEstimated, before, after } = entry;
    // Which of them is ready first would tell the fast model from the slow one, and the queue names those that wait.
    const isHidden = isBlind && (isUnderWay(entry) || (state === 'making' && picture !== null));
    return {
      label,
      jobState: isHidden ? 'running' : (jobState ?? 'failed'),
      picture: picture && !isHidden ? { width: picture.width, height: picture.height } : null,
      imageIds: picture && !isBlind ? [picture.id] : [],
      problem: isHidden ? null : problemOf(entry),
      revealed: isBlind
        ? null
        : {
            ...{ jobId, provider, model, modelName, usd, isEstimated },
            before: before ?? unvotedPoints,
            after: after ?? unvotedPoints,
          },
    };
  };

  return {
    id,
    createdAt,
    request,
    kind,
    maxUsd,
    state,
    entries: stored.entries.map(toEntry),
    made,
    needsAnswer: stored.entries.filter((entry) => isUnderWay(entry) && entry.jobState === 'needs_attention').length,
    pair: pair && [...pair],
    votes,
    votesLeft,
  };
}

/** Elo points of a model that nobody has voted on. */
export const unvotedPoints = 1500;
