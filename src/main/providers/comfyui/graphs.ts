import type { ProviderRequest } from '../provider.ts';
import type { FluxFiles } from './flux-files.ts';
import { createGraphBuilder, type Graph, type GraphBuilder, type Link } from './graph.ts';
import type { ModelFile } from './model-ids.ts';
import type { LoraUse } from './prompt-loras.ts';

/** What a graph needs to know beside the request: names on the server. */
export interface GraphParts {
  readonly model: ModelFile;
  /** The prompts without LoRA tags. */
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly loras: readonly LoraUse[];
  /** Names of the uploaded files. */
  readonly image: string | null;
  readonly mask: string | null;
  readonly fluxFiles: FluxFiles | null;
}

interface Loaded {
  readonly model: Link;
  readonly clip: Link;
  readonly vae: Link;
}

/** A prefix of its own makes every run write new files: an unchanged graph would answer with old ones, which may be gone. */
export function filePrefixOf(attemptId: string): string {
  return `easel/${attemptId}`;
}

function addLoras(builder: GraphBuilder, loaded: Loaded, loras: readonly LoraUse[]): Loaded {
  return loras.reduce((before, lora) => {
    const loader = builder.add('LoraLoader', {
      model: before.model,
      clip: before.clip,
      lora_name: lora.name,
      strength_model: lora.modelWeight,
      strength_clip: lora.clipWeight,
    });
    return { ...before, model: loader(0), clip: loader(1) };
  }, loaded);
}

/** The mask is as large as the reference, so that one decides for both: they are cut and scaled alike or not at all. */
function isScaled({ image, width, height }: ProviderRequest): boolean {
  return image?.width !== width || image.height !== height;
}

const scaling = { upscale_method: 'lanczos', crop: 'center' } as const;

/** An uploaded picture as pixels of the size that was asked for. */
function addPicture(builder: GraphBuilder, request: ProviderRequest, name: string): Link {
  const { width, height } = request;
  const pixels = builder.add('LoadImage', { image: name })(0);
  return isScaled(request) ? builder.add('ImageScale', { image: pixels, width, height, ...scaling })(0) : pixels;
}

/** Its red channel is read, so white is painted anew. */
function addMask(builder: GraphBuilder, request: ProviderRequest, name: string): Link {
  if (!isScaled(request)) return builder.add('LoadImageMask', { image: name, channel: 'red' })(0);
  return builder.add('ImageToMask', { image: addPicture(builder, request, name), channel: 'red' })(0);
}

/** Where sampling begins: an empty picture, the reference, or the reference with its mask. */
function addLatent(
  builder: GraphBuilder,
  { request, parts, vae, isFlux }: { request: ProviderRequest; parts: GraphParts; vae: Link; isFlux: boolean },
): { latent: Link; denoise: number } {
  const { width, height } = request;
  if (parts.image === null) {
    const empty = isFlux ? 'EmptySD3LatentImage' : 'EmptyLatentImage';
    return { latent: builder.add(empty, { width, height, batch_size: 1 })(0), denoise: 1 };
  }
  const denoise = request.strength ?? 1;
  const pixels = addPicture(builder, request, parts.image);
  if (parts.mask === null) return { latent: builder.add('VAEEncode', { pixels, vae })(0), denoise };
  const mask = addMask(builder, request, parts.mask);
  // This node blanks what lies under the mask, which only a full repaint can bear.
  if (denoise >= 1 && !isFlux) {
    const latent = builder.add('VAEEncodeForInpaint', { pixels, vae, mask, grow_mask_by: 6 })(0);
    return { latent, denoise: 1 };
  }
  const samples = builder.add('VAEEncode', { pixels, vae })(0);
  return { latent: builder.add('SetLatentNoiseMask', { samples, mask })(0), denoise };
}

function addResult(builder: GraphBuilder, request: ProviderRequest, samples: Link, vae: Link): void {
  const images = builder.add('VAEDecode', { samples, vae })(0);
  builder.add('SaveImage', { images, filename_prefix: filePrefixOf(request.attemptId) });
}

function samplingOf(request: ProviderRequest, usual: { sampler: string; scheduler: string; guidance: number }) {
  const { model } = request;
  return {
    steps: request.steps ?? model.defaults.steps ?? 20,
    guidance: request.guidance ?? model.defaults.guidance ?? usual.guidance,
    sampler: request.sampler ?? model.defaults.sampler ?? usual.sampler,
    scheduler: request.scheduler ?? model.defaults.scheduler ?? usual.scheduler,
  };
}

