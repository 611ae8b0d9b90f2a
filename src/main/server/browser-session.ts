import { randomBytes, timingSafeEqual } from 'node:crypto';
import { signedOutPage } from './signed-out-page.ts';

export interface BrowserSession {
  /** For programs: `Authorization: Bearer <token>`, as long as this server runs. */
  readonly token: string;
  /** Opens the interface in one browser, once. */
  link(): string;
  /** Null lets a request pass; anything else is the answer to it. */
  guard(request: Request): Response | null;
}

const cookieLife = 'Path=/; HttpOnly; SameSite=Strict';

/**
 * Who may come in over loopback: a browser that followed the one-time link (a cookie remembers it) or a program with the
 * token. Every request must name this server as its Host, and a page elsewhere must not be its Origin.
 */
export function createBrowserSession(port: number): BrowserSession {
  const token = randomBytes(32).toString('base64url');
  // A link stands in the browser's history and in the list of processes, so it must not hold what opens every door.
  const ticket = randomBytes(32).toString('base64url');
  const cookieValue = randomBytes(32).toString('base64url');
  // Cookies are shared between the ports of a host.
  const cookieName = `easel-${port}`;
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]);
  const origins = new Set([...hosts].map((host) => `http://${host}`));
  let isLinkUsed = false;

  const isSignedIn = (request: Request): boolean => {
    const cookies = (request.headers.get('cookie') ?? '').split(/;\s*/);
    const cookie = cookies.find((text) => text.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1);
    const bearer = /^Bearer (.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
    return isSame(cookie, cookieValue) || isSame(bearer, token);
  };

  return {
    token,
    link: () => `http://127.0.0.1:${port}/?token=${ticket}`,
    guard: (request) => {
      const url = new URL(request.url);
      if (!hosts.has(request.headers.get('host') ?? '')) return refuse(403, 'This address is not known here.');
      const origin = request.headers.get('origin');
      if (origin !== null && !origins.has(origin)) return refuse(403, 'Pages of other sites must not talk to Easel.');
      if (
        request.headers.get('sec-fetch-site') === 'cross-site' &&
        request.headers.get('sec-fetch-mode') !== 'navigate'
      ) {
        return refuse(403, 'Pages of other sites must not talk to Easel.');
      }
      if (isSignedIn(request)) {
        return url.pathname === '/' && url.searchParams.has('token') ? redirectHome({}) : null;
      }
      // A look at the link, as some programs take before they open it, must not use it up.
      if (
        request.method === 'GET' &&
        url.pathname === '/' &&
        !isLinkUsed &&
        (isSame(url.searchParams.get('token'), ticket) || isSame(url.searchParams.get('token'), token))
      ) {
        isLinkUsed = true;
        return redirectHome({ 'set-cookie': `${cookieName}=${cookieValue}; ${cookieLife}` });
      }
      return notSignedIn(request);
    },
  };
}

function redirectHome(headers: Record<string, string>): Response {
  return new Response(null, { status: 303, headers: { location: '/', 'cache-control': 'no-store', ...headers } });
}

function notSignedIn(request: Request): Response {
  if (request.headers.get('accept')?.includes('text/html')) {
    return signedOutPage(new URL(request.url).searchParams.has('token'));
  }
  const message =
    'This browser is not signed in. Open the link that `easel serve` printed; each link works once, and starting it again prints a new one.';
  return refuse(401, message);
}

function refuse(status: 401 | 403, message: string): Response {
  return Response.json(
    { code: status === 401 ? 'notSignedIn' : 'forbidden', message },
    { status, headers: { 'cache-control': 'no-store' } },
  );
}

function isSame(given: string | null | undefined, secret: string): boolean {
  if (!given) return false;
  const [left, right] = [Buffer.from(given), Buffer.from(secret)];
  return left.length === right.length && timingSafeEqual(left, right);
}
