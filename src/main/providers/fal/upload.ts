import { RawBody, type AskOptions } from '../http-types.ts';
import { ProviderError, type CallOptions, type InputImage } from '../provider.ts';
import { PartAnswer, UploadAnswer } from './answers.ts';
import type { Connection } from './connection.ts';
import { explainRefusal } from './explain-refusal.ts';

const mebibyte = 1_048_576;
const kept = JSON.stringify({ expiration_duration_seconds: 86_400 });

export interface UploadedFile {
  readonly fileName: string;
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

export interface UploadLimits {
  /** Bytes; anything larger goes in parts. */
  readonly largestWhole: number;
  readonly part: number;
}

const usualLimits: UploadLimits = { largestWhole: 90 * mebibyte, part: 10 * mebibyte };

export function fileOf(image: InputImage): UploadedFile {
  const mimeType = `image/${image.format === 'jpg' ? 'jpeg' : image.format}`;
  return { fileName: `${image.hash.slice(0, 16)}.${image.format}`, mimeType, bytes: image.bytes };
}

/** Puts a file where fal's models can fetch it, for a day, and answers its address. */
export async function upload(
  connection: Connection,
  file: UploadedFile,
  options: CallOptions,
  limits: UploadLimits = usualLimits,
): Promise<string> {
  const isLarge = file.bytes.length > limits.largestWhole;
  const path = `${connection.storage}/storage/upload/${isLarge ? 'initiate-multipart' : 'initiate'}`;
  const place = await connection.http.post(
    path,
    { content_type: file.mimeType, file_name: file.fileName },
    UploadAnswer,
    {
      ...options,
      query: { storage_type: 'fal-cdn-v3' },
      headers: { 'X-Fal-Object-Lifecycle': kept },
      explain: explainRefusal,
    },
  );
  const storage = connection.openStorage(place.upload_url);
  const asking: AskOptions = { ...options, explain: explainStorage };
  try {
    if (isLarge) await putParts(storage, file, limits.part, asking);
    else {
      const body = new RawBody(file.bytes, file.mimeType);
      await storage.http.post(`${storage.path}${storage.query}`, body, () => null, { ...asking, method: 'PUT' });
    }
  } finally {
    await storage.http.close();
  }
  return place.file_url;
}

async function putParts(
  { http, path, query }: ReturnType<Connection['openStorage']>,
  { bytes, mimeType }: UploadedFile,
  partBytes: number,
  options: AskOptions,
): Promise<void> {
  const parts: { partNumber: number; etag: string }[] = [];
  for (let start = 0; start < bytes.length; start += partBytes) {
    const body = new RawBody(bytes.subarray(start, start + partBytes), mimeType);
    const partPath = `${path}/${parts.length + 1}${query}`;
    parts.push(await http.post(partPath, body, PartAnswer, { ...options, method: 'PUT' }));
  }
  await http.post(`${path}/complete${query}`, { parts }, () => null, options);
}

/** Whatever the storage has against a file, it is no fault of the key: that one never went there. */
function explainStorage({ status }: { status: number }): ProviderError | null {
  return status === 413 || status >= 500
    ? null
    : new ProviderError('server', `fal's storage did not take the file (${status}).`);
}
