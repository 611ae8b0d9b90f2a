import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { isVideoFormat } from '../../shared/models/image.ts';
import { fileErrorCode } from './file-problem.ts';
import { ImageProblem, type ImageProblemReason } from './image-problem.ts';
import { inspectImage, pixelLimits } from './inspect-image.ts';
import { letImageThreadsStepAside } from './step-aside.ts';

export interface ThumbnailTask {
  /** Absolute. */
  readonly imagePath: string;
  /** The file's content, where it is in memory anyway. */
  readonly content: Uint8Array<SharedArrayBuffer> | null;
  /** The largest first, each with its long side in pixels and where it belongs. */
  readonly targets: readonly { readonly side: number; readonly path: string; readonly partPath: string }[];
}

/** Errors lose their kind on the way between threads, so what can be expected to fail is an answer. */
export type ThumbnailAnswer =
  | { readonly kind: 'done' }
  | { readonly kind: 'imageProblem'; readonly reason: ImageProblemReason; readonly message: string }
  | { readonly kind: 'fileProblem'; readonly code: string; readonly message: string };

const quality = 80;

// One thread for each picture and several pictures at once is faster than several threads for one picture.
sharp.concurrency(1);
sharp.cache(false);

/** Makes the thumbnails of one picture: it is decoded once, and each size is made from the next larger one. */
export default async function makeThumbnails({ imagePath, content, targets }: ThumbnailTask): Promise<ThumbnailAnswer> {
  try {
    const file = content
      ? Buffer.from(content.buffer, content.byteOffset, content.byteLength)
      : readFileSync(imagePath);
    let pixels = await decode(file, targets[0]?.side ?? 1);
    release(file);
    letImageThreadsStepAside();
    for (const { side, path, partPath } of targets) {
      if (pixels.info.width > side || pixels.info.height > side) {
        const { data } = pixels;
        pixels = await fit(open(pixels), side);
        release(data);
      }
      const thumbnail = await open(pixels).webp({ quality, effort: 0 }).toBuffer();
      keep(thumbnail, path, partPath);
      release(thumbnail);
    }
    release(pixels.data);
    return { kind: 'done' };
  } catch (error) {
    if (error instanceof ImageProblem) return { kind: 'imageProblem', reason: error.reason, message: error.message };
    const code = fileErrorCode(error);
    if (code !== null) return { kind: 'fileProblem', code, message: String(error) };
    throw error;
  }
}

type Pixels = Awaited<ReturnType<typeof fit>>;

async function decode(bytes: Uint8Array, side: number): Promise<Pixels> {
  const { format, width, height } = await inspectImage(bytes, pixelLimits.shown);
  if (isVideoFormat(format)) return fit(sharp(videoSign(width, height)), side);
  const picture = sharp(bytes, { limitInputPixels: pixelLimits.shown.all, failOn: 'error', sequentialRead: true });
  try {
    return await fit(picture.autoOrient(), side);
  } catch (error) {
    throw new ImageProblem('notAnImage', 'The picture is damaged and can not be shown.', { cause: error });
  }
}

/** Stands for a video, whose pictures can't be decoded here: its shape, and the sign for playing it. */
function videoSign(width: number, height: number): Buffer {
  const unit = Math.min(width, height) / 8;
  const [x, y] = [width / 2, height / 2];
  const triangle = `${x - unit},${y - unit * 1.2} ${x - unit},${y + unit * 1.2} ${x + unit * 1.3},${y}`;
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#555"/>
     <circle cx="${x}" cy="${y}" r="${unit * 2.4}" fill="#0006"/><polygon points="${triangle}" fill="#eee"/></svg>`,
  );
}

function fit(picture: Sharp, side: number) {
  return picture
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
}

function open({ data, info: { width, height, channels } }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels } });
}

/**
 * Frees memory at once. Left to V8's collector, megabytes behind few small objects made it search the whole heap for garbage
 * every five pictures. What shares its memory with others (the caller's content, small buffers) is left alone.
 */
function release({ buffer, byteLength }: Buffer): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}

/** There at once or not at all. It can be made again, so it need not be durable. This thread has nobody to keep waiting. */
function keep(bytes: Uint8Array, path: string, partPath: string): void {
  const write = (): void => {
    writeFileSync(partPath, bytes);
    renameSync(partPath, path);
  };
  try {
    try {
      write();
    } catch (error) {
      if (fileErrorCode(error) !== 'ENOENT') throw error;
      makeFolder(dirname(path));
      write();
    }
  } catch (error) {
    rmSync(partPath, { force: true });
    throw error;
  }
}

/** One of the folders of thumbnails, never the library itself: on a drive that is gone nothing may be made anew. */
function makeFolder(path: string): void {
  for (const folder of [dirname(path), path]) {
    try {
      mkdirSync(folder);
    } catch (error) {
      if (fileErrorCode(error) !== 'EEXIST') throw error;
    }
  }
}