const fluxUsual = { sampler: 'euler', scheduler: 'simple', guidance: 3.5 };

/** A checkpoint that holds everything: SD 1.5, SDXL, FLUX fp8, and whatever else loads like them. */
function buildCheckpointGraph(request: ProviderRequest, parts: GraphParts): Graph {
  const builder = createGraphBuilder();
  const isFlux = request.model.family === 'flux';
  const checkpoint = builder.add('CheckpointLoaderSimple', { ckpt_name: parts.model.file });
  const vae = checkpoint(2);
  const { model, clip } = addLoras(builder, { model: checkpoint(0), clip: checkpoint(1), vae }, parts.loras);
  const usual = isFlux ? fluxUsual : { sampler: 'euler', scheduler: 'normal', guidance: 7 };
  const { steps, guidance, sampler, scheduler } = samplingOf(request, usual);
  const words = builder.add('CLIPTextEncode', { text: parts.prompt, clip })(0);
  // FLUX takes its guidance with the prompt; the sampler's own must be 1, and a negative prompt has no effect.
  const positive = isFlux ? builder.add('FluxGuidance', { conditioning: words, guidance })(0) : words;
  const negative = isFlux
    ? builder.add('ConditioningZeroOut', { conditioning: words })(0)
    : builder.add('CLIPTextEncode', { text: parts.negativePrompt, clip })(0);
  const { latent, denoise } = addLatent(builder, { request, parts, vae, isFlux });
  const samples = builder.add('KSampler', {
    model,
    seed: request.seed,
    steps,
    cfg: isFlux ? 1 : guidance,
    sampler_name: sampler,
    scheduler,
    positive,
    negative,
    latent_image: latent,
    denoise,
  })(0);
  addResult(builder, request, samples, vae);
  return builder.graph;
}

/** FLUX in separate files: diffusion model, two text encoders, VAE. */
function buildFluxGraph(request: ProviderRequest, parts: GraphParts, files: FluxFiles): Graph {
  const builder = createGraphBuilder();
  const diffusion = builder.add('UNETLoader', { unet_name: parts.model.file, weight_dtype: 'default' });
  const encoders = builder.add('DualCLIPLoader', { clip_name1: files.t5, clip_name2: files.clip, type: 'flux' });
  const vae = builder.add('VAELoader', { vae_name: files.vae })(0);
  const loaded = addLoras(builder, { model: diffusion(0), clip: encoders(0), vae }, parts.loras);
  const { steps, guidance, sampler, scheduler } = samplingOf(request, fluxUsual);
  const words = builder.add('CLIPTextEncode', { text: parts.prompt, clip: loaded.clip })(0);
  const conditioning = builder.add('FluxGuidance', { conditioning: words, guidance })(0);
  const { latent, denoise } = addLatent(builder, { request, parts, vae, isFlux: true });
  const { width, height } = request;
  const model = builder.add('ModelSamplingFlux', {
    model: loaded.model,
    max_shift: 1.15,
    base_shift: 0.5,
    width,
    height,
  })(0);
  const sampled = builder.add('SamplerCustomAdvanced', {
    noise: builder.add('RandomNoise', { noise_seed: request.seed })(0),
    guider: builder.add('BasicGuider', { model, conditioning })(0),
    sampler: builder.add('KSamplerSelect', { sampler_name: sampler })(0),
    sigmas: builder.add('BasicScheduler', { model, scheduler, steps, denoise })(0),
    latent_image: latent,
  });
  addResult(builder, request, sampled(0), vae);
  return builder.graph;
}

function buildUpscaleGraph(request: ProviderRequest, parts: GraphParts): Graph {
  const builder = createGraphBuilder();
  const image = builder.add('LoadImage', { image: parts.image ?? '' })(0);
  const model = builder.add('UpscaleModelLoader', { model_name: parts.model.file })(0);
  const images = builder.add('ImageUpscaleWithModel', { upscale_model: model, image })(0);
  builder.add('SaveImage', { images, filename_prefix: filePrefixOf(request.attemptId) });
  return builder.graph;
}

/** The graph for one image of a request. */
export function buildGraph(request: ProviderRequest, parts: GraphParts): Graph {
  if (parts.model.folder === 'upscale_models') return buildUpscaleGraph(request, parts);
  if (parts.fluxFiles) return buildFluxGraph(request, parts, parts.fluxFiles);
  return buildCheckpointGraph(request, parts);
}
