import { Ollama } from 'ollama/browser';
import { fetch as fetchWith, type Dispatcher, type RequestInit } from 'undici';
import { problemOfFailure, problemOfStatus } from './ollama-problem.ts';

/** Of answers that come in one piece. A list of a thousand models has about 400 kB. */
const largestAnswer = 10_000_000;

/**
 * The official client for a single call, which ends with `signal`: its own `abort` does not reach calls without a stream. No
 * redirect is followed. Statuses other than 2xx, web pages and failures of the network are thrown as AppError, since the client
 * would print them; an aborted call rejects with the signal's reason.
 */
export function openClient(options: {
  url: string;
  dispatcher: Dispatcher;
  signal: AbortSignal;
  /** What the call is about, for the words of its failure. */
  model?: string;
}): Ollama {
  const { url, dispatcher, signal, model = null } = options;
  const ask = async (address: string, init: RequestInit = {}): Promise<unknown> => {
    const signals = init.signal ? [init.signal, signal] : [signal];
    try {
      const answer = await fetchWith(address, {
        ...init,
        signal: AbortSignal.any(signals),
        redirect: 'error',
        dispatcher,
      });
      const type = answer.headers.get('content-type') ?? '';
      if (answer.ok && type.includes('ndjson')) return answer;
      const text = await readText(answer.body as AsyncIterable<Uint8Array> | null);
      if (!answer.ok) throw problemOfStatus(answer.status, wordsOf(text), url, model);
      if (text !== '' && !type.includes('json')) throw problemOfStatus(404, '', url, null);
      return new Response(text, { status: answer.status, headers: { 'content-type': type } });
    } catch (error) {
      signal.throwIfAborted();
      throw problemOfFailure(error, url);
    }
  };
  return new Ollama({ host: url, fetch: ask as unknown as typeof fetch });
}

async function readText(body: AsyncIterable<Uint8Array> | null): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body ?? []) {
    length += part.length;
    if (length > largestAnswer) throw new TypeError('an answer without end');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** `{"error":"text"}`, or whatever stands there. */
function wordsOf(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && 'error' in value) return String(value.error);
  } catch {
    // Then it is plain text.
  }
  return text.trimStart().startsWith('<') ? '' : text.trim();
}
