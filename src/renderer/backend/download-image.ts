import { imageUrl } from './picture-urls.ts';
import { refusalOf } from './refusal.ts';

/** The original file of an image. Throws AppError with the program's own words when it isn't there. */
export async function downloadImage(id: string, signal?: AbortSignal): Promise<Blob> {
  const response = await fetch(imageUrl(id), { credentials: 'same-origin', ...(signal && { signal }) });
  if (!response.ok) throw await refusalOf(response);
  return response.blob();
}
