import { AppError } from '../../shared/errors.ts';
import type { OllamaModel, OllamaSettings } from '../../shared/models/ollama.ts';
import { isSameModel } from '../ollama/model-names.ts';
import type { Ollama } from '../ollama/ollama.ts';

/** Whether a model of Ollama can be used now: the model, or in plain words why not and what would change that. */
export type GateAnswer =
  { readonly model: OllamaModel; readonly version: string | null } | { readonly model: null; readonly reason: string };

const openMs = 60_000;
/** Who has just started Ollama, or got a model, does not wait a minute for it to be noticed. */
const shutMs = 5_000;

/** Asks Ollama at most once a minute whether the model is there that the settings name, or one that can see. Never throws. */
export function createGate({
  ollama,
  settings,
  now,
}: {
  ollama: Pick<Ollama, 'status' | 'models'>;
  settings: () => OllamaSettings;
  now: () => number;
}) {
  let last: { key: string; until: number; look: Look } | null = null;

  const look = async (): Promise<Look> => {
    const { address, model, allowedCloudModels } = settings();
    const key = JSON.stringify([address, model, allowedCloudModels]);
    if (last?.key === key && now() < last.until) return last.look;
    const fresh = await lookAt(ollama);
    last = { key, until: now() + (fresh.models === null ? shutMs : openMs), look: fresh };
    return fresh;
  };

  return {
    /** For `write`, the model of the settings; for `see`, the one for pictures or the first that can see. */
    ask: async (what: 'write' | 'see'): Promise<GateAnswer> => {
      const { models, version, problem } = await look();
      if (models === null) return { model: null, reason: problem };
      const answer = choose(models, what, settings());
      // It may just have been pulled, by whomever.
      if (answer.model === null && last !== null) last.until = Math.min(last.until, now() + shutMs);
      return answer.model === null ? answer : { ...answer, version };
    },
    /** Something went wrong: the next question is asked anew. */
    forget: (): void => {
      last = null;
    },
  };
}

type Look =
  | { readonly models: readonly OllamaModel[]; readonly version: string | null; readonly problem: null }
  | { readonly models: null; readonly version: null; readonly problem: string };

async function lookAt(ollama: Pick<Ollama, 'status' | 'models'>): Promise<Look> {
  const { isReachable, version, problem } = await ollama.status();
  const unheard = (words: string): Look => ({ models: null, version: null, problem: words });
  if (!isReachable) return unheard(problem ?? 'Ollama could not be reached.');
  try {
    return { models: await ollama.models(), version, problem: null };
  } catch (error) {
    return unheard(error instanceof AppError ? error.message : 'Ollama could not say which models it has.');
  }
}

function choose(
  models: readonly OllamaModel[],
  what: 'write' | 'see',
  { model: writer, visionModel, allowedCloudModels }: OllamaSettings,
): { readonly model: OllamaModel } | { readonly model: null; readonly reason: string } {
  const none = (reason: string) => ({ model: null, reason });
  const ability = what === 'write' ? 'completion' : 'vision';
  const isAllowed = ({ name, isCloud }: OllamaModel): boolean =>
    !isCloud || allowedCloudModels.some((allowed) => isSameModel(allowed, name));
  const wanted = what === 'write' ? writer : visionModel;
  if (wanted === null) {
    const seeing = models.find((model) => model.abilities.includes('vision') && !model.isCloud);
    if (seeing) return { model: seeing };
    return none('No model of Ollama here can see pictures. Get one, for example with: easel ollama pull gemma3:4b');
  }
  const model = models.find(({ name }) => isSameModel(name, wanted));
  if (!model) {
    const others = models.filter((one) => isAllowed(one) && one.abilities.includes(ability)).map(({ name }) => name);
    const instead = others.length === 0 ? '' : `, or choose one that is there: ${others.slice(0, 5).join(', ')}`;
    return none(`The model ${wanted} is not installed in Ollama. Get it with: easel ollama pull ${wanted}${instead}.`);
  }
  if (!isAllowed(model)) {
    return none(
      `${model.name} runs on computers of Ollama's vendor, so your prompt would leave this machine. Allow it under Providers, Ollama, or choose another model.`,
    );
  }
  if (!model.abilities.includes(ability)) {
    const cant = what === 'write' ? 'can not write' : 'can not see pictures';
    return none(`The model ${model.name} ${cant}. Choose another one under Providers, Ollama.`);
  }
  return { model };
}
