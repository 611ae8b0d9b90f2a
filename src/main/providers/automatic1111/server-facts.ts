import type { z } from 'zod';
import type { Http } from '../http-types.ts';
import { ProviderError, type CallOptions } from '../provider.ts';
import { LoraList, ModelList, ModuleList, NamedList, SchedulerList, type LoraFile, type ModelFile } from './answers.ts';
import { explainRefusal } from './explain-refusal.ts';

/** What a server is and has. */
export interface ServerFacts {
  readonly kind: 'automatic1111' | 'forge' | 'sdnext';
  readonly models: readonly ModelFile[];
  readonly samplers: readonly string[];
  /** Empty where they are part of the samplers. */
  readonly schedulers: readonly string[];
  readonly upscalers: readonly string[];
  readonly styles: readonly string[];
  /** Null where the server can't load any. */
  readonly loras: readonly LoraFile[] | null;
  /** Text encoders and VAEs that Forge can load beside a model. */
  readonly modules: readonly string[];
}

export interface ServerReader {
  /** As it was last read; asks only the first time. */
  read(options: CallOptions): Promise<ServerFacts>;
  refresh(options: CallOptions): Promise<ServerFacts>;
}

const api = '/sdapi/v1';

/** The upscaler that leaves a picture as it is. */
const noUpscaler = 'None';

/** Throws ProviderError where nobody answers, or somebody else. */
export function createServerReader(http: Http): ServerReader {
  let known: ServerFacts | null = null;

  const get = <T>(path: string, schema: z.ZodType<T>, options: CallOptions): Promise<T> =>
    http.get(`${api}${path}`, schema, { ...options, explain: explainRefusal });

  /** A list that not every server has, or that an extension has broken: null. */
  const look = async <T>(path: string, schema: z.ZodType<T>, options: CallOptions): Promise<T | null> => {
    try {
      return await http.get(`${api}${path}`, (answer) => schema.safeParse(answer.json()).data ?? null, {
        ...options,
        explain: explainRefusal,
      });
    } catch (error) {
      const isMissing = error instanceof ProviderError && ['invalid_request', 'server'].includes(error.code);
      if (isMissing) return null;
      throw error;
    }
  };

  /** Each of the three has a path that the others lack. */
  const kindOf = async (options: CallOptions): Promise<Pick<ServerFacts, 'kind' | 'modules'>> => {
    const modules = await look('/sd-modules', ModuleList, options);
    if (modules) return { kind: 'forge', modules: modules.map(({ model_name }) => model_name) };
    const status = await http.get(`${api}/version`, ({ status: code }) => code, { ...options, alsoAccept: [404, 405] });
    return { kind: status === 200 ? 'sdnext' : 'automatic1111', modules: [] };
  };

  const refresh = async (options: CallOptions): Promise<ServerFacts> => {
    const [models, samplers, kind, schedulers, upscalers, styles, loras] = await Promise.all([
      get('/sd-models', ModelList, options),
      get('/samplers', NamedList, options),
      kindOf(options),
      look('/schedulers', SchedulerList, options),
      look('/upscalers', NamedList, options),
      look('/prompt-styles', NamedList, options),
      look('/loras', LoraList, options),
    ]);
    const names = (list: readonly { name: string }[] | null): string[] => (list ?? []).map(({ name }) => name);
    known = {
      ...kind,
      models,
      samplers: names(samplers),
      schedulers: kind.kind === 'sdnext' ? [] : (schedulers ?? []).map(({ name, label }) => label ?? name),
      upscalers: names(upscalers).filter((name) => name !== noUpscaler),
      styles: names(styles),
      loras,
    };
    return known;
  };

  return { read: async (options) => known ?? refresh(options), refresh };
}
