import type { Dispatcher } from 'undici';
import { AppError } from '../../shared/errors.ts';
import { PullLine, read } from './answers.ts';
import { openClient } from './one-client.ts';
import { problemOfFailure } from './ollama-problem.ts';

export interface PullProgress {
  /** Ollama's own words: `pulling manifest`, `verifying sha256 digest`, `success`. */
  readonly status: string;
  /** Of all layers that have begun; never falls. */
  readonly completedBytes: number;
  /** Of all layers that are known so far; null before the first one. Grows as they become known. */
  readonly totalBytes: number | null;
}

/**
 * Brings a model. Aborting pauses it: what has come is kept by Ollama, and the next pull goes on from there. Throws AppError, or
 * the signal's reason.
 */
export async function* pullModel(
  name: string,
  { url, dispatcher, signal }: { url: string; dispatcher: Dispatcher; signal: AbortSignal },
): AsyncGenerator<PullProgress, void, void> {
  const layers = new Map<string, { total: number; completed: number }>();
  const sum = (of: 'total' | 'completed'): number => [...layers.values()].reduce((all, layer) => all + layer[of], 0);
  let stop = (): void => undefined;
  let most = 0;
  try {
    const answer = await openClient({ url, dispatcher, signal, model: name }).pull({ model: name, stream: true });
    stop = () => {
      answer.abort();
    };
    for await (const line of answer) {
      const { status, digest, total, completed } = read(PullLine, line);
      if (digest) {
        const before = layers.get(digest) ?? { total: 0, completed: 0 };
        layers.set(digest, {
          total: Math.max(before.total, total ?? 0),
          completed: Math.max(before.completed, completed ?? 0),
        });
      }
      most = Math.max(most, sum('completed'));
      yield { status, completedBytes: most, totalBytes: layers.size === 0 ? null : sum('total') };
    }
  } catch (error) {
    signal.throwIfAborted();
    throw asPullProblem(error, name, url);
  } finally {
    stop();
  }
}

function asPullProblem(error: unknown, name: string, url: string): AppError {
  const problem = problemOfFailure(error, url);
  const reason = typeof problem.details.reason === 'string' ? problem.details.reason : '';
  if (/file does not exist|manifest.*not found|invalid model name/i.test(reason)) {
    const message = `There is no model "${name}". Look up its exact name at ollama.com/library.`;
    return new AppError('unknownModel', message, { reason }, { cause: error });
  }
  if (problem.code !== 'server') return problem;
  const message = `Ollama could not get ${name}: ${reason.slice(0, 200)}. Try again; it goes on where it stopped.`;
  return new AppError('server', message, { reason }, { cause: error });
}
