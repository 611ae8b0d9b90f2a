import { request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPlace, type Place } from '../run-easel.ts';
import { startServe, type Served } from './start-serve.ts';

let place: Place;
let served: Served;
beforeAll(async () => {
  place = newPlace();
  served = await startServe(place);
});
afterAll(async () => {
  await served.stop();
  place.remove();
});

interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/** A request as any program on this machine can make it: `fetch` sets Host, Origin and paths by its own rules. */
function raw(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<RawAnswer> {
  const { hostname, port } = new URL(served.origin);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, method, headers, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
      });
    });
    asked.on('error', reject);
    asked.end();
  });
}

const bearer = (): Record<string, string> => ({ authorization: `Bearer ${served.token}` });

describe('who is not signed in', () => {
  it.each([
    '/',
    '/rpc/system/info',
    '/images/x',
    '/inputs/x',
    '/thumbnails/x/small.webp',
    '/nowhere',
    '/colour-scheme.js',
  ])('gets nothing at %s', async (path) => {
    const answer = await raw(path);
    expect(answer.status).toBe(401);
    expect(JSON.parse(answer.text)).toMatchObject({
      code: 'notSignedIn',
      message: expect.stringContaining('easel serve') as string,
    });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('gets a page to read where a person is looking', async () => {
    const answer = await raw('/', { accept: 'text/html,application/xhtml+xml' });
    expect(answer.status).toBe(401);
    expect(answer.headers['content-type']).toMatch(/^text\/html/);
    expect(answer.headers['content-security-policy']).toContain(`default-src 'none'`);
    expect(answer.text).toContain('<code>easel serve</code>');
    expect(answer.text).not.toContain('`');
    const [, nonce = ''] = /<style nonce="([^"]+)">/.exec(answer.text) ?? [];
    expect(nonce.length).toBeGreaterThanOrEqual(22);
    expect(answer.headers['content-security-policy']).toContain(`style-src 'nonce-${nonce}'`);
    expect(answer.text).not.toMatch(/https?:|src=|href=|url\(|<script/);
  });

  it('is told of a link that opens nothing, which is not the case for who came without one', async () => {
    const accept = { accept: 'text/html' };
    expect((await raw('/?token=old', accept)).text).toContain('This link was used already');
    expect((await raw('/', accept)).text).not.toContain('This link was used already');
  });

  it.each([
    ['another token', { authorization: 'Bearer wrong' }],
    ['an empty token', { authorization: 'Bearer ' }],
    ['the token as a password', { authorization: 'Basic dG9rZW4=' }],
    ['a made-up cookie', { cookie: 'easel-4747=abc; easel=1' }],
  ])('is not helped by %s', async (_, headers) => {
    expect((await raw('/rpc/system/info', headers as unknown as Record<string, string>)).status).toBe(401);
  });
});

describe('the one-time link', () => {
  it('signs one browser in, once, with a cookie that no script and no other site can use', async () => {
    const other = await startServe(place, { withLibrary: false });
    try {
      const { port } = new URL(other.origin);
      const link = JSON.parse(other.stdout()) as { url: string };
      expect(new URL(link.url).hostname).toBe('127.0.0.1');
      const looked = await fetch(link.url, { method: 'HEAD', redirect: 'manual' });
      expect(looked.headers.get('set-cookie')).toBeNull();
      const first = await fetch(link.url, { redirect: 'manual' });
      expect(first.status).toBe(303);
      expect(first.headers.get('location')).toBe('/');
      const cookie = first.headers.get('set-cookie') ?? '';
      expect(cookie).toMatch(new RegExp(`^easel-${port}=[\\w-]{40,}; `));
      expect(cookie).toContain('HttpOnly');
      expect(cookie).toContain('SameSite=Strict');
      expect(cookie).not.toContain(other.token);

      const [pair = ''] = cookie.split(';');
      const page = await fetch(new URL('/', other.origin), { headers: { cookie: pair } });
      expect(page.status).toBe(200);
      expect(await page.text()).not.toContain(other.token);

      expect((await fetch(link.url, { redirect: 'manual' })).status).toBe(401);
      const again = await fetch(link.url, { redirect: 'manual', headers: { cookie: pair } });
      expect([again.status, again.headers.get('location')]).toEqual([303, '/']);
    } finally {
      await other.stop();
    }
  });
});

describe('what comes from another site', () => {
  it.each([
    ['another name for this machine (DNS rebinding)', { host: 'evil.example:80' }],
    ['a name that ends in the right one', { host: 'evil.localhost' }],
    ['another port', { host: '127.0.0.1:1' }],
    ['the page of another site', { origin: 'https://evil.example' }],
    ['a page without an origin of its own', { origin: 'null' }],
    ['a page on another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['a fetch of another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
  ])('is refused, even with the token: %s', async (_, headers) => {
    const answer = await raw(
      '/rpc/system/info',
      { ...bearer(), ...(headers as unknown as Record<string, string>) },
      'POST',
    );
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'forbidden' });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('gets no permission in advance either', async () => {
    const answer = await raw(
      '/rpc/jobs/create',
      { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
      'OPTIONS',
    );
    expect(answer.status).toBe(403);
  });

  it('may only lead a person here by a link', async () => {
    const answer = await raw('/', {
      ...bearer(),
      accept: 'text/html',
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
    });
    expect(answer.status).toBe(200);
  });
});

describe('the page', () => {
  it('comes with a policy that runs only its own code, and a new nonce each time', async () => {
    const [one, two] = await Promise.all([served.get('/'), served.get('/')]);
    const policies = [one, two].map((answer) => answer.headers.get('content-security-policy') ?? '');
    const nonces = policies.map((policy) => /'nonce-([^']+)'/.exec(policy)?.[1] ?? '');
    expect(nonces[0]!.length).toBeGreaterThanOrEqual(22);
    expect(nonces[0]).not.toBe(nonces[1]);
    for (const policy of policies) {
      expect(policy).toContain(`default-src 'none'`);
      expect(policy).toContain(`script-src 'self'`);
      expect(policy).toContain(`frame-ancestors 'none'`);
      expect(policy).not.toMatch(/unsafe|https?:|data:|\*/);
    }
    expect(one.headers.get('cache-control')).toBe('no-store');
    expect(one.headers.get('x-content-type-options')).toBe('nosniff');
    const page = await one.text();
    expect(page).toContain(nonces[0]);
    expect(page).not.toContain('__EASEL_NONCE__');
    expect(page).not.toMatch(/<script(?![^>]*src=)/);
  });

  it('has files beside it with their types, which may be kept', async () => {
    const page = await (await served.get('/')).text();
    const script = /src="\.?(\/assets\/[^"]+\.js)"/.exec(page)?.[1] ?? '';
    const answer = await served.get(script);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/javascript/);
    expect(answer.headers.get('cache-control')).toContain('immutable');
    const named = await served.get('/colour-scheme.js');
    // Its name says nothing of its content.
    expect(named.headers.get('cache-control')).not.toContain('immutable');
  });

  it.each([
    '/../cli.js',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/easel/cli.js',
    '/..%5c..%5cpackage.json',
    '/assets/..%2f..%2feasel/cli.js',
    '/index.html%00.png',
    '/%00',
    '/%E0%A4%A',
    '/assets',
    '//evil.example/x.js',
    '/index.html/',
    '/assets%2f..%2findex.html',
    '/%2findex.html',
    '/.%2findex.html',
  ])('gives nothing that is not its own: %s', async (path) => {
    const answer = await raw(path, bearer());
    expect([400, 404]).toContain(answer.status);
    expect(answer.text).not.toMatch(/import |"name": ?"easel"|\n\s+at /);
    expect(answer.headers.location).toBeUndefined();
  });

  it('answers garbage on the wire without going down', async () => {
    const { hostname, port } = new URL(served.origin);
    for (const bytes of [
      'GET / HTTP/1.1\r\n\r\n',
      'NONSENSE\r\n\r\n',
      `GET http://[::bad HTTP/1.1\r\nHost: x\r\n\r\n`,
      'GET / HTTP/1.1\r\nHost: a b\r\n\r\n',
    ]) {
      const text = await new Promise<string>((resolve) => {
        let answer = '';
        const socket = connect(Number(port), hostname, () => socket.end(bytes));
        socket.setEncoding('utf8').on('data', (part: string) => (answer += part));
        socket.on('close', () => resolve(answer)).on('error', () => undefined);
      });
      expect(text).toMatch(/^HTTP\/1\.1 4\d\d/);
      expect(text).not.toMatch(/\n\s+at /);
    }
    expect((await served.get('/')).status).toBe(200);
  });
});
