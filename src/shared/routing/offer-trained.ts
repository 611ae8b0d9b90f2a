import type { Model } from '../models/provider.ts';
import type { TrainedModel } from '../models/training.ts';

/**
 * The models of a provider together with those that came of trainings. A service that lists its users' models is believed;
 * of the others, a model whose id is `<id of another>#<source>` is offered with everything that the other one can do.
 */
export function offerTrained(models: Model[], trained: readonly TrainedModel[]): Model[] {
  // Asked for with every job, and most providers have none.
  if (trained.length === 0) return models;
  const offered = new Map(models.map((model) => [model.id, model]));
  for (const { id, name, source } of trained) {
    const base = offered.get(baseId(id));
    if (base && base.id !== id && source !== null && !offered.has(id)) offered.set(id, { ...base, id, name });
  }
  return [...offered.values()];
}

/** What a model that came of a training builds on; any other one's own id. */
export function baseId(id: string): string {
  const end = id.indexOf('#');
  return end < 0 ? id : id.slice(0, end);
}
