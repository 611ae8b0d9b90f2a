import { readRecording } from './recordings.ts';

export type InputSpec = readonly [unknown, Readonly<Record<string, unknown>>?];
export interface NodeInfo {
  readonly input: {
    readonly required?: Readonly<Record<string, InputSpec>>;
    readonly optional?: Readonly<Record<string, InputSpec>>;
  };
  readonly output: readonly string[];
  readonly output_node: boolean;
}
export type ObjectInfo = Readonly<Record<string, NodeInfo>>;

/** Files per folder, as the server lists them. */
export type ModelFolders = Readonly<Record<string, readonly string[]>>;

export const usualModels: ModelFolders = {
  checkpoints: [
    'dreamshaper_8.safetensors',
    'flux1-dev-fp8.safetensors',
    'sd-v1-5-inpainting.safetensors',
    'sd_xl_base_1.0.safetensors',
  ],
  diffusion_models: ['flux1-dev.safetensors'],
  loras: ['detail-tweaker.safetensors', 'styles/watercolour.safetensors'],
  text_encoders: ['clip_l.safetensors', 't5xxl_fp16.safetensors'],
  upscale_models: ['4x-UltraSharp.pth'],
  vae: ['ae.safetensors'],
};

/** Which inputs of which class list the files of which folder. */
const fileInputs: readonly (readonly [string, string, string])[] = [
  ['CheckpointLoaderSimple', 'ckpt_name', 'checkpoints'],
  ['UNETLoader', 'unet_name', 'diffusion_models'],
  ['DualCLIPLoader', 'clip_name1', 'text_encoders'],
  ['DualCLIPLoader', 'clip_name2', 'text_encoders'],
  ['VAELoader', 'vae_name', 'vae'],
  ['LoraLoader', 'lora_name', 'loras'],
  ['UpscaleModelLoader', 'model_name', 'upscale_models'],
];

/** Both forms of a choice list: `[["a","b"],{…}]` and `["COMBO",{"options":["a","b"]}]`. */
export function choicesOf(spec: InputSpec): readonly unknown[] | null {
  const [type, options] = spec;
  if (Array.isArray(type)) return type as unknown[];
  const listed = options?.options;
  return type === 'COMBO' && Array.isArray(listed) ? listed : null;
}

function withChoices(spec: InputSpec, choices: readonly string[]): InputSpec {
  const [type, options] = spec;
  if (!Array.isArray(type)) return [type, { ...options, options: choices }];
  return options ? [choices, options] : [choices];
}

/** The recorded answer with this server's files in it, without the classes that are to be missing. */
export function makeObjectInfo(
  models: ModelFolders,
  inputNames: readonly string[],
  without: ReadonlySet<string>,
): ObjectInfo {
  const recorded = readRecording('object-info') as Record<string, NodeInfo>;
  const replace = (name: string, input: string, choices: readonly string[]): void => {
    const info = recorded[name];
    const spec = info?.input.required?.[input];
    if (!info || !spec) return;
    const required = { ...info.input.required, [input]: withChoices(spec, choices) };
    recorded[name] = { ...info, input: { ...info.input, required } };
  };
  for (const [name, input, folder] of fileInputs) replace(name, input, models[folder] ?? []);
  for (const name of ['LoadImage', 'LoadImageMask']) replace(name, 'image', inputNames);
  return Object.fromEntries(Object.entries(recorded).filter(([name]) => !without.has(name)));
}
