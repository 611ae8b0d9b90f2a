import type { Http } from '../http-types.ts';
import type { CallOptions, Found, SentRequest } from '../provider.ts';
import { PromptList, type Prompt } from './answers.ts';
import { explainRefusal } from './explain-failure.ts';
import { modelUseOf, seedOf, upscaleWords } from './prompt-body.ts';
import { timed } from './server-time.ts';
import { taskOf } from './task.ts';

const looked = 20;
/** The service's time is told in whole seconds, and its answer was some time on the way. */
const slackMs = 5_000;

const timeOf = (prompt: Prompt): number => Date.parse(prompt.created_at ?? '');

function isIt(prompt: Prompt, sent: SentRequest, sentAt: number): boolean {
  const { host, upscales } = modelUseOf(sent.model);
  const text = (prompt.text ?? '').trim();
  const isText = upscales ? text === upscaleWords : text.endsWith(sent.prompt.trim());
  const isSeed = sent.seed === null || prompt.seed === seedOf(sent.seed);
  const isTune = prompt.tune_id === null || prompt.tune_id === host;
  const isCount = prompt.num_images === null || prompt.num_images === sent.count;
  return isText && isSeed && isTune && isCount && !(timeOf(prompt) < sentAt - slackMs);
}

/**
 * Looks in the account's list for a prompt whose answer was lost: nothing but its words, its seed and its time tell that it is ours,
 * so that two alike are not told apart. What is not there is never surely absent: how the list is ordered, and when it has what the
 * gateway gave up, Astria does not say.
 */
export async function findPrompt(http: Http, sent: SentRequest, options: CallOptions): Promise<Found> {
  const { value: prompts, serverNow } = await http.get('/prompts', timed(http, PromptList, false), {
    ...options,
    query: { limit: looked },
    explain: explainRefusal,
  });
  if (serverNow === null) return { state: 'unsure' };
  const sentAt = sent.sentAt + (serverNow - Date.now());
  const [only, ...more] = prompts.filter((prompt) => isIt(prompt, sent, sentAt));
  // One without a time may be from any.
  const isSure = only !== undefined && more.length === 0 && !Number.isNaN(timeOf(only));
  if (!isSure) return { state: 'unsure' };
  return { state: 'found', task: taskOf(only, modelUseOf(sent.model).upscales ? { ...sent, seed: null } : sent) };
}
