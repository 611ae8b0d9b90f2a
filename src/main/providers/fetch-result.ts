import type { Dispatcher } from 'undici';
import { fileKindOf } from './file-kind.ts';
import { failureOfConnection, type Peer, type Refusal } from './http-failures.ts';
import { ProviderError, type CallOptions } from './provider.ts';
import { isLoopbackHost, isPublicAddress } from './public-address.ts';
import { failureOfAnswer } from './read-answer.ts';
import { sendRequest, type Received } from './send-request.ts';

/** The way to results that lie at addresses which a service named. */
export interface ResultSource {
  /** The service that named them. */
  readonly peer: Peer;
  /** The service is on this machine, so its results may be, too. */
  readonly isOnThisMachine: boolean;
  /** Knows no key. */
  readonly dispatcher: () => Dispatcher;
  /** In bytes. */
  readonly largest: number;
}

/**
 * A picture or video at an address that the service named: anybody's, so it is checked before it is opened, and anew for each
 * address on the way. `endsAt` is of `performance.now()`. Throws ProviderError.
 */
export function fetchResult(
  source: ResultSource,
  address: string,
  options: CallOptions & { redirects: number; endsAt: number },
): Promise<Buffer> {
  return fetchFrom(source, placeOfResult(source, address), options);
}

function placeOfResult({ peer, isOnThisMachine }: ResultSource, address: string): URL {
  const other = URL.canParse(address) ? new URL(address) : null;
  const host = other?.hostname.replace(/^\[|\]$/g, '') ?? '';
  const isAddress = /^[\d.]+$|:/.test(host);
  const mayBeAsked = isOnThisMachine
    ? other?.protocol === 'http:' || other?.protocol === 'https:'
    : other?.protocol === 'https:' && !isLoopbackHost(host) && (!isAddress || isPublicAddress(host));
  if (other && mayBeAsked && other.username === '') return other;
  throw new ProviderError('server', `${peer.name} named an address for the result that Easel does not open.`, {
    providerText: other === null ? null : `${other.protocol}//${other.host}`,
  });
}

async function fetchFrom(
  source: ResultSource,
  place: URL,
  { signal, redirects, endsAt }: CallOptions & { redirects: number; endsAt: number },
): Promise<Buffer> {
  const { peer } = source;
  let received: Received;
  try {
    const request = { origin: place.origin, path: `${place.pathname}${place.search}`, method: 'GET' } as const;
    received = await sendRequest(source.dispatcher(), request, {
      signal,
      timeoutMs: endsAt - performance.now(),
      largest: source.largest,
      serviceName: peer.name,
    });
  } catch (error) {
    throw failureOfConnection(error, { ...peer, address: place.host }, signal);
  }
  const location = received.header('location');
  if (received.status >= 300 && received.status < 400 && location !== null && redirects > 0) {
    const next = placeOfResult(source, new URL(location, place).href);
    return fetchFrom(source, next, { signal, redirects: redirects - 1, endsAt });
  }
  if (received.status < 200 || received.status >= 300) {
    throw failureOfAnswer(received, explainDownload(peer), { peer, isPaid: false });
  }
  if (fileKindOf(received.bytes) !== null) return received.bytes;
  throw new ProviderError('server', `${peer.name} promised a picture at ${place.host}, but something else is there.`);
}

/** A result that is gone is no fault of a key or a request: those were accepted long ago. */
function explainDownload(peer: Peer): (refusal: Refusal) => ProviderError | null {
  return ({ status }) =>
    status === 429 || status >= 500
      ? null
      : new ProviderError('server', `${peer.name} no longer has the result (${status}).`);
}
