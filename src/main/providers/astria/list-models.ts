import type { Model } from '../../../shared/models/provider.ts';
import type { Http } from '../http-types.ts';
import { ProviderError, type CallOptions } from '../provider.ts';
import { Catalogue, TuneList, type Tune } from './answers.ts';
import { explainRefusal } from './explain-failure.ts';
import { baseTunes } from './model-ids.ts';
import { baseModels, gatewayModel, trainedModel } from './models.ts';

const tunesPerPage = 120;
const mostPages = 5;

/** Makes titles unique, and is no name for people. */
const uuidAtEnd = /\s*[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The title, with the words that call what was learnt. */
export function nameOfTune({ id, title, token, name }: Tune): string {
  const given = (title ?? '').replace(uuidAtEnd, '').trim() || `Model ${id}`;
  const trigger = [token, name].filter(Boolean).join(' ');
  return trigger === '' ? given : `${given} (${trigger})`;
}

function familyOfTune({ branch, model_type, base_tune_id }: Tune): 'flux' | 'sdxl' | 'sd15' {
  if (branch === 'sdxl1' || model_type === 'pti' || base_tune_id === baseTunes.sdxl) return 'sdxl';
  return branch === 'flux1' || branch === 'fast' || base_tune_id === baseTunes.flux ? 'flux' : 'sd15';
}

/**
 * The id under which a trained model is chosen. Those of FLUX and SDXL are named in the prompts of their base, also SDXL's older
 * kind; only whole checkpoints, as of SD 1.5, are posted to themselves.
 */
export function modelIdOfTune(tune: Tune): string {
  const family = familyOfTune(tune);
  const host = family === 'sdxl' ? baseTunes.sdxl : (tune.base_tune_id ?? baseTunes.flux);
  if (tune.model_type === 'faceid') return `faceid/${host}/${tune.id}`;
  if (tune.model_type === 'lora' || tune.model_type === 'pti' || family === 'sdxl') return `lora/${host}/${tune.id}`;
  return tune.id;
}

const isUsable = ({ trained_at, expires_at }: Tune, now: number): boolean =>
  trained_at !== null && !(Date.parse(expires_at ?? '') < now);

async function readTunes(http: Http, options: CallOptions): Promise<Tune[]> {
  const tunes: Tune[] = [];
  for (let page = 0; page < mostPages; page += 1) {
    const last = tunes.at(-1);
    const query = { limit: tunesPerPage, ...(last ? { before_id: last.id } : {}) };
    const found = await http.get('/tunes', TuneList, { ...options, query, explain: explainRefusal });
    tunes.push(...found);
    if (found.length < tunesPerPage) break;
  }
  return tunes;
}

/** Anybody may read it; without it there are still the others. */
async function readCatalogue(http: Http, options: CallOptions): Promise<Model[]> {
  try {
    const { models, default: usual } = await http.get('/cli/models', Catalogue, options);
    return Object.entries(models).flatMap(([name, { tune_id, title, resolutions }]) =>
      tune_id === null ? [] : [gatewayModel(tune_id, title ?? name, resolutions, name === usual)],
    );
  } catch (error) {
    if (error instanceof ProviderError && ['cancelled', 'network', 'offline'].includes(error.code)) throw error;
    return [];
  }
}

/** A LoRA as it is chosen beside a base model: its number first. */
function loraChoices(tunes: readonly Tune[], host: string): string[] {
  return tunes
    .filter((tune) => modelIdOfTune(tune).startsWith(`lora/${host}/`))
    .map((tune) => `${tune.id} ${nameOfTune(tune)}`);
}

function withLoras(model: Model, loras: readonly string[]): Model {
  if (loras.length === 0) return model;
  return { ...model, parameters: [...model.parameters, 'loras'], choices: { ...model.choices, loras: [...loras] } };
}

/** What every account has, what other makers offer there, and what was trained. */
export async function listModels(http: Http, options: CallOptions): Promise<readonly Model[]> {
  const [all, gateway] = await Promise.all([readTunes(http, options), readCatalogue(http, options)]);
  const now = Date.now();
  const tunes = all.filter((tune) => isUsable(tune, now));
  const bases = baseModels.map((model) => withLoras(model, loraChoices(tunes, model.id)));
  const known = new Set(baseModels.map(({ id }) => id));
  const trained = tunes.map((tune) => trainedModel(modelIdOfTune(tune), nameOfTune(tune), familyOfTune(tune)));
  return [...bases, ...gateway.filter(({ id }) => !known.has(id)), ...trained];
}
