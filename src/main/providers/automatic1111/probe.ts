import { request } from 'undici';

/**
 * Whether an AUTOMATIC1111 (or Forge, or SD.Next) with its API switched on answers at this address. Its API has no version
 * route that all of them share, so the answer is yes or no.
 */
export async function probeAutomatic1111(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const answer = await request(new URL('sdapi/v1/progress?skip_current_image=true', `${url.replace(/\/$/, '')}/`), {
      signal,
    });
    const body = await answer.body.text();
    return answer.statusCode === 200 && body.includes('"progress"');
  } catch {
    // Nobody there, or somebody else: both mean "not found".
    return false;
  }
}
