import type { Model } from '../../../shared/models/provider.ts';
import type { Http } from '../http-types.ts';
import type { CallOptions } from '../provider.ts';
import { readAccount } from './account.ts';
import { PlatformModels, UserLoras } from './answers.ts';
import { explainRefusal } from './explain-refusal.ts';
import { diffusion, elementModel, models } from './models.ts';

/** The service does not say what a model is made of, but its Stable Diffusion models have it in their names. */
const diffusionName = /\bXL\b/i;
const bases: Readonly<Record<string, 'flux' | 'sdxl'>> = { FLUX_DEV: 'flux', LEONARDO_LIGHTNING_XL: 'sdxl' };
const isOfFirst = ({ id }: Model): boolean => /^[0-9a-f-]{36}$/.test(id);

/** The models of the manifest that are still there, further ones of the platform, and those that the user trained. */
export async function listModels(http: Http, options: CallOptions): Promise<readonly Model[]> {
  const explained = { ...options, explain: explainRefusal };
  const [{ custom_models: platform }, own] = await Promise.all([
    http.get('/platformModels', PlatformModels, explained),
    readOwn(http, options),
  ]);
  const there = new Set((platform ?? []).map(({ id }) => id));
  const known = models.filter((model) => there.size === 0 || !isOfFirst(model) || there.has(model.id));
  const isKnown = new Set(models.map(({ id }) => id));
  const others = (platform ?? []).flatMap(({ id, name }) =>
    name && diffusionName.test(name) && !isKnown.has(id) ? diffusion({ id, name, tier: 'standard' }) : [],
  );
  return [...known, ...others, ...own];
}

async function readOwn(http: Http, options: CallOptions): Promise<readonly Model[]> {
  const { userId } = await readAccount(http, options);
  if (userId === null) return [];
  const { user_loras: loras } = await http.get(`/elements/user/${encodeURIComponent(userId)}`, UserLoras, {
    ...options,
    explain: explainRefusal,
  });
  return (loras ?? []).flatMap((lora) => {
    const base = bases[lora?.baseModel ?? ''];
    if (!lora?.id || !base || lora.status !== 'COMPLETE') return [];
    return elementModel(lora.id, lora.name ?? `Element ${lora.id}`, base);
  });
}
