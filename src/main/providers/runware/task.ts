import { z } from 'zod';
import type { ProviderRequest, Task } from '../provider.ts';

/** What Easel keeps of a piece of work at Runware. Its name is the attempt's id, which the service takes once only. */
export interface RunwareTask extends Task {
  readonly count: number;
  /** The seed that was sent; null where the model takes none. */
  readonly seed: number | null;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  /** Of an upscaled picture: its longer side before, and the factor. */
  readonly inputSide: number | null;
  readonly scale: number | null;
  /** JSON of the results that the service has told so far: it may tell each of several but once. */
  readonly known: string;
  /** The service has said that it has it: until then, its silence may mean that it never arrived. */
  readonly isAccepted: boolean;
}

const StoredTask = z.object({
  remoteId: z.string(),
  count: z.number(),
  seed: z.number().nullable(),
  sentAt: z.number(),
  inputSide: z.number().nullable(),
  scale: z.number().nullable(),
  known: z.string(),
  isAccepted: z.boolean(),
});

export function taskOf(request: ProviderRequest, sentAt: number): RunwareTask {
  const { attemptId, count, operation, image, scale } = request;
  return {
    remoteId: attemptId,
    count,
    seed: seedOf(request),
    sentAt,
    inputSide: operation === 'upscale' && image ? Math.max(image.width, image.height) : null,
    scale,
    known: '[]',
    isAccepted: false,
  };
}

/** Seeds begin at 1 there. */
export function seedOf({ model, seed }: ProviderRequest): number | null {
  return model.parameters.includes('seed') ? Math.max(1, seed) : null;
}

export function readTask(task: Task): RunwareTask {
  return StoredTask.parse(task);
}
