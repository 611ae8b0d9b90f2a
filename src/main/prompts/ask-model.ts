import { AppError } from '../../shared/errors.ts';
import type { OllamaModel } from '../../shared/models/ollama.ts';
import type { ChatDeadlines, ChatMessage } from '../ollama/chat.ts';
import { leastThinking, takesSchema } from '../ollama/model-names.ts';
import type { Ollama } from '../ollama/ollama.ts';
import { checkShortened } from './check-answer.ts';
import type { MarkedPrompt } from './markers.ts';
import { answerSchema, askAgain, askToShorten } from './optimizer-words.ts';
import { promptSoFar, readAnswer } from './read-answer.ts';

export interface Question {
  readonly ollama: Pick<Ollama, 'chat'>;
  readonly model: OllamaModel;
  readonly version: string | null;
  readonly marked: MarkedPrompt;
  readonly concepts: readonly string[];
  readonly inputLength: number;
  readonly limit: number;
  /** What the model is told. */
  readonly askedLimit: number;
  /** For an answer that is only slightly too long. */
  readonly trim: (text: string) => string;
  readonly deadlines: ChatDeadlines;
  readonly now: () => number;
  readonly signal: AbortSignal | undefined;
  readonly onText: ((piece: string) => void) | undefined;
  readonly onAgain: ((reason: string) => void) | undefined;
  readonly beforeLoading: (() => Promise<void>) | undefined;
}

/** `hasFailed`: not the answer was wrong, but none came. */
export type Attempt = { readonly attempts: number } & (
  | { readonly text: string; readonly share: number }
  | { readonly text: null; readonly reason: string; readonly hasFailed: boolean }
);

/** Holds the longest input with its thoughts and answer. Always the same, or programs that share a model keep reloading it. */
const contextTokens = 8192;
/** Beside the answer itself, for thoughts. */
const thinkingTokens = 2000;
const charactersPerToken = 3;
const mostTries = 2;
/** An answer that is longer by no more than this is cut at a comma instead of being asked for again. */
const slightlyLonger = 1.15;
/** With less of the time left, a second try is not worth beginning. */
const leastTimeLeft = 0.2;

/** Asks, checks the answer, and once more with what was wrong with it. Rejects with the reason of the signal only. */
export async function askModel(question: Question): Promise<Attempt> {
  const { signal, deadlines, onAgain } = question;
  const { marked, concepts, askedLimit: limit } = question;
  const exampleMarker = marked.marker(1);
  let messages = askToShorten({ text: marked.text, concepts, limit, exampleMarker });
  let left = deadlines.answerMs;
  for (let attempts = 1; attempts <= mostTries; attempts += 1) {
    let problem: string;
    try {
      const { content, reason, writingMs } = await hear(question, messages, attempts, left);
      const verdict = judge(question, content, reason);
      if (verdict.problem === null) return { attempts, text: verdict.text, share: verdict.share };
      problem = verdict.problem;
      left -= writingMs;
    } catch (error) {
      signal?.throwIfAborted();
      return { attempts, text: null, reason: reasonOf(error), hasFailed: true };
    }
    if (attempts === mostTries || left < deadlines.answerMs * leastTimeLeft) {
      return { attempts, text: null, reason: `Ollama's answer ${problem}.`, hasFailed: false };
    }
    onAgain?.(`Ollama's answer ${problem}.`);
    messages = askAgain(messages.slice(0, 2), problem, limit);
  }
  throw new Error('the tries are counted above');
}

/** One answer, told as it comes. */
async function hear(
  question: Question,
  messages: readonly ChatMessage[],
  attempt: number,
  answerMs: number,
): Promise<{ content: string; reason: string; writingMs: number }> {
  const { ollama, model, version, marked, now, signal, onText, deadlines, limit, beforeLoading } = question;
  const think = leastThinking(model.name, model.abilities);
  let content = '';
  let shown = 0;
  let reason = '';
  let firstAt: number | null = null;
  for await (const piece of ollama.chat({
    model: model.name,
    messages,
    ...(takesSchema(model.name, version) ? { format: answerSchema } : {}),
    ...(think === null ? {} : { think }),
    options: {
      temperature: attempt === 1 ? 0.2 : 0,
      top_p: 0.9,
      seed: 7,
      num_ctx: contextTokens,
      num_predict: Math.ceil(limit / charactersPerToken) + thinkingTokens,
    },
    ...(signal ? { signal } : {}),
    deadlines: { ...deadlines, answerMs },
    mostCharacters: limit * 2 + 500,
    ...(beforeLoading ? { beforeLoading } : {}),
  })) {
    firstAt ??= now();
    if (piece.kind === 'end') reason = piece.reason;
    if (piece.kind !== 'text') continue;
    content += piece.text;
    if (!onText) continue;
    const soFar = marked.restoreSoFar(promptSoFar(content));
    if (soFar.length > shown) onText(soFar.slice(shown));
    shown = Math.max(shown, soFar.length);
  }
  return { content, reason, writingMs: firstAt === null ? 0 : now() - firstAt };
}

function judge(
  { marked, limit, concepts, inputLength, trim }: Question,
  content: string,
  reason: string,
): { problem: null; text: string; share: number } | { problem: string } {
  if (reason !== 'stop') return { problem: 'was cut off before its end' };
  if (content.trim() === '') return { problem: 'was empty' };
  const answer = readAnswer(content);
  if (answer === null) return { problem: 'was not the JSON object that was asked for' };
  const restored = answer === '' ? '' : marked.restore(answer);
  const isSlightlyLonger = restored.length > limit && restored.length <= limit * slightlyLonger;
  const text = isSlightlyLonger ? trim(restored) : restored;
  const { problem, share } = checkShortened(text, { limit, concepts, inputLength });
  return problem === null ? { problem, text, share } : { problem };
}

/** What a failure of Ollama means to a reader who has a prompt all the same. */
function reasonOf(error: unknown): string {
  return error instanceof AppError ? error.message : 'Ollama could not be used.';
}
