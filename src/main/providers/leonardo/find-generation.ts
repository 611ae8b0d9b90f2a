import type { Http } from '../http-types.ts';
import type { CallOptions, Found, SentRequest } from '../provider.ts';
import { readAccount } from './account.ts';
import { GenerationList, type Generation } from './answers.ts';
import { explainRefusal } from './explain-refusal.ts';
import { elementIdOf } from './models.ts';
import type { LeonardoTask } from './task.ts';

const listed = 50;
/** The two clocks may differ by this much. */
const clockDifferenceMs = 60_000;

/** The service writes its times without a zone; they are in UTC. */
function timeOf({ createdAt }: Generation): number {
  const text = createdAt ?? '';
  return Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
}

/** Looks through the account's own generations for one whose answer was lost. Free of charge. */
export async function findGeneration(http: Http, sent: SentRequest, options: CallOptions): Promise<Found> {
  // Upscaled pictures are in no list, and without a prompt one can't be told from another.
  if (sent.prompt === '' || sent.operation === 'upscale' || sent.operation === 'removeBackground') {
    return { state: 'unsure' };
  }
  const { userId } = await readAccount(http, options);
  if (userId === null) return { state: 'unsure' };
  const { generations } = await http.get(`/generations/user/${encodeURIComponent(userId)}`, GenerationList, {
    ...options,
    query: { offset: 0, limit: listed },
    explain: explainRefusal,
  });
  const all = generations ?? [];
  const since = sent.sentAt - clockDifferenceMs;
  // The order of the list is not promised. The newest one is what was sent last.
  const [newest] = all
    .filter((generation) => timeOf(generation) >= since && isLike(generation, sent))
    .sort((one, other) => timeOf(other) - timeOf(one));
  if (newest) {
    const task: LeonardoTask = {
      remoteId: newest.id,
      kind: 'generation',
      isVideo: sent.operation === 'video',
      count: sent.count,
      seed: newest.seed ?? null,
      sentAt: sent.sentAt,
      usd: null,
    };
    return { state: 'found', task };
  }
  return { state: all.length < listed || reachesBack(all, since) ? 'absent' : 'unsure' };
}

/** Newest first, down to before the request was sent: then nothing later is on another page. */
function reachesBack(all: readonly Generation[], since: number): boolean {
  const times = all.map(timeOf);
  const isNewestFirst = times.every((time, index) => index === 0 || time <= (times[index - 1] ?? time));
  return isNewestFirst && (times.at(-1) ?? since) < since;
}

function isLike(generation: Generation, { prompt, model, operation, width, height }: SentRequest): boolean {
  if (generation.prompt !== prompt) return false;
  // A video has the size of its picture, and models of one's own go by the one below them.
  if (operation === 'video') return true;
  const isNamed = /^[0-9a-f-]{36}$/.test(generation.modelId ?? '') && elementIdOf(model) === null;
  const isOfSecond = !/^[0-9a-f-]{36}$/.test(model);
  if (isNamed && !isOfSecond && generation.modelId !== model) return false;
  return (generation.imageWidth ?? width) === width && (generation.imageHeight ?? height) === height;
}
