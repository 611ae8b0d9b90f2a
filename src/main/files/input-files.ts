import { hash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { AppError } from '../../shared/errors.ts';
import { isVideoFormat, type ImageFormat, type VideoFormat } from '../../shared/models/image.ts';
import { writeDurably } from './durable-file.ts';
import { asFileProblem, fileErrorCode } from './file-problem.ts';
import { ImageProblem } from './image-problem.ts';
import { inspectImage, pixelLimits } from './inspect-image.ts';
import { inputPath, insideLibrary } from './library-paths.ts';

/** What is known of a reference image or mask. Sizes are pixels, upright. */
interface InputFile {
  /** `<SHA-256 in hex>.<extension>`: the same content always gets the same one. */
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly format: Exclude<ImageFormat, VideoFormat>;
}

const beingWritten = new Map<string, Promise<void>>();

/**
 * Keeps a reference image or mask in the library's `inputs` folder, byte for byte. May be repeated: what is there stays.
 * Throws AppError, `referenceUnreadable` for bytes that are no usable image.
 */
export async function saveInputFile(root: string, bytes: Uint8Array): Promise<InputFile> {
  const image = await inspected(bytes);
  const id = `${hash('sha256', bytes)}.${image.format}`;
  const path = insideLibrary(root, inputPath(id));
  try {
    // Two uploads of one picture at the same time would otherwise write into each other's unfinished file.
    const writing = beingWritten.get(path) ?? writeUnlessThere(path, bytes).finally(() => beingWritten.delete(path));
    beingWritten.set(path, writing);
    await writing;
  } catch (error) {
    throw asFileProblem(error, root);
  }
  return { id, ...image };
}

/** Reads what `saveInputFile` kept. Throws AppError, `referenceUnreadable` where it is gone or damaged. */
export async function readInputFile(
  root: string,
  id: string,
): Promise<Omit<InputFile, 'id'> & { bytes: Uint8Array; hash: string }> {
  const path = insideLibrary(root, inputPath(id));
  const bytes = await readFile(path).catch((error: unknown) => {
    const problem = asFileProblem(error, root);
    if (problem.code !== 'notFound') throw problem;
    throw new AppError(
      'referenceUnreadable',
      'The reference image is no longer in the library. Choose it again.',
      {},
      { cause: error },
    );
  });
  const image = await inspected(bytes);
  return { bytes, hash: id.slice(0, id.indexOf('.')), ...image };
}

/**
 * A mask as services take it: greyscale PNG of the given size in pixels, white where it is painted anew. Transparent counts
 * as black. `scaled` tells whether it had another size. Throws AppError `referenceUnreadable`.
 */
export async function fitMask(
  mask: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<{ bytes: Uint8Array; scaled: boolean }> {
  const original = await inspected(mask);
  const scaled = original.width !== width || original.height !== height;
  // Loaded with the first mask: it takes longer to load than the whole start may take.
  const { default: sharp } = await import('sharp');
  const picture = sharp(mask, { limitInputPixels: pixelLimits.input.all })
    .autoOrient()
    .flatten({ background: 'black' })
    .toColourspace('b-w');
  const fitted = scaled ? picture.resize(width, height, { fit: 'fill', kernel: 'linear' }) : picture;
  try {
    return { bytes: await fitted.png({ compressionLevel: 6 }).toBuffer(), scaled };
  } catch (error) {
    const message = 'The mask is damaged and could not be read. Draw it again, or choose another file.';
    throw new AppError('referenceUnreadable', message, {}, { cause: error });
  }
}

async function writeUnlessThere(path: string, bytes: Uint8Array): Promise<void> {
  const there = await stat(path).catch((error: unknown) => {
    if (fileErrorCode(error) === 'ENOENT') return null;
    throw error;
  });
  if (there?.size !== bytes.length) await writeDurably(path, bytes);
}

async function inspected(bytes: Uint8Array): Promise<Omit<InputFile, 'id'>> {
  try {
    const { format, ...size } = await inspectImage(bytes, pixelLimits.input);
    if (isVideoFormat(format)) throw new ImageProblem('unsupported', 'It is a video. Choose a picture.');
    return { format, ...size };
  } catch (error) {
    if (!(error instanceof ImageProblem)) throw error;
    throw new AppError(
      'referenceUnreadable',
      `The reference can't be used: ${error.message}`,
      { reason: error.reason },
      { cause: error },
    );
  }
}
