import type { Http } from '../http-types.ts';
import type { CallOptions, SentRequest } from '../provider.ts';
import { PredictionsAnswer } from './answers.ts';
import { explainRefusal } from './explain-refusal.ts';
import { readModelId, spellingOf } from './spelling.ts';

/** How far this computer's clock and Replicate's may differ. */
const clockDifferenceMs = 300_000;
/** By then, what was sent has arrived or never will. */
const settledAfterMs = 60_000;
/** Inputs are removed an hour after the end; with some reserve, as they are what tells predictions apart. */
const readableForMs = 3_000_000;
const mostPages = 10;

export type FoundPrediction =
  { readonly state: 'found'; readonly id: string } | { readonly state: 'absent' | 'unsure' };

/** Looks for a prediction whose answer was lost among those made since, by what was sent. Two alike are not told apart. */
export async function findPrediction(http: Http, sent: SentRequest, options: CallOptions): Promise<FoundPrediction> {
  const { name } = readModelId(sent.model);
  const found: string[] = [];
  let isUnclear = false;
  let page: string | null = '/predictions';
  for (let pages = 0; page !== null && pages < mostPages; pages += 1) {
    const query =
      pages === 0 ? { query: { created_after: new Date(sent.sentAt - clockDifferenceMs).toISOString() } } : {};
    const answer: typeof PredictionsAnswer._zod.output = await http.get(page, PredictionsAnswer, {
      ...options,
      ...query,
      explain: explainRefusal,
    });
    for (const { id, model, input, data_removed: isRemoved } of answer.results) {
      if (model !== name) continue;
      const isReadable = isRemoved !== true && input !== null && input !== undefined;
      if (isReadable && isSame(input, sent)) found.push(id);
      // What has no seed looks like any other.
      else if (!isReadable || input.seed === undefined) isUnclear = true;
    }
    page = answer.next ?? null;
  }
  const [only, ...more] = found;
  if (only !== undefined && more.length === 0) return { state: 'found', id: only };
  const age = Date.now() - sent.sentAt;
  const isSettled = age > settledAfterMs && age < readableForMs;
  return { state: found.length === 0 && page === null && !isUnclear && isSettled ? 'absent' : 'unsure' };
}

function isSame(input: Readonly<Record<string, unknown>>, sent: SentRequest): boolean {
  if (input.seed === undefined || input.seed !== sent.seed) return false;
  const count = spellingOf(sent.model).hasCount ? (input.num_outputs ?? 1) : 1;
  return (input.prompt ?? '') === sent.prompt && count === sent.count;
}
