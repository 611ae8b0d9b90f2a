import type { Ollama as Client } from 'ollama/browser';
import type { OllamaModel } from '../../shared/models/ollama.ts';
import { read, Running, Shown, Tags, Version, type Tag } from './answers.ts';
import { hasCloudName, isSameModel } from './model-names.ts';

type Ask = <Answer>(question: (client: Client) => Promise<Answer>, model?: string) => Promise<Answer>;
type Abilities = Pick<OllamaModel, 'abilities' | 'isCloud'>;

const freshMs = 60_000;
/** A model that has arrived meanwhile is found at once by whoever looks for it by name, but not more often than this. */
const againMs = 1000;

/** What an Ollama says of itself and its models. `place` names the server: what another one said is not kept. */
export function createModelList({ ask, place, now }: { ask: Ask; place: () => string; now: () => number }) {
  let last: { readonly at: number; readonly place: string; readonly models: readonly OllamaModel[] } | null = null;
  /** By digest. */
  const shown = new Map<string, Abilities>();

  const running = async () => read(Running, await ask((client) => client.ps())).models ?? [];

  const abilitiesOf = async (tag: Tag): Promise<Abilities> => {
    const isRemote = (one: Pick<Tag, 'remote_host' | 'remote_model'>): boolean =>
      Boolean(one.remote_host) || Boolean(one.remote_model);
    const isCloud = hasCloudName(tag.name) || isRemote(tag);
    if (tag.capabilities) return { abilities: tag.capabilities, isCloud };
    const known = shown.get(tag.digest);
    if (known) return known;
    const answer = read(Shown, await ask((client) => client.show({ model: tag.name }), tag.name));
    const abilities = { abilities: answer.capabilities ?? ['completion'], isCloud: isCloud || isRemote(answer) };
    if (tag.digest !== '') shown.set(tag.digest, abilities);
    return abilities;
  };

  const list = async (): Promise<OllamaModel[]> => {
    const [tags, inMemory] = await Promise.all([
      ask((client) => client.list()),
      // A server that can't tell still has its models.
      running().catch(() => []),
    ]);
    const at = now();
    const models = await Promise.all(
      (read(Tags, tags).models ?? []).map(async (tag): Promise<OllamaModel> => {
        const loaded = inMemory.find(({ name }) => isSameModel(name, tag.name));
        return {
          name: tag.name,
          digest: tag.digest,
          sizeBytes: tag.size,
          parameterSize: tag.details.parameter_size,
          quantization: tag.details.quantization_level,
          ...(await abilitiesOf(tag)),
          isLoaded: loaded !== undefined,
          memoryBytes: loaded?.size ?? null,
          vramBytes: loaded?.size_vram ?? null,
        };
      }),
    );
    last = { at, place: place(), models };
    return models;
  };

  const recent = async (within = freshMs): Promise<readonly OllamaModel[]> =>
    last?.place === place() && now() - last.at < within ? last.models : list();

  const named = (models: readonly OllamaModel[], name: string): OllamaModel | null =>
    models.find((model) => isSameModel(model.name, name)) ?? null;

  return {
    version: async (): Promise<string> => read(Version, await ask((client) => client.version())).version,
    running,
    read: list,
    recent: () => recent(),
    /** One model by its name. */
    find: async (name: string): Promise<OllamaModel | null> =>
      named(await recent(), name) ?? named(await recent(againMs), name),
    forget: (): void => {
      last = null;
    },
  };
}
