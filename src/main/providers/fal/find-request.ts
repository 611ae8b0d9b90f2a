import type { CallOptions, Found, SentRequest } from '../provider.ts';
import { RequestsAnswer } from './answers.ts';
import type { Connection } from './connection.ts';
import { readModelId } from './endpoints.ts';
import { models } from './models.ts';
import { taskOf } from './task.ts';

/** How far this computer's clock and fal's may differ. */
const clockDifferenceMs = 300_000;
const mostPages = 5;

/**
 * Looks for a request whose answer was lost, by what was sent. The list has only what has begun, so that one which is not
 * there may still wait in the queue: it is never surely absent. Two that look alike are not told apart.
 */
export async function findRequest(connection: Connection, sent: SentRequest, options: CallOptions): Promise<Found> {
  const { endpoint } = readModelId(sent.model);
  const model = models.find(({ id }) => id === endpoint);
  if (sent.seed === null || !model?.parameters.includes('seed')) return { state: 'unsure' };
  const start = new Date(sent.sentAt - clockDifferenceMs).toISOString();
  const found: string[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const answer: typeof RequestsAnswer._zod.output = await connection.http.get(
      `${connection.platform}/models/requests/by-endpoint`,
      RequestsAnswer,
      {
        ...options,
        query: { endpoint_id: endpoint, start, expand: 'payloads', limit: 100, ...(cursor === null ? {} : { cursor }) },
      },
    );
    for (const { request_id: id, json_input: input } of answer.items) {
      const isSame = input?.prompt === sent.prompt && input.seed === sent.seed;
      if (isSame && (input.num_images ?? 1) === sent.count) found.push(id);
    }
    cursor = answer.next_cursor ?? null;
    if (cursor === null || answer.has_more === false) break;
  }
  const [only, ...more] = found;
  if (only === undefined || more.length > 0) return { state: 'unsure' };
  const { seed, count, sentAt } = sent;
  const task = taskOf(connection, { request_id: only }, { endpoint, seed, count, usd: null, startedAt: sentAt });
  return { state: 'found', task };
}
