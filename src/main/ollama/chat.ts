import type { Dispatcher } from 'undici';
import type { ChatRequest } from 'ollama/browser';
import { AppError } from '../../shared/errors.ts';
import { ChatLine, read } from './answers.ts';
import { openClient } from './one-client.ts';
import { problemOfFailure } from './ollama-problem.ts';

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
  /** Base64. */
  readonly images?: readonly string[];
}

/** All in milliseconds. */
export interface ChatDeadlines {
  /** Until the first piece, where the model is in memory. */
  readonly loadedMs: number;
  /** The same where it has to be loaded first. */
  readonly coldMs: number;
  /** From the first piece to the last. */
  readonly answerMs: number;
}

export interface ChatWish {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  /** A JSON schema that the answer has to follow. Not every model keeps to it. */
  readonly format?: object;
  readonly think?: 'low' | false;
  readonly options?: ChatRequest['options'];
  readonly signal?: AbortSignal;
  readonly deadlines: ChatDeadlines;
  /** Characters of text; a model that writes more is stopped. */
  readonly mostCharacters: number;
  /** Called, and waited for, before a model is loaded that is not in memory. */
  readonly beforeLoading?: () => Promise<void>;
}

/** What an answer took. Durations are milliseconds. */
interface ChatStats {
  readonly loadMs: number;
  readonly totalMs: number;
  readonly promptTokens: number;
  readonly answerTokens: number;
}

/** `end` comes last; its reason is `stop` where the model had said all it wanted, `length` where it was cut off. */
export type ChatPiece =
  | { readonly kind: 'thinking' | 'text'; readonly text: string }
  | { readonly kind: 'end'; readonly reason: string; readonly stats: ChatStats };

/**
 * One streamed answer. Stops the model, by closing the connection, when the signal or a deadline says so and when the caller leaves
 * the loop. Throws AppError, or the signal's reason.
 */
export async function* streamChat(
  wish: ChatWish,
  place: {
    readonly url: string;
    readonly dispatcher: Dispatcher;
    readonly firstPieceMs: number;
    readonly keepAliveMinutes: number;
  },
): AsyncGenerator<ChatPiece, void, void> {
  const { model, messages, format, think, options, deadlines, mostCharacters } = wish;
  const stop = new AbortController();
  const giveUp = (message: string): void => {
    stop.abort(new AppError('timeout', message));
  };
  const seconds = (ms: number): string => `${Math.max(1, Math.round(ms / 1000))} s`;
  let timer = setTimeout(() => {
    giveUp(`Ollama did not begin to answer within ${seconds(place.firstPieceMs)}.`);
  }, place.firstPieceMs);
  const signal = wish.signal ? AbortSignal.any([wish.signal, stop.signal]) : stop.signal;
  const client = openClient({ url: place.url, dispatcher: place.dispatcher, signal, model });
  let stream: Awaited<ReturnType<typeof client.chat>> | null = null;
  try {
    const answer = await client.chat({
      model,
      messages: messages.map(({ images, ...message }) => ({ ...message, ...(images ? { images: [...images] } : {}) })),
      stream: true,
      ...(format ? { format } : {}),
      ...(think === undefined ? {} : { think }),
      keep_alive: `${place.keepAliveMinutes}m`,
      // Rather an error than an answer to half of the question. Not in the client's types; it passes what it is given.
      ...({ truncate: false } as object),
      ...(options ? { options } : {}),
    });
    stream = answer as never;
    let characters = 0;
    let isFirst = true;
    for await (const line of answer) {
      if (isFirst) {
        isFirst = false;
        clearTimeout(timer);
        timer = setTimeout(() => {
          giveUp(`Ollama did not finish its answer within ${seconds(deadlines.answerMs)}.`);
        }, deadlines.answerMs);
      }
      const answered = read(ChatLine, line);
      const { message } = answered;
      if (message?.thinking) yield { kind: 'thinking', text: message.thinking };
      if (message?.content) {
        characters += message.content.length;
        if (characters > mostCharacters) throw new AppError('server', 'Ollama wrote far more than it was asked for.');
        yield { kind: 'text', text: message.content };
      }
      if (answered.done) yield { kind: 'end', reason: answered.done_reason ?? 'stop', stats: statsOf(answered) };
    }
  } catch (error) {
    signal.throwIfAborted();
    throw problemOfFailure(error, place.url);
  } finally {
    clearTimeout(timer);
    // Leaving the loop alone would let the model write on.
    (stream as { abort(): void } | null)?.abort();
  }
}

function statsOf(numbers: ChatLine): ChatStats {
  const milliseconds = (nanoseconds: number | null | undefined): number => Math.round((nanoseconds ?? 0) / 1e6);
  return {
    loadMs: milliseconds(numbers.load_duration),
    totalMs: milliseconds(numbers.total_duration),
    promptTokens: numbers.prompt_eval_count ?? 0,
    answerTokens: numbers.eval_count ?? 0,
  };
}
