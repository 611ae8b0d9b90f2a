import type { Answer, Http } from '../http-types.ts';
import { ProviderError, type CallOptions, type Found, type SentRequest } from '../provider.ts';
import { readAccount } from './account.ts';
import { GenerationList, type Generation } from './answers.ts';
import { explainRefusal } from './explain-refusal.ts';
import { elementIdOf } from './models.ts';
import { possibleSeeds, type LeonardoTask } from './task.ts';

const listed = 50;
/** The service's time is told in whole seconds, and its answer was some time on the way. */
const slackMs = 30_000;
/** How soon a generation is in the list, nobody promises. */
const surelyListedAfterMs = 120_000;

/** The service writes its times without a zone; they are in UTC. */
function timeOf({ createdAt }: Generation): number {
  const text = createdAt ?? '';
  return Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
}

/** The list, and when the service gave it: this computer's clock may be minutes off. Null where it doesn't tell. */
function readList({ json, header }: Answer): { all: readonly Generation[]; serverNow: number | null } {
  const { data, error } = GenerationList.safeParse(json());
  if (!data)
    throw new ProviderError('server', 'Leonardo gave a list that Easel does not understand.', { cause: error });
  const serverNow = Date.parse(header('date') ?? '');
  return { all: data.generations ?? [], serverNow: Number.isFinite(serverNow) ? serverNow : null };
}

/**
 * Looks through the account's own generations for one whose answer was lost. Free of charge. Only one that nothing contradicts and
 * no other equals is it; `now` is this computer's time, in milliseconds since 1970.
 */
export async function findGeneration(
  http: Http,
  sent: SentRequest,
  { now, ...options }: CallOptions & { readonly now: number },
): Promise<Found> {
  // Upscaled pictures are in no list, and without a prompt one can't be told from another.
  if (sent.prompt === '' || sent.operation === 'upscale') return { state: 'unsure' };
  const { userId } = await readAccount(http, options);
  if (userId === null) return { state: 'unsure' };
  const { all, serverNow } = await http.get(`/generations/user/${encodeURIComponent(userId)}`, readList, {
    ...options,
    query: { offset: 0, limit: listed },
    explain: explainRefusal,
  });
  const since = sent.sentAt + (serverNow === null ? 0 : serverNow - now) - slackMs;
  // One without a time may be from any.
  const alike = all.filter((generation) => !(timeOf(generation) < since) && isLike(generation, sent));
  const seeds = possibleSeeds(sent);
  const sure = alike.filter(({ seed }) => seeds === null || seeds.includes(seed ?? -1));
  const [only] = sure;
  if (only && sure.length === 1) return { state: 'found', task: taskOf(only, sent) };
  const isListed = serverNow !== null && now - sent.sentAt > surelyListedAfterMs && isComplete(all, since);
  // What is alike but for its seed may be it, if the service drew another one.
  return { state: isListed && alike.length === 0 ? 'absent' : 'unsure' };
}

function taskOf({ id, seed }: Generation, { operation, count, sentAt }: SentRequest): LeonardoTask {
  return {
    remoteId: id,
    kind: 'generation',
    isVideo: operation === 'video',
    count,
    seed: seed ?? null,
    sentAt,
    usd: null,
  };
}

/** Whether what came later than `since` must be in the list: it is whole, or the newest first and reaching back far enough. */
function isComplete(all: readonly Generation[], since: number): boolean {
  if (all.length < listed) return true;
  const times = all.map(timeOf);
  const isNewestFirst = times.every((time, index) => index === 0 || time <= (times[index - 1] ?? time));
  return isNewestFirst && (times.at(-1) ?? since) < since;
}

/** Sizes don't count: the service may have rounded them. Fewer pictures may have been withheld, more were never asked for. */
function isLike(generation: Generation, { prompt, model, operation, count }: SentRequest): boolean {
  if ((generation.prompt ?? '').trim() !== prompt.trim()) return false;
  if ((generation.generated_images ?? []).length > count) return false;
  // Videos name no model, and models of one's own go by the one below them.
  const isId = (id: string): boolean => /^[0-9a-f-]{36}$/.test(id);
  if (operation === 'video' || elementIdOf(model) !== null || !isId(model)) return true;
  return !isId(generation.modelId ?? '') || generation.modelId === model;
}
