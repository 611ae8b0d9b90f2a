import { ProviderError } from './provider.ts';
import { privateAddressCode } from './public-address.ts';

/** Whose connection it is, for the words of an error. `remedy` is a sentence that says what a person can do. */
export interface Peer {
  /** "ComfyUI" */
  readonly name: string;
  /** The address without credentials. */
  readonly address: string;
  readonly remedy: string;
}

/** An answer that says no, for adapters that know better than the table below what it means. */
export interface Refusal {
  readonly status: number;
  /** The body where it was JSON, else null. */
  readonly json: unknown;
  readonly text: string;
  /** By lower-case name. */
  readonly header: (name: string) => string | null;
}

/** How a request went out. `isPaid`: a lost answer may have cost money; `wasSent`: some of it has left this computer. */
export interface Sending {
  readonly isPaid: boolean;
  readonly wasSent: boolean;
}

const free: Sending = { isPaid: false, wasSent: true };

const noNetwork = new Set(['ENETUNREACH', 'ENETDOWN', 'EAI_AGAIN', 'ENOTFOUND']);
const unreachable = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'EADDRNOTAVAIL']);
const slow = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT']);

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

/** What a request that got no whole answer means. `signal` is the caller's: only its abort counts as cancelled. */
export function failureOfConnection(
  error: unknown,
  peer: Peer,
  signal: AbortSignal,
  { isPaid, wasSent }: Sending = free,
): ProviderError {
  const failure = error instanceof ProviderError ? error : namedFailure(error, peer, signal);
  return isPaid && wasSent && failure.code !== 'cancelled' ? lostAnswer(peer, failure) : failure;
}

function namedFailure(error: unknown, peer: Peer, signal: AbortSignal): ProviderError {
  const more = { cause: error };
  if (signal.aborted) return new ProviderError('cancelled', 'This was stopped.', more);
  const code = codeOf(error);
  const isTimeout = error instanceof Error && error.name === 'TimeoutError';
  if (code === privateAddressCode) {
    return new ProviderError(
      'server',
      `${peer.name} named an address inside this network. Easel does not go there.`,
      more,
    );
  }
  if (noNetwork.has(code)) {
    return new ProviderError('offline', `${peer.address} can't be found. Check that this computer is online.`, more);
  }
  if (unreachable.has(code)) {
    return new ProviderError('network', `Nothing answers at ${peer.address}. ${peer.remedy}`, more);
  }
  if (code === 'UND_ERR_CONNECT_TIMEOUT') {
    return new ProviderError('timeout', `${peer.address} can't be reached in time. ${peer.remedy}`, more);
  }
  if (isTimeout || slow.has(code)) {
    const message = `${peer.name} at ${peer.address} took too long to answer. It may be busy or stuck.`;
    return new ProviderError('timeout', message, more);
  }
  if (error instanceof Error && error.name === 'HTTPParserError') return somethingElse(peer, error);
  if (code.startsWith('Z_')) return somethingElse(peer, error);
  if (/CERT|TLS|SSL/.test(code)) {
    const message = `No secure connection to ${peer.address} is possible (${code}). Check whether the address begins with http or https.`;
    return new ProviderError('network', message, more);
  }
  return new ProviderError('network', `The connection to ${peer.name} at ${peer.address} broke. ${peer.remedy}`, more);
}

/** Whether the request surely never left: then nothing can have happened at the service. */
export function isUnsent(error: unknown): boolean {
  const code = error instanceof ProviderError ? codeOf(error.cause) : '';
  return unreachable.has(code) || noNetwork.has(code) || code === 'UND_ERR_CONNECT_TIMEOUT';
}

/** A paid request left and no answer that can be read came back: it may have been done, and charged. */
export function lostAnswer(peer: Peer, failure: ProviderError): ProviderError {
  return new ProviderError(
    'unknown_outcome',
    `The answer of ${peer.name} was lost, so this may have been charged. ${failure.message}`,
    { cause: failure.cause ?? failure, providerText: failure.providerText },
  );
}

/** Somebody answers who doesn't speak as this service does. */
export function somethingElse(peer: Peer, cause?: unknown): ProviderError {
  return new ProviderError(
    'server',
    `Something other than ${peer.name} answers at ${peer.address}. Check the address and the port.`,
    { cause },
  );
}

const longestQuote = 500;

/** The service's own words: never a web page, never very long. */
export function quoteOf(text: string): string | null {
  const quote = text.trim().slice(0, longestQuote);
  return quote === '' || quote.startsWith('<') ? null : quote;
}

/** `Retry-After` in seconds, with or without a fraction, or as a date; null for anything else. */
export function retryAfterOf(header: string | null, now: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  const milliseconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isFinite(milliseconds) ? Math.max(0, Math.round(milliseconds)) : null;
}

/**
 * A gateway that lost its own connection, gave up waiting, or points to where the result is, has passed the request on. 499 is
 * nginx's word, 520 to 524 are Cloudflare's: https://developers.cloudflare.com/support/troubleshooting/http-status-codes/.
 */
const passedOn = new Set([303, 408, 499, 502, 504, 520, 522, 524]);

/** What a status other than 2xx means where the adapter doesn't say otherwise. */
export function failureOfStatus(refusal: Refusal, peer: Peer, { isPaid }: Sending = free): ProviderError {
  const failure = refusalOf(refusal, peer);
  return isPaid && passedOn.has(refusal.status) ? lostAnswer(peer, failure) : failure;
}

function refusalOf(refusal: Refusal, peer: Peer): ProviderError {
  const { status } = refusal;
  const retryAfterMs = retryAfterOf(refusal.header('retry-after'), Date.now());
  const more = { providerText: quoteOf(refusal.text), retryAfterMs };
  if (status >= 300 && status < 400) {
    const message = `${peer.address} redirects elsewhere. Enter the address it leads to.`;
    return new ProviderError('server', message, more);
  }
  switch (status) {
    case 401:
    case 403:
      return new ProviderError('auth', `${peer.name} at ${peer.address} refuses access (${status}).`, more);
    case 402:
      return new ProviderError(
        'quota',
        `The account at ${peer.name} has no credit left for this. Top it up there.`,
        more,
      );
    case 408:
      return new ProviderError('timeout', `${peer.name} gave up waiting for the request.`, more);
    case 413:
      return new ProviderError(
        'invalid_request',
        `The image is larger than ${peer.name} takes. Use a smaller one.`,
        more,
      );
    case 429:
      return new ProviderError('rate_limit', `${peer.name} asks for a pause before the next request.`, more);
    default:
      return status >= 500
        ? new ProviderError('server', `${peer.name} at ${peer.address} reports an error of its own (${status}).`, more)
        : new ProviderError('invalid_request', `${peer.name} does not accept this request (${status}).`, more);
  }
}
