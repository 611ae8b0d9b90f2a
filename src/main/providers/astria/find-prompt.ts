import type { Http } from '../http-types.ts';
import type { CallOptions, Found, SentRequest } from '../provider.ts';
import { PromptList, type Prompt } from './answers.ts';
import { explainRefusal } from './explain-failure.ts';
import { modelUseOf, seedOf, upscaleWords } from './prompt-body.ts';
import { timed } from './server-time.ts';
import { taskOf } from './task.ts';

const looked = 20;
/** The service's time is told in whole seconds, and its answer was some time on the way. */
const slackMs = 30_000;
/** A request that passed the gateway's half minute can still be on its way into the list. */
const surelyListedAfterMs = 120_000;

const timeOf = (prompt: Prompt | undefined): number => Date.parse(prompt?.created_at ?? '');

function isIt(prompt: Prompt, sent: SentRequest, sentAt: number): boolean {
  const { host, upscales } = modelUseOf(sent.model);
  const text = (prompt.text ?? '').trim();
  const isText = upscales ? text === upscaleWords : text.endsWith(sent.prompt.trim());
  const isSeed = sent.seed === null || prompt.seed === seedOf(sent.seed);
  const isTune = prompt.tune_id === null || prompt.tune_id === host;
  const isCount = prompt.num_images === null || prompt.num_images === sent.count;
  return isText && isSeed && isTune && isCount && !(timeOf(prompt) < sentAt - slackMs);
}

/** Whether a request that came after `sentAt` must be in this list: it is whole, or the newest first and reaching back far enough. */
function isComplete(prompts: readonly Prompt[], sentAt: number): boolean {
  if (prompts.length < looked) return true;
  const [first, last] = [timeOf(prompts[0]), timeOf(prompts.at(-1))];
  return first >= last && last < sentAt - slackMs;
}

/** Looks in the account's list for a prompt whose answer was lost: nothing but its words and its seed tells that it is ours. */
export async function findPrompt(http: Http, sent: SentRequest, options: CallOptions): Promise<Found> {
  const { value: prompts, serverNow } = await http.get('/prompts', timed(http, PromptList, false), {
    ...options,
    query: { limit: looked },
    explain: explainRefusal,
  });
  const now = Date.now();
  const sentAt = sent.sentAt + (serverNow === null ? 0 : serverNow - now);
  const found = prompts.find((prompt) => isIt(prompt, sent, sentAt));
  if (found) return { state: 'found', task: taskOf(found, sent) };
  const isListed = serverNow !== null && now - sent.sentAt > surelyListedAfterMs && isComplete(prompts, sentAt);
  return { state: isListed ? 'absent' : 'unsure' };
}
