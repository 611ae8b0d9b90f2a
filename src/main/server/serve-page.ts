import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

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
    `media-src 'self'`,
    `connect-src 'self'`,
    `font-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}

/** The built interface: the page itself with a fresh nonce, and the files beside it. Null for a path that isn't there. */
export async function servePage(path: string, pageFolder: string): Promise<Response | null> {
  const name = path === '/' ? 'index.html' : decoded(path.slice(1));
  // Each file has one address: another spelling of the page's would come without its policy.
  if (name === null || !/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/.test(name)) return null;
  const file = join(pageFolder, name);
  const mimeType = mimeTypes[extname(file)];
  if (mimeType === undefined) return null;
  const content = await readFile(file).catch(() => null);
  if (content === null) return null;
  if (name !== 'index.html') {
    // Built files carry their content's hash in their names; the others are asked for anew.
    const cacheControl = name.startsWith('assets/') ? 'private, max-age=31536000, immutable' : 'no-cache';
    return new Response(content, { headers: { 'content-type': mimeType, 'cache-control': cacheControl } });
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

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not the encoding of any text.
    return null;
  }
}
