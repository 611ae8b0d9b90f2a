import { RPCHandler } from '@orpc/server/fetch';
import { readFile } from 'node:fs/promises';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { LRUCache } from 'lru-cache';
import { AppError, errorTable } from '../../shared/errors.ts';
import { largestInputBytes } from '../../shared/models/generation-request.ts';
import { imageFormats, thumbnailSide, type ThumbnailSize } from '../../shared/models/image.ts';
import type { App } from '../app.ts';
import { ImageProblem } from '../files/image-problem.ts';
import { neutralPicture } from '../files/neutral-picture.ts';
import { serveFile } from './serve-file.ts';
import { servePage } from './serve-page.ts';

/** Words and numbers only: pictures never travel through a call. */
const largestCallBytes = 4_000_000;
/** Thumbnails that were shown lately stay in memory: custom schemes have no HTTP cache. */
const hotThumbnailBytes = 64_000_000;

/** Compared pictures come back in several pairs. */
const hotPictureBytes = 64_000_000;

export type RequestHandler = (request: Request) => Promise<Response>;

/**
 * Page, pictures and contract over Request → Response, for the browser and for the desktop's own scheme alike.
 * `guard` answers what must not come in; null lets it pass. The desktop's scheme is reached by its own pages only and needs none.
 */
export function createRequestHandler(options: {
  app: App;
  pageFolder: string;
  guard: ((request: Request) => Response | null) | null;
}): RequestHandler {
  const { app, pageFolder, guard } = options;
  const rpc = new RPCHandler(app.handlers);
  const hotThumbnails = new LRUCache<string, Buffer<ArrayBuffer>>({
    maxSize: hotThumbnailBytes,
    sizeCalculation: (bytes) => bytes.length,
  });
  const hotPictures = new LRUCache<string, Buffer<ArrayBuffer>>({
    maxSize: hotPictureBytes,
    sizeCalculation: (bytes) => bytes.length,
  });
  const library = () => app.library().library;
  const routes = new Hono();

  routes.use(async (context, next) => {
    const refusal = guard?.(context.req.raw);
    if (refusal) return refusal;
    await next();
    context.res.headers.set('x-content-type-options', 'nosniff');
    context.res.headers.set('cross-origin-resource-policy', 'same-origin');
    context.res.headers.set('referrer-policy', 'no-referrer');
    return undefined;
  });

  const tooMuch = (): never => {
    throw new AppError('badInput', 'This request is too large.');
  };
  routes.all('/rpc/*', bodyLimit({ maxSize: largestCallBytes, onError: tooMuch }), async (context) => {
    const { matched, response } = await rpc.handle(context.req.raw, { prefix: '/rpc', context: {} });
    return matched ? response : context.notFound();
  });

  routes.get('/images/:id', async (context) => {
    const { path, format, etag } = library().original(context.req.param('id'));
    const answer = await serveFile(context.req.raw, { path, etag, mimeType: imageFormats[format] });
    if (!answer)
      throw new AppError('libraryMissing', 'The file of this image is not where it should be. Is its drive connected?');
    return answer;
  });

  const smallPicture = (id: string, size: ThumbnailSize) =>
    library()
      .thumbnail(id, size)
      .catch((error: unknown) => {
        if (!(error instanceof ImageProblem)) throw error;
        throw new AppError('notFound', `This image has no thumbnail. ${error.message}`, {}, { cause: error });
      });

  routes.get('/thumbnails/:hash/:file', async (context) => {
    const { hash, file } = context.req.param();
    const size = file.replace(/\.webp$/, '');
    if (!isThumbnailSize(size)) return context.notFound();
    const key = `${hash}-${size}`;
    const headers = {
      'content-type': 'image/webp',
      'cache-control': 'private, max-age=31536000, immutable',
      etag: `"${key}"`,
    };
    if (context.req.header('if-none-match')?.includes(`"${key}"`)) return new Response(null, { status: 304, headers });
    let bytes = hotThumbnails.get(key);
    if (!bytes) {
      const thumbnail = await smallPicture(context.req.query('id') ?? '', size);
      if (thumbnail.etag !== key) return context.notFound();
      bytes = await readFile(thumbnail.path);
      hotThumbnails.set(key, bytes);
    }
    return new Response(bytes, { headers: { ...headers, 'content-length': `${bytes.length}` } });
  });

  /** A compared picture by its label: neither its address nor its bytes say who made it. */
  routes.get('/comparisons/:id/:label', async (context) => {
    const { id, label } = context.req.param();
    const size = context.req.query('size') ?? '';
    const image = app.library().comparisons.imageOf(id, label);
    const isSmall = isThumbnailSize(size);
    const key = `${id}-${label}-${isSmall ? size : 'whole'}`;
    let bytes = hotPictures.get(key);
    if (!bytes) {
      bytes = isSmall
        ? await readFile((await smallPicture(image, size)).path)
        : await neutralPicture(library().original(image).path);
      hotPictures.set(key, bytes);
    }
    const headers = {
      'content-type': isSmall ? 'image/webp' : 'image/png',
      'cache-control': 'private, max-age=86400',
      'content-length': `${bytes.length}`,
    };
    return new Response(bytes, { headers });
  });

  routes.get('/previews/:jobId', (context) => {
    const preview = app.library().jobs.preview(context.req.param('jobId'));
    if (!preview) return context.notFound();
    return new Response(Buffer.from(preview.bytes), {
      headers: { 'content-type': preview.mimeType, 'cache-control': 'no-store' },
    });
  });

  routes.get('/inputs/:id', async (context) => {
    const { path, format, etag } = library().input(context.req.param('id'));
    return (await serveFile(context.req.raw, { path, etag, mimeType: imageFormats[format] })) ?? context.notFound();
  });
  const tooLarge = (): never => {
    throw new AppError(
      'referenceUnreadable',
      `The reference image is larger than ${largestInputBytes / 1_000_000} MB. Scale it down first.`,
    );
  };
  routes.post('/inputs', bodyLimit({ maxSize: largestInputBytes, onError: tooLarge }), async (context) => {
    const input = await library().addInput(new Uint8Array(await context.req.arrayBuffer()));
    return context.json(input);
  });

  routes.get('*', async (context) => (await servePage(context.req.path, pageFolder)) ?? context.notFound());
  routes.notFound((context) => context.json({ code: 'notFound', message: 'There is nothing at this address.' }, 404));
  routes.onError((error) => {
    if (error instanceof AppError) {
      return Response.json({ code: error.code, message: error.message }, { status: errorTable[error.code].status });
    }
    app.log.error('request failed', error);
    return Response.json(
      { code: 'internal', message: 'Something went wrong inside Easel. The log has the details.' },
      { status: 500 },
    );
  });
  return async (request) => routes.fetch(request);
}

function isThumbnailSize(text: string): text is ThumbnailSize {
  return Object.hasOwn(thumbnailSide, text);
}
