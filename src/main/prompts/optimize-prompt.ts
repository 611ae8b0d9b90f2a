import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { OllamaModel, OllamaSettings } from '../../shared/models/ollama.ts';
import type { OptimizedPrompt } from '../../shared/models/assistants.ts';
import { compressPrompt } from '../../shared/prompt-text/compress-prompt.ts';
import { conceptsKept, keyConcepts } from '../../shared/prompt-text/key-concepts.ts';
import type { Log } from '../log.ts';
import type { ChatDeadlines } from '../ollama/chat.ts';
import type { Ollama } from '../ollama/ollama.ts';
import { askModel, type Attempt } from './ask-model.ts';
import { markPrompt, type MarkedPrompt } from './markers.ts';
import { createGate } from './ollama-gate.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { wordsVersion } from './optimizer-words.ts';

export interface OptimizeWish {
  readonly prompt: string;
  /** Characters the result may have at most. */
  readonly limit: number;
  /** Terms that must survive word for word, beside tags, weights, quotes and the like. */
  readonly locked?: readonly string[];
  readonly signal?: AbortSignal | undefined;
  /** Told the text as the model writes it, piece by piece. */
  readonly onText?: ((piece: string) => void) | undefined;
  /** Told that what was written so far is dropped, and why. */
  readonly onAgain?: ((reason: string) => void) | undefined;
}

export interface Optimizer {
  /** Never fails: what Ollama can't do, rules do. Rejects only with the reason of its signal. */
  optimize(wish: OptimizeWish): Promise<OptimizedPrompt>;
}

export interface OptimizerOptions {
  readonly ollama: Pick<Ollama, 'status' | 'models' | 'chat'>;
  readonly settings: () => OllamaSettings;
  readonly now: () => number;
  readonly log: Log;
  /** Called, and waited for, before a model is loaded. */
  readonly beforeLoading?: () => Promise<void>;
  /** In place of the usual ones. */
  readonly deadlines?: Partial<ChatDeadlines>;
  /** The same: a failure that took longer than this is not waited for again and again. */
  readonly slowMs?: number;
}

/** Until the first piece of an answer; loading 13 GB from a slow disk takes more than a minute. */
export const usualDeadlines = { loadedMs: 20_000, coldMs: 120_000 } as const;
const cachedPrompts = 128;
const usualSlowMs = 10_000;
/** So long a model that kept a prompt waiting in vain is asked by those only who watch: a queue of jobs must not wait for it one by one. */
const restMs = 300_000;
/** Models count characters badly: they are asked for less than they may write. */
const askedShare = 0.87;
/** With less room than this share of the limit beside the parts that stay, there is nothing for a model to decide. */
const leastRoom = 0.25;

