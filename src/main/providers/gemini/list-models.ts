import type { Model } from '../../../shared/models/provider.ts';
import type { Http } from '../http-types.ts';
import type { CallOptions } from '../provider.ts';
import { ModelList } from './answers.ts';
import { explainRefusal } from './explain-refusal.ts';
import { engineOf, inOrder, modelsOf } from './models.ts';

const mostPages = 10;
const timeoutMs = 15_000;

/** What the list calls an image model; it does not say so otherwise. */
const isImageModel = (id: string): boolean => /^gemini-.*(-image\b|nano-banana)/.test(id) && !id.includes('preview');

/** The image models that the service has now: known ones in the order of the manifest, then new ones. */
export async function listModels(http: Http, { signal }: CallOptions): Promise<readonly Model[]> {
  const found = new Map<string, readonly Model[]>();
  let pageToken: string | null = null;
  for (let page = 0; page < mostPages; page++) {
    const query: Record<string, string | number> = { pageSize: 1000, ...(pageToken === null ? {} : { pageToken }) };
    const list = await http.get('/v1beta/models', ModelList, { signal, query, timeoutMs, explain: explainRefusal });
    for (const { name, displayName, inputTokenLimit, supportedGenerationMethods } of list.models ?? []) {
      const id = name.replace(/^models\//, '');
      if (!supportedGenerationMethods?.includes('generateContent') || !isImageModel(id)) continue;
      found.set(id, modelsOf(engineOf(id, displayName ?? id), inputTokenLimit ?? undefined));
    }
    pageToken = list.nextPageToken ?? null;
    if (pageToken === null || pageToken === '') break;
  }
  return inOrder([...found.values()].flat());
}
