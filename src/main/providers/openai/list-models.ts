import type { Model } from '../../../shared/models/provider.ts';
import type { ModelList } from './answers.ts';
import { manifest } from './manifest.ts';
import { engineOf, modelsOf } from './models.ts';

/** Still named in places, and answered with an error since 2026-10-23. */
const retired = new Set(['gpt-image-1']);
const date = /-\d{4}-\d{2}-\d{2}$/;

/** The engines among all of OpenAI's models that make pictures and are still served. `now`: milliseconds since 1970. */
export function imageEngines({ data }: ModelList, now: number): string[] {
  return data
    .filter(({ id }) => /^(gpt|chatgpt)-image/.test(id) && !retired.has(id))
    .filter(({ shutdown_date: end }) => !end || !(Date.parse(end) <= now))
    .map(({ id }) => id);
}

/** What this account can choose: the known models that it has, in their order, then those that are new. */
export function availableModels(engines: readonly string[]): Model[] {
  const isThere = (model: Model): boolean => engines.includes(engineOf(model.id).engine);
  const isKnown = (engine: string): boolean => manifest.models.some(({ id }) => engineOf(id).engine === engine);
  // A dated copy of a model that is there without its date is the same one.
  const isCopy = (engine: string): boolean => date.test(engine) && engines.includes(engine.replace(date, ''));
  const others = engines.filter((engine) => !isKnown(engine) && !isCopy(engine));
  return [...manifest.models.filter(isThere), ...others.flatMap(modelsOf)];
}
