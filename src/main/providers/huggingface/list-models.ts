import { z } from 'zod';
import type { Model } from '../../../shared/models/provider.ts';
import type { Http } from '../http-types.ts';
import type { CallOptions } from '../provider.ts';
import { HubModel } from './answers.ts';
import { explainRefusal } from './explain-refusal.ts';
import { describeModel, knownModels } from './models.ts';
import { chooseService } from './resolve-model.ts';
import { services } from './services/table.ts';
import type { HubTask } from './services/service.ts';

const pageSize = 100;
/** The hub lists the most used ones first. */
const mostPages = 3;

const Page = z.array(z.unknown());

/** The next page. A hub behind another address names its own, which is then asked for through that address. */
function nextOf(link: string | null, http: Http, isOwnHub: boolean): string | null {
  const next = /<([^>]+)>;\s*rel="next"/.exec(link ?? '')?.[1] ?? null;
  if (next === null || !URL.canParse(next)) return null;
  const { origin, pathname, search } = new URL(next);
  return isOwnHub || origin === new URL(http.address).origin ? next : `${pathname}${search}`;
}

async function listTask(http: Http, hubUrl: string, task: HubTask, options: CallOptions): Promise<readonly Model[]> {
  const names = Object.keys(services).filter((name) => services[name]?.tasks.includes(task));
  const query = `inference_provider=${names.join(',')}&pipeline_tag=${task}&limit=${pageSize}&expand[]=inferenceProviderMapping`;
  const found: Model[] = [];
  let next: string | null = `${hubUrl}/api/models?${query}`;
  for (let page = 0; next !== null && page < mostPages; page += 1) {
    const answer: { models: unknown[]; next: string | null } = await http.get(
      next,
      (received) => ({
        models: Page.parse(received.json()),
        next: nextOf(received.header('link'), http, hubUrl !== ''),
      }),
      { ...options, explain: explainRefusal },
    );
    // An entry that can't be read is left out, so that it does not hide all others.
    const models = answer.models.flatMap((model) => HubModel.safeParse(model).data ?? []);
    const served = models.filter((model) => chooseService(model, task)?.entry.status === 'live');
    found.push(...served.map(({ id }) => describeModel(id, task)));
    next = answer.next;
  }
  return found;
}

/** What is served now: the models known to Easel first, then the hub's order. */
export async function listModels(http: Http, hubUrl: string, options: CallOptions): Promise<readonly Model[]> {
  const [drawing, editing] = await Promise.all([
    listTask(http, hubUrl, 'text-to-image', options),
    listTask(http, hubUrl, 'image-to-image', options),
  ]);
  const all = new Map([...drawing, ...editing].map((model) => [model.id, model]));
  const known = knownModels.flatMap(({ id }) => all.get(id) ?? []);
  return [...new Set([...known, ...all.values()])];
}
