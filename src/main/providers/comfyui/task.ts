import type { ProviderRequest, Task } from '../provider.ts';

/** What the queue keeps of a prompt. `remoteId` differs from the attempt's id only on servers that choose ids themselves. */
export interface ComfyuiTask extends Task {
  readonly attemptId: string;
  readonly seed: number | null;
}

export function taskOf(request: ProviderRequest): ComfyuiTask {
  const seed = request.operation === 'upscale' ? null : request.seed;
  return { remoteId: request.attemptId, attemptId: request.attemptId, seed };
}

/** A task as it comes back from the queue. */
export function readTask({ remoteId, attemptId, seed }: Task): ComfyuiTask {
  return {
    remoteId,
    attemptId: typeof attemptId === 'string' ? attemptId : remoteId,
    seed: typeof seed === 'number' ? seed : null,
  };
}
