import { priceOf } from '../../../shared/routing/price.ts';
import type { ProviderRequest, Task } from '../provider.ts';
import { spellingOf } from './spelling.ts';

/** What the queue keeps of a prediction. */
export interface PredictionTask extends Task {
  /** What was sent; null where the model takes none. */
  readonly seed: number | null;
  /** Pictures asked for. */
  readonly count: number;
  /** What one costs by the price list, in US dollars; null: not known. */
  readonly usdEach: number | null;
  /** Why the size is another one than asked for; null where it isn't. */
  readonly sizeNote: string | null;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
}

export function taskOf(id: string, request: ProviderRequest): PredictionTask {
  const price = priceOf(request.model, { ...request, count: 1 });
  return {
    remoteId: id,
    seed: request.model.parameters.includes('seed') ? request.seed : null,
    count: request.count,
    usdEach: price.kind === 'unknown' ? null : price.usd,
    sizeNote: sizeNoteOf(request),
    startedAt: Date.now(),
  };
}

/** A shape that is this much off is another one. */
const otherShape = 0.1;

function sizeNoteOf({ model, operation, image, width, height }: ProviderRequest): string | null {
  const { sizesReferences } = spellingOf(model.id);
  const takesShape = model.parameters.includes('size') && !sizesReferences && operation !== 'textToImage';
  if (!takesShape || image === null) return null;
  const isSame = Math.abs(Math.log((width * image.height) / (height * image.width))) < otherShape;
  return isSame ? null : `${model.name} gives the result the shape of the reference, ${image.width}×${image.height}.`;
}

/** A task as it comes back from the queue. */
export function readTask(task: Task): PredictionTask {
  const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null);
  return {
    remoteId: task.remoteId,
    seed: numberOrNull(task.seed),
    count: numberOrNull(task.count) ?? 1,
    usdEach: numberOrNull(task.usdEach),
    sizeNote: typeof task.sizeNote === 'string' ? task.sizeNote : null,
    startedAt: numberOrNull(task.startedAt) ?? 0,
  };
}
