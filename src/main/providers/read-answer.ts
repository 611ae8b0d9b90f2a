import { failureOfConnection, failureOfStatus, lostAnswer, somethingElse, type Peer } from './http-failures.ts';
import type { AskOptions, Read } from './http-types.ts';
import { parseJson } from './parse-json.ts';
import { ProviderError } from './provider.ts';
import type { Received } from './send-request.ts';

/** Who answered, and whether it was asked to do paid work. */
interface Answering {
  readonly peer: Peer;
  readonly isPaid: boolean;
}

/** Takes what is needed out of an answer. Throws ProviderError for a refusal that was not expected, and for what can't be read. */
export function readAnswer<T>(received: Received, read: Read<T>, options: AskOptions, answering: Answering): T {
  const { peer, isPaid } = answering;
  const isSuccess = received.status >= 200 && received.status < 300;
  if (!isSuccess && !options.alsoAccept?.includes(received.status)) {
    throw failureOfAnswer(received, options.explain, answering);
  }
  const isEmpty = received.bytes.length === 0;
  const isJson = contentTypeOf(received).includes('json');
  if (typeof read === 'function') {
    const answer = { ...received, json: () => (isEmpty ? null : jsonOf(received, answering)) };
    if (!isPaid) return read(answer);
    try {
      return read(answer);
    } catch (error) {
      // What can't be read may still have been made.
      const isVague = error instanceof ProviderError ? error.code === 'server' && !error.isFinal : true;
      throw isVague ? lostAnswer(peer, failureOfConnection(error, peer, options.signal)) : error;
    }
  }
  if (!isJson && isSuccess && !isEmpty) throw garbled(answering);
  const parsed = read.safeParse(isJson && !isEmpty ? jsonOf(received, answering) : null);
  if (!parsed.success) throw garbled(answering, parsed.error);
  return parsed.data;
}

/** What an answer that says no means: what `explain` knows, else the common table. */
export function failureOfAnswer(
  received: Received,
  explain: AskOptions['explain'],
  { peer, isPaid }: Answering,
): ProviderError {
  const text = received.bytes.toString('utf8');
  let json: unknown = null;
  if (contentTypeOf(received).includes('json')) {
    try {
      json = parseJson(received.bytes);
    } catch {
      json = null;
    }
  }
  const refusal = { status: received.status, json, text, header: received.header };
  return explain?.(refusal) ?? failureOfStatus(refusal, peer, { isPaid, wasSent: true });
}

export function contentTypeOf({ header }: Received): string {
  return header('content-type') ?? '';
}

function jsonOf({ bytes }: Received, answering: Answering): unknown {
  try {
    return parseJson(bytes);
  } catch (error) {
    throw garbled(answering, error);
  }
}

function garbled({ peer, isPaid }: Answering, cause?: unknown): ProviderError {
  return isPaid ? lostAnswer(peer, somethingElse(peer, cause)) : somethingElse(peer, cause);
}
