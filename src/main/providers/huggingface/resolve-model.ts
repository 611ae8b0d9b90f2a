import type { Http } from '../http-types.ts';
import { ProviderError, type CallOptions } from '../provider.ts';
import { HubModel, type MappingEntry } from './answers.ts';
import { explainRefusal } from './explain-refusal.ts';
import { services } from './services/table.ts';
import type { HubTask, Service } from './services/service.ts';

/** A model at the service that will run it, under that service's own name. */
export interface Resolved {
  readonly serviceName: string;
  readonly service: Service;
  readonly entry: MappingEntry;
}

/** Mappings change without notice. */
const keepsForMs = 600_000;

/** The first service that runs the model, in the order of the user's preferences; null where none does that Easel speaks to. */
export function chooseService({ inferenceProviderMapping }: HubModel, task: HubTask): Resolved | null {
  const mapping = inferenceProviderMapping ?? {};
  const entries = Array.isArray(mapping)
    ? mapping.map((entry) => [entry.provider ?? '', entry] as const)
    : Object.entries(mapping);
  const usable = entries.flatMap(([serviceName, entry]): Resolved[] => {
    const service = Object.hasOwn(services, serviceName) ? services[serviceName] : undefined;
    return service?.tasks.includes(task) && entry.task === task ? [{ serviceName, service, entry }] : [];
  });
  return usable.find(({ entry }) => entry.status === 'live') ?? usable[0] ?? null;
}

/** Asks the hub who serves a model and remembers it for a while. `hubUrl`: what the hub's paths begin with. */
export function createResolver(
  http: Http,
  hubUrl: string,
): {
  /** Throws ProviderError where nobody serves it. */
  resolve(model: string, task: HubTask, options: CallOptions): Promise<Resolved>;
  forget(model: string): void;
} {
  const known = new Map<string, { resolved: Resolved; until: number }>();
  const keyOf = (model: string, task: HubTask): string => `${task} ${model}`;
  return {
    async resolve(model, task, options) {
      const kept = known.get(keyOf(model, task));
      if (kept && kept.until > Date.now()) return kept.resolved;
      const name = model.split('/').map(encodeURIComponent).join('/');
      const answer = await http.get(`${hubUrl}/api/models/${name}?expand[]=inferenceProviderMapping`, HubModel, {
        ...options,
        explain: explainRefusal,
      });
      const resolved = chooseService(answer, task);
      if (!resolved) {
        throw new ProviderError('server', `No service behind Hugging Face runs ${model} now. Choose another model.`);
      }
      known.set(keyOf(model, task), { resolved, until: Date.now() + keepsForMs });
      return resolved;
    },
    forget(model) {
      known.delete(keyOf(model, 'text-to-image'));
      known.delete(keyOf(model, 'image-to-image'));
    },
  };
}
