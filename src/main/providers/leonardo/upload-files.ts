import { FormData } from 'undici';
import { createHttp } from '../http.ts';
import type { Http } from '../http-types.ts';
import { ProviderError, type CallOptions, type InputImage } from '../provider.ts';
import { isLoopbackHost, isPublicAddress } from '../public-address.ts';
import { CanvasAnswer, InitImageAnswer, type UploadPlace } from './answers.ts';
import { explainRefusal } from './explain-refusal.ts';

interface ReadableFile {
  readonly bytes: Uint8Array;
  readonly extension: 'png' | 'jpg' | 'webp';
}

/** A picture in a format that the service reads. */
export async function readableFile({ bytes, format }: InputImage): Promise<ReadableFile> {
  if (format === 'png' || format === 'jpg' || format === 'webp') return { bytes, extension: format };
  const { default: sharp } = await import('sharp');
  return { bytes: await sharp(bytes).png().toBuffer(), extension: 'png' };
}

/** Uploads a picture to start from or to look at; answers its id. Free of charge. */
export async function uploadInitImage(http: Http, image: InputImage, options: CallOptions): Promise<string> {
  const file = await readableFile(image);
  const { uploadInitImage: place } = await http.post('/init-image', { extension: file.extension }, InitImageAnswer, {
    ...options,
    explain: explainRefusal,
  });
  await sendFile(http, place, file, options);
  return place.id;
}

/** Uploads a picture and what of it is painted anew. Free of charge. */
export async function uploadCanvas(
  http: Http,
  image: InputImage,
  mask: InputImage,
  options: CallOptions,
): Promise<{ initId: string; maskId: string }> {
  const [file, maskFile] = await Promise.all([readableFile(image), readableFile(mask)]);
  const body = { initExtension: file.extension, maskExtension: maskFile.extension };
  const { uploadCanvasInitImage: place } = await http.post('/canvas-init-image', body, CanvasAnswer, {
    ...options,
    explain: explainRefusal,
  });
  const { initImageId, initUrl, initFields, maskImageId, maskUrl, maskFields } = place;
  await sendFile(http, { id: initImageId, url: initUrl, fields: initFields }, file, options);
  await sendFile(http, { id: maskImageId, url: maskUrl, fields: maskFields }, maskFile, options);
  return { initId: initImageId, maskId: maskImageId };
}

/** Sends a file to the storage that the service named. The storage is another host: it gets no key, and refuses one. */
export async function sendFile(
  { address }: Pick<Http, 'address'>,
  { url, fields }: UploadPlace,
  { bytes, extension }: ReadableFile,
  options: CallOptions,
): Promise<void> {
  const place = storageAt(url, new URL(address));
  const form = new FormData();
  for (const [name, value] of Object.entries(fieldsOf(fields))) form.append(name, value);
  const mimeType = `image/${extension === 'jpg' ? 'jpeg' : extension}`;
  // The storage reads no field that comes after the file.
  form.append('file', new Blob([new Uint8Array(bytes)], { type: mimeType }), `picture.${extension}`);
  const storage = createHttp({ baseUrl: place.origin, name: "Leonardo's storage", remedy: 'Try again in a moment.' });
  try {
    await storage.post(`${place.pathname}${place.search}`, form, () => undefined, {
      ...options,
      explain: ({ status, text }) =>
        status < 400 || status >= 500
          ? null
          : new ProviderError('server', "Leonardo's storage did not take the picture.", { providerText: text || null }),
    });
  } finally {
    await storage.close();
  }
}

function storageAt(url: string, home: URL): URL {
  const place = URL.canParse(url) ? new URL(url) : null;
  const host = place?.hostname.replace(/^\[|\]$/g, '') ?? '';
  const isAddress = /^[\d.]+$|:/.test(host);
  const isPublic = place?.protocol === 'https:' && !isLoopbackHost(host) && (!isAddress || isPublicAddress(host));
  if (place && (isPublic || isLoopbackHost(home.hostname))) return place;
  throw new ProviderError('server', 'Leonardo named an address for the picture that Easel does not open.');
}

function fieldsOf(json: string): Record<string, string> {
  const fields: unknown = JSON.parse(json);
  const entries = typeof fields === 'object' && fields !== null ? Object.entries(fields) : [];
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}
