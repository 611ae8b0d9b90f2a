import { createHash } from 'node:crypto';

/** A model as it lies on the server's disk. */
export interface InstalledModel {
  readonly name: string;
  readonly family: string;
  readonly parameterSize: string;
  readonly quantization: string;
  /** Bytes on disk. */
  readonly size: number;
  readonly capabilities: readonly string[];
  /** Set for models that the server only forwards to the vendor's computers. */
  readonly remote?: { readonly model: string; readonly host: string };
}

const gigabyte = 1_000_000_000;

/** What can be pulled; `usualModels` of them are there from the start. */
export const catalogue: readonly InstalledModel[] = [
  {
    name: 'gpt-oss:20b',
    family: 'gptoss',
    parameterSize: '20.9B',
    quantization: 'MXFP4',
    size: 13.78 * gigabyte,
    capabilities: ['completion', 'tools', 'thinking'],
  },
  {
    name: 'gemma3:4b',
    family: 'gemma3',
    parameterSize: '4.3B',
    quantization: 'Q4_K_M',
    size: 3.34 * gigabyte,
    capabilities: ['completion', 'vision'],
  },
  {
    name: 'llama3.2:latest',
    family: 'llama',
    parameterSize: '3.2B',
    quantization: 'Q4_K_M',
    size: 2.02 * gigabyte,
    capabilities: ['completion', 'tools'],
  },
  {
    name: 'nomic-embed-text:latest',
    family: 'nomic-bert',
    parameterSize: '137M',
    quantization: 'F16',
    size: 0.27 * gigabyte,
    capabilities: ['embedding'],
  },
  {
    name: 'gpt-oss:120b-cloud',
    family: 'gptoss',
    parameterSize: '116.8B',
    quantization: 'MXFP4',
    size: 384,
    capabilities: ['completion', 'tools', 'thinking'],
    remote: { model: 'gpt-oss:120b', host: 'https://ollama.com:443' },
  },
  {
    name: 'writer:latest',
    family: 'gptoss',
    parameterSize: '116.8B',
    quantization: 'MXFP4',
    size: 390,
    capabilities: ['completion'],
    remote: { model: 'writer:1t', host: 'https://ollama.com:443' },
  },
];

export const usualModels: readonly string[] = ['gpt-oss:20b', 'gemma3:4b', 'nomic-embed-text:latest'];

export function digestOf(name: string): string {
  return createHash('sha256').update(name).digest('hex');
}

/** `name` and `name:latest` are the same; case does not count. */
export function fullName(name: string): string {
  const lower = name.toLowerCase();
  return lower.includes(':') ? lower : `${lower}:latest`;
}

function detailsOf({ family, parameterSize, quantization }: InstalledModel): object {
  return {
    parent_model: '',
    format: 'gguf',
    family,
    families: [family],
    parameter_size: parameterSize,
    quantization_level: quantization,
  };
}

/** An entry of `/api/tags`. Older servers leave the capabilities out; here those before 0.12. */
export function tagOf(model: InstalledModel, tellsCapabilities: boolean): object {
  return {
    name: model.name,
    model: model.name,
    modified_at: '2026-08-21T10:00:00.123456789+02:00',
    size: model.size,
    digest: digestOf(model.name),
    details: detailsOf(model),
    ...(tellsCapabilities ? { capabilities: model.capabilities } : {}),
    ...(model.remote ? { remote_model: model.remote.model, remote_host: model.remote.host } : {}),
  };
}

export function showOf(model: InstalledModel): object {
  return {
    license: 'Apache License 2.0',
    modelfile: `FROM ${model.name}`,
    parameters: 'temperature 1',
    template: '{{ .Prompt }}',
    details: detailsOf(model),
    model_info: { 'general.architecture': model.family, [`${model.family}.context_length`]: 131_072 },
    capabilities: model.capabilities,
    modified_at: '2026-08-21T10:00:00.123456789+02:00',
    ...(model.remote ? { remote_model: model.remote.model, remote_host: model.remote.host } : {}),
  };
}

/** An entry of `/api/ps`. */
export function loadedOf(model: InstalledModel): object {
  return {
    name: model.name,
    model: model.name,
    size: model.size,
    digest: digestOf(model.name),
    details: detailsOf(model),
    expires_at: new Date(Date.now() + 300_000).toISOString(),
    size_vram: model.size,
    context_length: 8192,
  };
}
