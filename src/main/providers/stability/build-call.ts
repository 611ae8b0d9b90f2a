import { FormData } from 'undici';
import type { DroppedParameter } from '../../../shared/models/dropped-parameter.ts';
import { ProviderError, type InputImage, type ProviderRequest } from '../provider.ts';
import { checkInput, inputFile } from './input-file.ts';
import { ratioOf } from './shapes.ts';

/** One paid call. `isSlow`: it answers with an id, and the picture is asked for later. */
export interface Call {
  readonly path: string;
  readonly form: FormData;
  readonly isSlow: boolean;
  readonly dropped: readonly DroppedParameter[];
}

/** Text parts; what is null is not sent. */
type Parts = Record<string, string | number | null>;

const base = '/v2beta/stable-image';
const edits: Readonly<Record<string, string>> = {
  inpaint: '/edit/inpaint',
  'upscale-fast': '/upscale/fast',
  'upscale-conservative': '/upscale/conservative',
  'upscale-creative': '/upscale/creative',
  'remove-background': '/edit/remove-background',
  'control-structure': '/control/structure',
  'control-sketch': '/control/sketch',
  'control-style': '/control/style',
};
const guidanceLimits = { min: 1, max: 10 } as const;
const promptForUpscaling = 'the same picture, sharp and rich in detail';
const seedCount = 4_294_967_295;

/** The call for a request. Throws ProviderError for what the service would not take. */
export async function buildCall(request: ProviderRequest): Promise<Call> {
  const { model, image, mask } = request;
  if (image) checkInput(model, image, mask);
  const { path, parts, dropped } = partsOf(request);
  const form = new FormData();
  for (const [name, value] of Object.entries(parts)) {
    if (value !== null) form.append(name, String(value));
  }
  await appendFile(form, 'image', image);
  await appendFile(form, 'mask', mask);
  return { path: `${base}${path}`, form, dropped, isSlow: model.id === 'upscale-creative' };
}

async function appendFile(form: FormData, field: string, image: InputImage | null): Promise<void> {
  if (image) form.append(field, await inputFile(image), field);
}

function partsOf(request: ProviderRequest): { path: string; parts: Parts; dropped: DroppedParameter[] } {
  const { model, image } = request;
  const parts = commonParts(request);
  const edit = edits[model.id];
  if (edit !== undefined) return { path: edit, parts: { ...parts, ...editParts(request) }, dropped: [] };
  const strength = image ? request.strength : null;
  if (model.id === 'core' || model.id === 'ultra') {
    return {
      path: `/generate/${model.id}`,
      parts: { ...parts, aspect_ratio: ratioOf(request), strength },
      dropped: [],
    };
  }
  const { guidance, dropped } = guidanceOf(request);
  const mode: Parts = image
    ? { mode: 'image-to-image', strength }
    : { mode: 'text-to-image', aspect_ratio: ratioOf(request) };
  return {
    path: '/generate/sd3',
    parts: { ...parts, model: model.id, cfg_scale: guidance, ...mode },
    dropped: image ? [...dropped, ...otherShape(request, image)] : dropped,
  };
}

/** Whatever the model takes; the queue has taken out the rest. */
function commonParts({ model, outputFormat, ...request }: ProviderRequest): Parts {
  const prompt = promptToSend({ model, ...request });
  if (prompt?.trim() === '') {
    throw new ProviderError('invalid_request', `${model.name} needs a prompt that says what the picture shows.`);
  }
  return {
    prompt,
    negative_prompt: request.negativePrompt || null,
    seed: model.parameters.includes('seed') ? seedToSend(request.seed) : null,
    style_preset: request.style,
    output_format: outputFormat === 'jpg' ? 'jpeg' : outputFormat,
  };
}

/** Null where the model takes none. Two upscalers want one although there is nothing that must be said. */
export function promptToSend({
  model,
  operation,
  prompt,
}: Pick<ProviderRequest, 'model' | 'operation' | 'prompt'>): string | null {
  if (model.id === 'upscale-fast' || model.id === 'remove-background') return null;
  return operation === 'upscale' && prompt.trim() === '' ? promptForUpscaling : prompt;
}

function editParts({ model, strength, ...request }: ProviderRequest): Parts {
  // Easel says how far to leave the reference, the service how closely to follow it.
  const closeness = strength === null ? null : Number((1 - strength).toFixed(4));
  switch (model.id) {
    case 'control-structure':
    case 'control-sketch':
      return { control_strength: closeness };
    case 'control-style':
      return { fidelity: closeness, aspect_ratio: ratioOf(request) };
    default:
      return {};
  }
}

/** In the service's range. Its 0 means "any", which could not be repeated. */
export function seedToSend(seed: number): number {
  return seed % seedCount || seedCount - 1;
}

function guidanceOf({ guidance, model }: ProviderRequest): { guidance: number | null; dropped: DroppedParameter[] } {
  const { min, max } = guidanceLimits;
  if (guidance === null) return { guidance, dropped: [] };
  const taken = Math.max(min, Math.min(max, guidance));
  const note = `${model.name} takes ${min} to ${max}, so it became ${taken}.`;
  return { guidance: taken, dropped: taken === guidance ? [] : [{ parameter: 'guidance', note }] };
}

/** A picture made from another one keeps that one's shape. */
function otherShape(request: ProviderRequest, image: InputImage): DroppedParameter[] {
  if (ratioOf(request) === ratioOf(image)) return [];
  const note = `${request.model.name} keeps the shape of the reference image.`;
  return [{ parameter: 'size', note }];
}
