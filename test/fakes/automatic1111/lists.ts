import type { Kind } from './request-rules.ts';

export interface ModelEntry {
  readonly title: string;
  readonly model_name: string;
  readonly hash: string | null;
}

/** What is installed. The second one's hash is not known yet, and the third lies in a folder. */
export const models: Readonly<Record<Kind, readonly ModelEntry[]>> = {
  automatic1111: [
    { title: 'v1-5-pruned-emaonly.safetensors [6ce0161689]', model_name: 'v1-5-pruned-emaonly', hash: '6ce0161689' },
    { title: 'sd_xl_base_1.0.safetensors', model_name: 'sd_xl_base_1.0', hash: null },
    { title: 'mine/portraits-v2.ckpt', model_name: 'mine_portraits-v2', hash: null },
  ],
  forge: [
    { title: 'sd_xl_base_1.0.safetensors [31e35c80fc]', model_name: 'sd_xl_base_1.0', hash: '31e35c80fc' },
    { title: 'flux1-dev-fp8.safetensors', model_name: 'flux1-dev-fp8', hash: null },
  ],
  sdnext: [{ title: 'sd_xl_base_1.0 [31e35c80fc]', model_name: 'sd_xl_base_1.0', hash: '31e35c80fc' }],
};

export const samplers = ['DPM++ 2M', 'DPM++ SDE', 'Euler a', 'Euler', 'LCM'];
export const schedulers = [
  { name: 'automatic', label: 'Automatic' },
  { name: 'karras', label: 'Karras' },
  { name: 'simple', label: 'Simple' },
  { name: 'sgm_uniform', label: 'SGM Uniform' },
];
export const upscalers = [
  { name: 'None', scale: 4 },
  { name: 'Lanczos', scale: 4 },
  { name: 'R-ESRGAN 4x+', scale: 4 },
];
export const loras = [{ name: 'paint', alias: 'Oil paint' }];
export const styles = [{ name: 'Photo', prompt: 'photo of {prompt}', negative_prompt: 'drawing' }];
export const modules = ['ae.safetensors', 'clip_l.safetensors', 't5xxl_fp16.safetensors'];

const folder = '/home/somebody/webui/models';

/** The rest of the routes that list something; paths that are not here answer 404, as those of the other two. */
export function listsOf(kind: Kind): Readonly<Record<string, unknown>> {
  const shared = {
    '/sd-models': models[kind].map((model) => ({
      ...model,
      sha256: null,
      filename: `${folder}/${model.title}`,
      config: null,
    })),
    '/samplers': samplers.map((name) => ({ name, aliases: [], options: {} })),
    '/upscalers': upscalers.map((upscaler) => ({ ...upscaler, model_name: null, model_path: null, model_url: null })),
    '/loras': loras.map((lora) => ({ ...lora, path: `${folder}/Lora/paint.safetensors`, metadata: {} })),
    '/prompt-styles': styles,
  };
  const labelled = schedulers.map((each) => ({ ...each, aliases: null, default_rho: -1, need_inner_model: false }));
  switch (kind) {
    case 'automatic1111':
      return { ...shared, '/schedulers': labelled, '/sd-vae': [] };
    case 'forge':
      return {
        ...shared,
        '/schedulers': labelled,
        '/sd-modules': modules.map((name) => ({ model_name: name, filename: `${folder}/${name}` })),
      };
    case 'sdnext':
      return {
        ...shared,
        '/schedulers': [{ name: 'Euler', cls: 'EulerDiscreteScheduler', options: {} }],
        '/sd-vae': [],
        '/version': { app: 'SD.Next', updated: '2026-07-01' },
      };
  }
}
