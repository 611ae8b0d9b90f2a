import { resolve } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { InputFileId } from '../../shared/models/generation-request.ts';
import { ImageFormatModel, type ImageFormat, type ThumbnailSize } from '../../shared/models/image.ts';

const longestSlug = 40;
const longestFolderName = 80;
const lastNamedMoment = Date.UTC(9999, 11, 31, 23, 59, 59);
const windowsDevices = /^(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])(\..*)?$/i;

interface NewImage {
  readonly project: string;
  readonly provider: string;
  /** Milliseconds since 1970; the path shows it in UTC. */
  readonly createdAt: number;
  readonly prompt: string;
  readonly id: string;
  readonly format: ImageFormat;
}

interface PendingFile {
  /** A UUID in lower-case form. */
  readonly attemptId: string;
  readonly index: number;
  readonly seed: number | null;
  readonly format: ImageFormat;
}

/** Where a new image belongs in its library, relative to the root, with forward slashes. Same image, same path. */
export function imagePath({ project, provider, createdAt, prompt, id, format }: NewImage): string {
  const time = timeParts(createdAt);
  const name = `${time.second}-${slug(prompt)}-${lastHex(id)}.${format}`;
  return `images/${folderName(project)}/${folderName(provider)}/${time.month}/${name}`;
}

export function trashPath(id: string, format: ImageFormat): string {
  return `trash/${checked(/^[0-9a-f-]{1,64}$/, id)}.${format}`;
}

/** Where a result waits until its row is written. The name alone is enough to finish the work after a crash. */
export function pendingName({ attemptId, index, seed, format }: PendingFile): string {
  const seedText = seed !== null && Number.isSafeInteger(seed) ? seed.toFixed(0) : 'none';
  return `pending/${checked(/^[0-9a-f-]{36}$/, attemptId)}.${checked(/^\d{1,6}$/, index.toString())}.${seedText}.${format}`;
}

/** Reads a name made by `pendingName`, with or without its folder; null for any other name. */
export function parsePendingName(name: string): PendingFile | null {
  const [, attemptId, index, seedText, extension] =
    /^(?:pending\/)?([0-9a-f-]{36})\.(\d{1,6})\.(-?\d{1,16}|none)\.([a-z0-9]+)$/.exec(name) ?? [];
  const format = ImageFormatModel.safeParse(extension);
  const seed = seedText === 'none' ? null : Number(seedText);
  if (attemptId === undefined || !format.success) return null;
  if (seed !== null && !Number.isSafeInteger(seed)) return null;
  return { attemptId, index: Number(index), seed, format: format.data };
}

export function sidecarPath(path: string): string {
  return `${path}.xmp`;
}

export function thumbnailPath(hash: string, size: ThumbnailSize): string {
  checked(/^[0-9a-f]{16,128}$/, hash);
  return `thumbnails/${hash.slice(0, 2)}/${hash}-${size}.webp`;
}

export function inputPath(inputFileId: string): string {
  if (!InputFileId.safeParse(inputFileId).success) throw outside(inputFileId);
  return `inputs/${inputFileId}`;
}

/**
 * The absolute path of a file in the library. Throws badInput for whatever would lie elsewhere on any system, not just on
 * this one, because a library is carried between machines.
 */
export function insideLibrary(root: string, relative: string): string {
  // Windows drops dots and spaces at the end of a name, so that ".. " means ".." there; a colon begins a drive or a stream.
  const segments = relative.split('/');
  const isPlain = (segment: string): boolean => segment !== '' && !/[\\:\0]|[. ]$/.test(segment);
  if (!segments.every(isPlain)) throw outside(relative);
  return resolve(root, ...segments);
}

function outside(path: string): AppError {
  return new AppError('badInput', `${JSON.stringify(path.slice(0, 200))} is not the name of a file in the library.`);
}

function checked(pattern: RegExp, text: string): string {
  if (!pattern.test(text)) throw outside(text);
  return text;
}

/** A valid project name stays as it is; anything else becomes one. */
function folderName(text: string): string {
  const plain = text
    .toWellFormed()
    .normalize('NFC')
    .slice(0, longestFolderName)
    .toWellFormed()
    .replace(/[\\/:*?"<>|\p{Cc}]/gu, '-')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  if (plain === '') return 'default';
  return windowsDevices.test(plain) ? `_${plain}` : plain;
}

function slug(prompt: string): string {
  const words = prompt
    .slice(0, 400)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  let text = '';
  for (const word of words) {
    const longer = text === '' ? word : `${text}-${word}`;
    if (longer.length > longestSlug) break;
    text = longer;
  }
  return text === '' ? (words[0]?.slice(0, longestSlug) ?? 'image') : text;
}

function lastHex(id: string): string {
  return id
    .toLowerCase()
    .replace(/[^0-9a-f]/g, '')
    .slice(-12)
    .padStart(12, '0');
}

function timeParts(createdAt: number): { month: string; second: string } {
  const moment = Number.isFinite(createdAt) ? Math.min(Math.max(createdAt, 0), lastNamedMoment) : 0;
  const text = new Date(moment).toISOString();
  const [date = '', time = ''] = text.slice(0, 19).split('T');
  return { month: date.slice(0, 7), second: `${date.replaceAll('-', '')}-${time.replaceAll(':', '')}` };
}
