import { ProviderError } from './provider.ts';

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
}

const unreachable = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL']);
const slow = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT']);

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

/** What a request that got no whole answer means. `signal` is the caller's: only its abort counts as cancelled. */
export function failureOfConnection(error: unknown, peer: Peer, signal: AbortSignal): ProviderError {
  if (error instanceof ProviderError) return error;
  if (signal.aborted) return new ProviderError('cancelled', 'This was stopped.', { cause: error });
  const code = codeOf(error);
  const isTimeout = error instanceof Error && error.name === 'TimeoutError';
  if (unreachable.has(code)) {
    return new ProviderError('network', `Nothing answers at ${peer.address}. ${peer.remedy}`, { cause: error });
  }
  if (code === 'UND_ERR_CONNECT_TIMEOUT') {
    return new ProviderError('timeout', `${peer.address} can't be reached in time. ${peer.remedy}`, { cause: error });
  }
  if (isTimeout || slow.has(code)) {
    return new ProviderError(
      'timeout',
      `${peer.name} at ${peer.address} took too long to answer. It may be busy or stuck.`,
      {
        cause: error,
      },
    );
  }
  if (error instanceof Error && error.name === 'HTTPParserError') return somethingElse(peer, error);
  if (/CERT|TLS|SSL/.test(code)) {
    const message = `No secure connection to ${peer.address} is possible (${code}). Check whether the address begins with http or https.`;
    return new ProviderError('network', message, { cause: error });
  }
  const message = `The connection to ${peer.name} at ${peer.address} broke. Check that it is still running.`;
  return new ProviderError('network', message, { cause: error });
}

/** Whether the request surely never left: then nothing can have happened at the service. */
export function isUnsent(error: unknown): boolean {
  const code = error instanceof ProviderError ? codeOf(error.cause) : '';
  return unreachable.has(code) || code === 'UND_ERR_CONNECT_TIMEOUT';
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

function retryAfterOf(header: string | null, now: number): number | null {
  if (header === null) return null;
  const milliseconds = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : null;
}

/** What a status other than 2xx means where the adapter doesn't say otherwise. */
export function failureOfStatus(refusal: Refusal, peer: Peer, retryAfter: string | null): ProviderError {
  const { status } = refusal;
  const more = { providerText: quoteOf(refusal.text), retryAfterMs: retryAfterOf(retryAfter, Date.now()) };
  if (status >= 300 && status < 400) {
    const message = `${peer.address} redirects elsewhere. Enter the address it leads to.`;
    return new ProviderError('server', message, more);
  }
  switch (status) {
    case 401:
    case 403:
      return new ProviderError('auth', `${peer.name} at ${peer.address} refuses access (${status}).`, more);
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
