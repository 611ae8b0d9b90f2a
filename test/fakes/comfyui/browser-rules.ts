import type { IncomingHttpHeaders } from 'node:http';

const isLoopback = (host: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/.test(host);

/** Whether the server's rules against other people's pages let this request through. */
export function passesBrowserRules(headers: IncomingHttpHeaders, secFetchRule: boolean): boolean {
  if (secFetchRule && headers['sec-fetch-site'] === 'cross-site') return false;
  const { origin, host } = headers;
  if (origin === undefined || host === undefined || !isLoopback(host)) return true;
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/]+)/i.exec(origin)?.[1];
  return authority === undefined || authority === host;
}
