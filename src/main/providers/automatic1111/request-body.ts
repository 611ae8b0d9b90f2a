import { ProviderError, type InputImage, type ProviderRequest } from '../provider.ts';
import { toBase64 } from '../encoded-bytes.ts';
import { withLoras } from './prompt-tags.ts';
import type { ServerFacts } from './server-facts.ts';

/** A call that begins the work, and is silent until it is done. */
export interface Call {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What the web UI itself sends by default; the API would begin with an empty area and paint that area alone. */
const inpainting = {
  mask_blur: 4,
  /** The masked area begins with what was there. */
  inpainting_fill: 1,
  inpaint_full_res: false,
  inpaint_full_res_padding: 32,
  inpainting_mask_invert: 0,
} as const;

/** Cut to the wished shape, never distorted. */
const cropAndResize = 1;
const byFactor = 0;

const fluxParts: readonly RegExp[] = [/^ae\b/i, /^clip_l\b/i, /^t5xxl/i];

/**
 * The files that a FLUX model needs beside itself on Forge. Undefined where not all are there: then what is chosen in the web UI
 * stays. Other families carry their own, and those chosen for FLUX would spoil them.
 */
function additionalModules({ kind, modules }: ServerFacts, family: string): readonly string[] | undefined {
  if (kind !== 'forge' || family === 'other') return undefined;
  if (family !== 'flux') return [];
  const found = fluxParts.map((part) => modules.find((name) => part.test(name)));
  return found.every((name) => name !== undefined) ? found : undefined;
}

/** White is painted anew. As opaque grey: of a picture with any transparency the server reads that in place of the colours. */
async function opaqueMask(mask: InputImage): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp');
  return sharp(mask.bytes).flatten({ background: '#000' }).toColourspace('b-w').png().toBuffer();
}

async function startingFrom({ image, mask, operation, strength }: ProviderRequest): Promise<Record<string, unknown>> {
  if (!image) throw new ProviderError('invalid_request', 'This needs an image to begin with. Add one, then try again.');
  const started = {
    init_images: [toBase64(image.bytes)],
    denoising_strength: strength ?? undefined,
    resize_mode: cropAndResize,
  };
  if (operation !== 'inpaint') return started;
  if (!mask)
    throw new ProviderError('invalid_request', 'Inpainting needs a mask. Paint over what is to be drawn anew.');
  return { ...started, mask: toBase64(await opaqueMask(mask)), ...inpainting };
}

/** A picture of a model. `taskId` names the work in the server's own queue. */
export async function drawingCall(
  request: ProviderRequest,
  modelName: string,
  { facts, taskId }: { facts: ServerFacts; taskId: string },
): Promise<Call> {
  const isFromImage = request.operation !== 'textToImage';
  const isSdNext = facts.kind === 'sdnext';
  // FLUX has its guidance built in; the other kind would draw twice, and needs a negative prompt.
  const isDistilled = facts.kind === 'forge' && request.model.family === 'flux';
  const guidance = request.guidance ?? undefined;
  return {
    path: isFromImage ? '/sdapi/v1/img2img' : '/sdapi/v1/txt2img',
    body: {
      prompt: withLoras(request.prompt, request.loras),
      negative_prompt: request.negativePrompt,
      styles: request.style === null ? [] : [request.style],
      seed: request.seed,
      steps: request.steps ?? undefined,
      ...(isDistilled ? { cfg_scale: 1, distilled_cfg_scale: guidance } : { cfg_scale: guidance }),
      width: request.width,
      height: request.height,
      batch_size: 1,
      n_iter: request.count,
      sampler_name: request.sampler ?? undefined,
      scheduler: isSdNext ? undefined : (request.scheduler ?? undefined),
      override_settings: {
        sd_model_checkpoint: modelName,
        forge_additional_modules: additionalModules(facts, request.model.family),
      },
      send_images: true,
      save_images: false,
      force_task_id: isSdNext ? undefined : taskId,
      ...(isFromImage ? await startingFrom(request) : {}),
    },
  };
}

export function upscalingCall({ image, scale }: ProviderRequest, upscaler: string): Call {
  if (!image) throw new ProviderError('invalid_request', 'Give the image that is to become larger.');
  return {
    path: '/sdapi/v1/extra-single-image',
    body: {
      image: toBase64(image.bytes),
      resize_mode: byFactor,
      upscaling_resize: scale ?? undefined,
      upscaler_1: upscaler,
    },
  };
}
