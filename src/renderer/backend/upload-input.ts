import { z } from 'zod';
import { AppError, isErrorCode } from '../../shared/errors.ts';
import { ImageFormatModel } from '../../shared/models/image.ts';
import { InputFileId } from '../../shared/models/generation-request.ts';

/** A picture kept in the library's inputs. Sides are pixels. */
export const UploadedInput = z.object({ id: InputFileId, width: z.int(), height: z.int(), format: ImageFormatModel });
export type UploadedInput = z.infer<typeof UploadedInput>;

const Refusal = z.object({ code: z.string(), message: z.string() });

/** Hands a reference or mask to the program. Throws AppError with the program's own words when it isn't a readable image. */
export async function uploadInput(bytes: Blob, signal?: AbortSignal): Promise<UploadedInput> {
  const response = await fetch('/inputs', {
    method: 'POST',
    body: bytes,
    credentials: 'same-origin',
    headers: { 'content-type': 'application/octet-stream' },
    ...(signal && { signal }),
  });
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return UploadedInput.parse(answer);
  const refusal = Refusal.safeParse(answer);
  if (!refusal.success) throw new AppError('internal', response.statusText);
  throw new AppError(isErrorCode(refusal.data.code) ? refusal.data.code : 'internal', refusal.data.message);
}
