import { toDataUrl } from '../encoded-bytes.ts';
import type { Http } from '../http-types.ts';
import type { CallOptions, InputImage } from '../provider.ts';
import { FileAnswer } from './answers.ts';
import { explainRefusal } from './explain-refusal.ts';

/** Bytes that the service advises to send inside a request at most. */
const largestInline = 256 * 1024;
const uploadTimeoutMs = 300_000;

export interface InputFile {
  readonly fileName: string;
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

export function fileOf(image: InputImage): InputFile {
  const mimeType = `image/${image.format === 'jpg' ? 'jpeg' : image.format}`;
  return { fileName: `${image.hash.slice(0, 16)}.${image.format}`, mimeType, bytes: image.bytes };
}

/** What stands for a file in an input: itself where it is small, else the address it is uploaded to, for a day. */
export async function urlOf(http: Http, file: InputFile, options: CallOptions): Promise<string> {
  if (file.bytes.length <= largestInline) return toDataUrl(file.bytes, file.mimeType);
  const { urls } = await http.upload('/files', { field: 'content', ...file }, FileAnswer, {
    ...options,
    headersTimeoutMs: uploadTimeoutMs,
    explain: explainRefusal,
  });
  return urls.get;
}
