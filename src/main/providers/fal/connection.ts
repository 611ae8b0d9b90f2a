import { createHttp } from '../http.ts';
import type { Http } from '../http-types.ts';
import { isLoopbackHost, isPublicAddress } from '../public-address.ts';
import { ProviderError } from '../provider.ts';
import { manifest } from './manifest.ts';

const name = 'fal';
const remedy = 'Check the internet connection, or try again later.';
const uploadTimeoutMs = 300_000;

/** fal's queue, with the way to its other hosts. */
export interface Connection {
  readonly http: Http;
  /** What stands before the paths of uploads and of the platform: another host, or nothing where all is below one address. */
  readonly storage: string;
  readonly platform: string;
  /** An address of the queue as it is asked; null for one that isn't fal's. */
  ownUrl(url: string | null | undefined): string | null;
  /** Opens the place to which a file is to be put: it gets no key. */
  openStorage(url: string): { http: Http; path: string; query: string };
}

export function connect({ url, apiKey }: { url: string; apiKey: string }): Connection {
  const base = URL.canParse(url) ? new URL(url) : null;
  const usual = new URL(manifest.defaultUrls[0] ?? url);
  const isUsual = base?.origin === usual.origin;
  const http = createHttp({
    baseUrl: url,
    name,
    remedy,
    // Keys are pasted with the end of their line; fal then knows nobody of that name.
    headers: { authorization: `Key ${apiKey.trim()}` },
    secrets: [apiKey.trim()],
    ...(isUsual ? { alsoTrusted: ['rest.fal.ai', 'api.fal.ai'] } : {}),
  });
  const isOnThisMachine = base !== null && isLoopbackHost(base.hostname);
  return {
    http,
    storage: isUsual ? 'https://rest.fal.ai' : '',
    platform: isUsual ? 'https://api.fal.ai/v1' : '/v1',
    ownUrl: (text) => {
      const other = text && URL.canParse(text) ? new URL(text) : null;
      return other && other.origin === base?.origin ? `${other.origin}${other.pathname}` : null;
    },
    openStorage: (text) => {
      const place = URL.canParse(text) ? new URL(text) : null;
      if (!place || !(isOnThisMachine || isPublicPlace(place))) {
        throw new ProviderError('server', 'fal named an address for an upload that Easel does not send to.', {
          providerText: place === null ? null : `${place.protocol}//${place.host}`,
        });
      }
      const options = { baseUrl: place.origin, name, remedy, headersTimeoutMs: uploadTimeoutMs, connections: 1 };
      return { http: createHttp(options), path: place.pathname, query: place.search };
    },
  };
}

function isPublicPlace({ protocol, hostname, username }: URL): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  const isAddress = /^[\d.]+$|:/.test(host);
  return protocol === 'https:' && username === '' && !isLoopbackHost(host) && (!isAddress || isPublicAddress(host));
}
