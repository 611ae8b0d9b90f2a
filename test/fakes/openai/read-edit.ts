import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { Exchange } from '../kit/fake-types.ts';
import { refuse } from './refusals.ts';
import { readFields, type Wanted } from './read-request.ts';

const largestImage = 50_000_000;
const largestMask = 4_000_000;
const mostImages = 16;
const formats = ['png', 'webp', 'jpeg'];
const numbers = ['n', 'output_compression'];

async function inspect(
  field: string,
  file: File,
): Promise<{ bytes: Buffer; width: number; height: number; format: string; hasAlpha: boolean }> {
  const bytes = Buffer.from(await file.arrayBuffer());
  const found = await sharp(bytes)
    .metadata()
    .catch(() => refuse(field, `Invalid image file or mode for ${field}.`, 'invalid_image_file'));
  if (!formats.includes(found.format) || file.type !== `image/${found.format}`) {
    refuse(field, `Unsupported mimetype '${file.type}' for '${field}'.`, 'unsupported_file_mimetype');
  }
  return { bytes, width: found.width, height: found.height, format: found.format, hasAlpha: found.hasAlpha };
}

async function checkMask(file: File, first: { width: number; height: number }): Promise<Buffer> {
  const mask = await inspect('mask', file);
  if (mask.format !== 'png') refuse('mask', 'The mask must be a PNG.');
  if (!mask.hasAlpha) refuse('mask', 'Invalid mask image: it has no alpha channel.');
  if (mask.bytes.length >= largestMask) refuse('mask', 'The mask must be less than 4 MB.');
  if (mask.width !== first.width || mask.height !== first.height) {
    refuse('mask', 'Invalid mask image: it must have the same dimensions as the image.');
  }
  return mask.bytes;
}

export interface WantedEdit extends Wanted {
  /** Differs where any of the pictures, or the mask, does. */
  readonly inputs: string;
  readonly imageCount: number;
}

/** Reads the parts of an edit. Throws Refused. */
export async function readEdit(exchange: Exchange): Promise<WantedEdit> {
  if (!(exchange.headers['content-type'] ?? '').startsWith('multipart/form-data')) {
    refuse('image', 'This stand-in takes edits as multipart/form-data only.');
  }
  const form = await exchange.form();
  const fields: Record<string, unknown> = {};
  for (const [name, value] of form.entries()) {
    if (name === 'image' || name === 'image[]' || name === 'mask') continue;
    fields[name] = numbers.includes(name) ? Number(value) : value;
  }
  const images = [...form.getAll('image'), ...form.getAll('image[]')].filter((part) => part instanceof File);
  const mask = form.get('mask');
  if (images.length === 0) refuse('image', "Missing required parameter: 'image'.", 'missing_required_parameter');
  if (form.getAll('image').length > 1) refuse('image', "Duplicate parameter: 'image'.", 'duplicate_parameter');
  if (images.length > mostImages) refuse('image', `At most ${mostImages} images.`);
  const wanted = readFields('edit', fields);
  const read = await Promise.all(images.map((file) => inspect('image', file)));
  if (read.some(({ bytes }) => bytes.length >= largestImage)) refuse('image', 'Each image must be less than 50 MB.');
  const [first] = read;
  const maskBytes = mask instanceof File && first ? await checkMask(mask, first) : Buffer.alloc(0);
  const digest = createHash('sha256');
  for (const bytes of [...read.map(({ bytes: own }) => own), maskBytes])
    digest.update(createHash('sha256').update(bytes).digest());
  return { ...wanted, inputs: digest.digest('hex'), imageCount: images.length };
}
