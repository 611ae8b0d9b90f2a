import { z } from 'zod';
import type { Http } from '../http-types.ts';
import type { CallOptions } from '../provider.ts';
import { CancelAnswer } from './answers.ts';
import { askQueue, type PromptName } from './find-prompt.ts';

/** A pending prompt can begin, and a running one end, between looking and acting; then it is looked at again. */
const mostLooks = 3;

/**
 * Stops one prompt and no other; false when there was nothing left to stop. Servers before 0.3.57 stop whatever runs when they
 * are told to stop, so they are told only right after the queue has shown that ours is what runs.
 */
export async function cancelPrompt(http: Http, name: PromptName, options: CallOptions): Promise<boolean> {
  const path = `/api/jobs/${encodeURIComponent(name.remoteId)}/cancel`;
  const answer = await http.post(path, {}, CancelAnswer, { ...options, alsoAccept: [404, 405] });
  if (answer !== null && 'cancelled' in answer) return answer.cancelled;

  for (let look = 0; look < mostLooks; look++) {
    const standing = await askQueue(http, name, options);
    if (standing === null) return look > 0;
    if (standing.at === 'running') {
      await http.post('/interrupt', { prompt_id: standing.id }, z.null(), options);
      return true;
    }
    if (standing.at === 'pending') await http.post('/queue', { delete: [standing.id] }, z.null(), options);
  }
  return true;
}
