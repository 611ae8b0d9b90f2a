import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';

const mimeTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** Only what comes from this very origin, and styles that carry the page's nonce. */
function contentSecurityPolicy(nonce: string): string {
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' blob:`,
    `connect-src 'self'`,
    `font-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}

/** The built interface: the page itself with a fresh nonce, and the files beside it. Null for a path that isn't there. */
export async function servePage(path: string, pageFolder: string): Promise<Response | null> {
  const name = path === '/' ? 'index.html' : decodeURIComponent(path.slice(1));
  const file = resolve(join(pageFolder, name));
  const mimeType = mimeTypes[extname(file)];
  if (!file.startsWith(resolve(pageFolder) + sep) || mimeType === undefined || name.includes('\0')) return null;
  const content = await readFile(file).catch(() => null);
  if (content === null) return null;
  if (name !== 'index.html') {
    // Built files carry their content's hash in their names.
    return new Response(content, {
      headers: { 'content-type': mimeType, 'cache-control': 'private, max-age=31536000, immutable' },
    });
  }
  const nonce = randomBytes(18).toString('base64');
  return new Response(content.toString('utf8').replaceAll('__EASEL_NONCE__', nonce), {
    headers: {
      'content-type': mimeType,
      'cache-control': 'no-store',
      'content-security-policy': contentSecurityPolicy(nonce),
    },
  });
}
