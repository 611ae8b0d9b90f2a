import { AppError } from '../../shared/errors.ts';
import type { Image, ImageDetails, ImageFormat, ImageSummary, ThumbnailSize } from '../../shared/models/image.ts';
import { attemptById } from '../database/attempts.ts';
import type { Database } from '../database/database.ts';
import { bucketCounts, bucketSize, imageById, imagesInBucket, newestImages } from '../database/images.ts';
import type { Events } from '../events.ts';
import { inputPath, insideLibrary } from '../files/library-paths.ts';
import { saveInputFile } from '../files/input-files.ts';
import { ImageProblem } from '../files/image-problem.ts';
import type { Thumbnails } from '../files/thumbnails.ts';
import type { Log } from '../log.ts';
import { keepAltText } from './alt-text.ts';
import type { FileMoves } from './file-moves.ts';
import { rateImages } from './rate-images.ts';
import { restoreImages, trashImages } from './trash.ts';
import { verifyLibrary } from './verify.ts';

export interface PictureFile {
  readonly path: string;
  readonly format: ImageFormat;
  /** Names the content: the same tag, the same bytes. */
  readonly etag: string;
}

/** The images of one open library. */
export function createLibrary(dependencies: {
  database: Database;
  root: string;
  moves: FileMoves;
  thumbnails: Thumbnails;
  events: Events;
  log: Log;
  now: () => number;
  /** What routing learns from ratings has changed. */
  onRatings: () => void;
}) {
  const { database, root, thumbnails } = dependencies;
  const image = (id: string): Image => {
    const found = imageById(database.read, id);
    if (!found) throw new AppError('notFound', `There is no image ${id} in this library.`);
    return found;
  };
  return {
    overview: (): { total: number; bucketSize: number; buckets: [number, number][] } => {
      const buckets = bucketCounts(database.read);
      return { total: buckets.reduce((sum, [, images]) => sum + images, 0), bucketSize, buckets };
    },
    bucket: ({ bucket }: { bucket: number }): { images: ImageSummary[] } => ({
      images: imagesInBucket(database.read, bucket),
    }),
    list: (page: {
      limit: number;
      before?: number | undefined;
      project?: string | undefined;
    }): { images: Image[]; next: number | null } => {
      const { limit, before, project } = page;
      const images = newestImages(database.read, {
        limit,
        ...(before === undefined ? {} : { before }),
        ...(project === undefined ? {} : { project }),
      });
      return { images, next: images.length === limit ? (images.at(-1)?.sequence ?? null) : null };
    },
    image: (id: string): ImageDetails => {
      const found = image(id);
      const attempt = found.attemptId === null ? null : attemptById(database.read, found.attemptId);
      return { ...found, route: attempt?.route ?? null };
    },
    path: (id: string): { path: string } => ({ path: insideLibrary(root, image(id).path) }),
    verify: (options: { hashes: boolean }) => verifyLibrary({ database, root }, options),
    trash: async (ids: readonly string[]): Promise<{ trashed: string[] }> => ({
      trashed: await trashImages(ids, dependencies),
    }),
    restore: async (ids: readonly string[]): Promise<{ restored: string[] }> => ({
      restored: await restoreImages(ids, dependencies),
    }),
    rate: (ids: readonly string[], rating: number | null, asOf?: number) => rateImages(ids, rating, dependencies, asOf),
    setAltText: (id: string, altText: string | null) => keepAltText(id, altText, dependencies),

    /** The original, byte for byte. */
    original: (id: string): PictureFile => {
      const { path, format, hash } = image(id);
      return { path: insideLibrary(root, path), format, etag: hash };
    },
    /** Makes the thumbnail where it is missing. Throws ImageProblem for an image that can't be decoded. */
    thumbnail: async (id: string, size: ThumbnailSize): Promise<PictureFile> => {
      const { path, hash } = image(id);
      const thumbnail = await thumbnails.ensure(insideLibrary(root, path), hash, size);
      return { path: thumbnail, format: 'webp', etag: `${hash}-${size}` };
    },
    /** A reference image that was handed in before. */
    input: (id: string): PictureFile => ({
      path: insideLibrary(root, inputPath(id)),
      format: id.slice(id.indexOf('.') + 1) as ImageFormat,
      etag: id,
    }),
    /** Keeps a reference image or a mask. Throws AppError `referenceUnreadable` for anything that is no image. */
    addInput: async (
      bytes: Uint8Array,
    ): Promise<{ id: string; width: number; height: number; format: ImageFormat }> => {
      try {
        return await saveInputFile(root, bytes);
      } catch (error) {
        if (error instanceof ImageProblem) {
          throw new AppError(
            'referenceUnreadable',
            `The reference can't be used: ${error.message}`,
            {},
            { cause: error },
          );
        }
        throw error;
      }
    },
  };
}
