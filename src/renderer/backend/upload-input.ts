import { z } from 'zod';
import { ImageFormatModel } from '../../shared/models/image.ts';
import { InputFileId } from '../../shared/models/generation-request.ts';
import { refusalOf } from './refusal.ts';

/** A picture kept in the library's inputs. Sides are pixels. */
export const UploadedInput = z.object({ id: InputFileId, width: z.int(), height: z.int(), format: ImageFormatModel });
export type UploadedInput = z.infer<typeof UploadedInput>;

/** Hands a reference or mask to the program. Throws AppError with the program's own words when it isn't a readable image. */
export async function uploadInput(bytes: Blob, signal?: AbortSignal): Promise<UploadedInput> {
  const response = await fetch('/inputs', {
    method: 'POST',
    body: bytes,
    credentials: 'same-origin',
    headers: { 'content-type': 'application/octet-stream' },
    ...(signal && { signal }),
  });
  if (!response.ok) throw await refusalOf(response);
  return UploadedInput.parse(await response.json());
}
