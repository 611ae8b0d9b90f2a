import type { Answer } from '../http-types.ts';
import { ProviderError, type CallOptions, type Found, type SentRequest } from '../provider.ts';
import { RequestsAnswer } from './answers.ts';
import type { Connection } from './connection.ts';
import { readModelId } from './endpoints.ts';
import { models } from './models.ts';
import { taskOf } from './task.ts';

/** How far back the list is asked for: this computer's clock may be off by about as much. */
const listedMs = 300_000;
/** fal tells its time in whole seconds, and its answer was some time on the way. */
const slackMs = 5_000;
const mostPages = 5;

type Item = RequestsAnswer['items'][number];
type Page = RequestsAnswer & { readonly serverNow: number | null };

/** A page of the list, and when fal gave it: this computer's clock may be minutes off. Null where it doesn't tell. */
function readPage({ json, header }: Answer): Page {
  const { data, error } = RequestsAnswer.safeParse(json());
  if (!data) throw new ProviderError('server', 'fal gave a list that Easel does not understand.', { cause: error });
  const serverNow = Date.parse(header('date') ?? '');
  return { ...data, serverNow: Number.isFinite(serverNow) ? serverNow : null };
}

function isLike({ json_input: input }: Item, sent: SentRequest): boolean {
  return input?.prompt === sent.prompt && input.seed === sent.seed && (input.num_images ?? 1) === sent.count;
}

/**
 * Looks for a request whose answer was lost, by what was sent and when. The list has only what has begun, so that one which is
 * not there may still wait in the queue: it is never surely absent. Two that look alike are not told apart.
 */
export async function findRequest(connection: Connection, sent: SentRequest, options: CallOptions): Promise<Found> {
  const { endpoint } = readModelId(sent.model);
  const model = models.find(({ id }) => id === endpoint);
  if (sent.seed === null || !model?.parameters.includes('seed')) return { state: 'unsure' };
  const start = new Date(sent.sentAt - listedMs).toISOString();
  const alike: Item[] = [];
  let since: number | null = null;
  let cursor: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const answer: Page = await connection.http.get(`${connection.platform}/models/requests/by-endpoint`, readPage, {
      ...options,
      query: { endpoint_id: endpoint, start, expand: 'payloads', limit: 100, ...(cursor === null ? {} : { cursor }) },
    });
    // Without fal's own time, an earlier request with the same words and seed could not be told from this one.
    if (answer.serverNow === null) return { state: 'unsure' };
    since ??= sent.sentAt + (answer.serverNow - Date.now()) - slackMs;
    const earliest = since;
    alike.push(...answer.items.filter((item) => !(timeOf(item) < earliest) && isLike(item, sent)));
    cursor = answer.next_cursor ?? null;
    if (cursor === null || answer.has_more === false) break;
  }
  const [only, ...more] = alike;
  // One without a time may be from any.
  if (only === undefined || more.length > 0 || Number.isNaN(timeOf(only))) return { state: 'unsure' };
  const { seed, count, sentAt } = sent;
  const answered = { request_id: only.request_id };
  return {
    state: 'found',
    task: taskOf(connection, answered, { endpoint, seed, count, usd: null, startedAt: sentAt }),
  };
}

function timeOf({ sent_at: sentAt }: Item): number {
  return Date.parse(sentAt ?? '');
}
