import type { Answer, Http } from '../http-types.ts';
import { ProviderError, type CallOptions, type SentRequest } from '../provider.ts';
import { PredictionsAnswer } from './answers.ts';
import { explainRefusal } from './explain-refusal.ts';
import { readModelId, spellingOf } from './spelling.ts';

/** Replicate tells its time in whole seconds, and its answer was some time on the way. */
const slackMs = 5_000;
/** By then, what was sent has arrived or never will. */
const settledAfterMs = 60_000;
/** Inputs are removed an hour after the end; with some reserve, as they are what tells predictions apart. */
const readableForMs = 3_000_000;
const mostPages = 10;

export type FoundPrediction =
  { readonly state: 'found'; readonly id: string } | { readonly state: 'absent' | 'unsure' };

type Prediction = PredictionsAnswer['results'][number];
type Page = PredictionsAnswer & { readonly serverNow: number | null };

/** A page of the list, and when Replicate gave it: this computer's clock may be minutes off. Null where it doesn't tell. */
function readPage({ json, header }: Answer): Page {
  const { data, error } = PredictionsAnswer.safeParse(json());
  if (!data)
    throw new ProviderError('server', 'Replicate gave a list that Easel does not understand.', { cause: error });
  const serverNow = Date.parse(header('date') ?? '');
  return { ...data, serverNow: Number.isFinite(serverNow) ? serverNow : null };
}

/**
 * Looks for a prediction whose answer was lost among those made since, by what was sent. Two alike are not told apart. The list
 * is the newest first and is read down to the moment of sending, so that no clock but Replicate's own counts.
 */
export async function findPrediction(http: Http, sent: SentRequest, options: CallOptions): Promise<FoundPrediction> {
  const { name } = readModelId(sent.model);
  const listed: Prediction[] = [];
  let since: number | null = null;
  let isComplete = false;
  let path = '/predictions';
  for (let pages = 0; pages < mostPages && !isComplete; pages += 1) {
    const { results, next, serverNow }: Page = await http.get(path, readPage, { ...options, explain: explainRefusal });
    // Without its time, an earlier prediction with the same words and seed could not be told from this one.
    if (serverNow === null) return { state: 'unsure' };
    since ??= sent.sentAt + (serverNow - Date.now()) - slackMs;
    listed.push(...results);
    isComplete = !next || (isNewestFirst(listed) && timeOf(listed.at(-1)) < since);
    path = next ?? '';
  }
  const earliest = since ?? Infinity;
  const recent = listed.filter((each) => each.model === name && !(timeOf(each) < earliest));
  const [only, ...more] = recent.filter((each) => isSame(each, sent));
  // One without a time may be from any.
  if (only !== undefined && more.length === 0 && !Number.isNaN(timeOf(only))) return { state: 'found', id: only.id };
  const age = Date.now() - sent.sentAt;
  const isSettled = age > settledAfterMs && age < readableForMs;
  const isClear = only === undefined && recent.every(isTelling);
  return { state: isClear && isComplete && isSettled ? 'absent' : 'unsure' };
}

function timeOf(prediction: Prediction | undefined): number {
  return Date.parse(prediction?.created_at ?? '');
}

function isNewestFirst(listed: readonly Prediction[]): boolean {
  return listed.every((each, index) => index === 0 || timeOf(each) <= timeOf(listed[index - 1]));
}

/** Whether it says enough to be told from others: what has no seed looks like any. */
function isTelling({ input, data_removed: isRemoved }: Prediction): boolean {
  return isRemoved !== true && input?.seed !== undefined;
}

function isSame(prediction: Prediction, sent: SentRequest): boolean {
  const { input } = prediction;
  if (!isTelling(prediction) || input?.seed !== sent.seed) return false;
  const count = spellingOf(sent.model).hasCount ? (input.num_outputs ?? 1) : 1;
  return (input.prompt ?? '') === sent.prompt && count === sent.count;
}