/** Shortens prompts with a model of Ollama, and with rules where that can't be or its answer can't be taken. */
export function createOptimizer(options: OptimizerOptions): Optimizer {
  const { ollama, settings, now, log, slowMs = usualSlowMs } = options;
  const gate = createGate({ ollama, settings, now });
  const cache = new LRUCache<string, OptimizedPrompt>({ max: cachedPrompts });
  const inTurn = oneAtATime();
  let rest = { model: '', until: 0, reason: '' };

  const deadlines = (): ChatDeadlines => ({
    ...usualDeadlines,
    answerMs: settings().seconds * 1000,
    ...options.deadlines,
  });

  /** By the model; a text is the reason why not. */
  const byModel = async (wish: OptimizeWish, startedAt: number): Promise<OptimizedPrompt | Failure> => {
    if (!settings().use) return failure('Shortening by Ollama is turned off (Providers, Ollama).');
    const answer = await gate.ask('write');
    wish.signal?.throwIfAborted();
    if (answer.model === null) return failure(answer.reason);
    const { model, version } = answer;
    const key = keyOf(wish, model);
    const known = cache.get(key);
    if (known) return { ...known, ms: now() - startedAt };
    const marked = markPrompt(wish.prompt, wish.locked ?? []);
    const room = marked === null ? 0 : roomIn(marked, wish.limit);
    if (marked === null || room < wish.limit * leastRoom) {
      return failure('Most of this prompt has to stay word for word, which leaves a model nothing to shorten.', model);
    }
    if (!wish.onText && rest.model === model.name && now() < rest.until) {
      return failure(`${rest.reason} It is left alone for some minutes.`, model);
    }
    const concepts = keyConcepts(wish.prompt);
    const askedAt = now();
    const { onText, onAgain, signal } = wish;
    const outcome = await askModel({
      ollama,
      model,
      version,
      marked,
      concepts,
      inputLength: wish.prompt.length,
      limit: wish.limit,
      askedLimit: Math.floor(room * askedShare) + markersLength(marked),
      trim: (text) => compressPrompt(text, { limit: wish.limit, locked: wish.locked ?? [] }),
      deadlines: deadlines(),
      now,
      signal,
      onText,
      onAgain,
      beforeLoading: options.beforeLoading,
    });
    if (outcome.text === null) {
      // It may have gone away.
      if (outcome.hasFailed) gate.forget();
      if (outcome.hasFailed && now() - askedAt >= slowMs) {
        rest = { model: model.name, until: now() + restMs, reason: outcome.reason };
      }
      return { ...failure(outcome.reason, model), attempts: outcome.attempts };
    }
    const result: OptimizedPrompt = {
      text: outcome.text,
      by: 'ollama',
      model: model.name,
      digest: model.digest,
      ms: now() - startedAt,
      reason: null,
      conceptsKept: outcome.share,
      attempts: outcome.attempts,
    };
    cache.set(key, result);
    rest.until = 0;
    return result;
  };

  const optimize = async (wish: OptimizeWish): Promise<OptimizedPrompt> => {
    const { prompt, limit, signal } = wish;
    const startedAt = now();
    const usual = { model: null, digest: null, ms: 0, attempts: 0 } as const;
    if (prompt.length <= limit) return { ...usual, text: prompt, by: 'none', reason: null, conceptsKept: 1 };
    const outcome = await inTurn(() => byModel(wish, startedAt), signal).catch((error: unknown): Failure => {
      signal?.throwIfAborted();
      log.error('shortening a prompt with Ollama failed', error);
      return failure('Something went wrong inside Easel; the log has the details.');
    });
    const result = 'text' in outcome ? outcome : byRules(wish, outcome, startedAt);
    const { by, model, ms, attempts, conceptsKept: share } = result;
    log.info('shortened a prompt', { by, model, ms, attempts, from: prompt.length, to: result.text.length, share });
    return result;
  };

  const byRules = (
    { prompt, limit, locked = [] }: OptimizeWish,
    { reason, attempts }: Failure,
    startedAt: number,
  ): OptimizedPrompt => {
    const text = compressPrompt(prompt, { limit, locked });
    const { share } = conceptsKept(keyConcepts(prompt), text);
    return {
      text,
      by: 'local',
      model: null,
      digest: null,
      ms: now() - startedAt,
      reason,
      conceptsKept: share,
      attempts,
    };
  };

  return { optimize };
}

interface Failure {
  readonly reason: string;
  readonly attempts: Attempt['attempts'];
}

function failure(reason: string, model?: OllamaModel): Failure {
  return { reason: model && !reason.includes(model.name) ? `${model.name}: ${reason}` : reason, attempts: 0 };
}

function markersLength({ parts, marker }: MarkedPrompt): number {
  return parts.reduce((sum, _, index) => sum + marker(index + 1).length, 0);
}

/** Characters left for what a model may word anew, with a comma and a blank behind each part. */
function roomIn({ parts }: MarkedPrompt, limit: number): number {
  return limit - parts.reduce((sum, part) => sum + part.length + 2, 0);
}

function keyOf({ prompt, limit, locked = [] }: OptimizeWish, { name, digest }: OllamaModel): string {
  return hash('sha256', JSON.stringify([prompt, limit, locked, name, digest, wordsVersion]));
}
