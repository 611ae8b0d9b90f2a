import { longestPrompt } from '../../../shared/models/generation-request.ts';
import type { Model } from '../../../shared/models/provider.ts';
import { baseTunes } from './model-ids.ts';
import { sizesFor } from './shapes.ts';

const schedulers = ['euler', 'euler_a', 'dpm++2m_karras', 'dpm++sde_karras', 'dpm++2m', 'dpm++sde', 'lcm', 'tcd'];
const styles = [
  'Cinematic',
  'Animated',
  'Digital Art',
  'Photographic',
  'Fantasy art',
  'Neonpunk',
  'Enhance',
  'Comic book',
  'Lowpoly',
  'Line art',
];

/** Astria names none for sides; these keep a picture within what its models are made for. */
const side = { min: 256, max: 2048, multipleOf: 8 };
const imagesPerRequest = 8;
const noChoices = { samplers: [], schedulers: [], loras: [] };
const strength = 0.8;

const flux: Model = {
  id: baseTunes.flux,
  name: 'FLUX.1 dev',
  family: 'flux',
  tier: 'standard',
  operations: ['textToImage', 'imageToImage', 'inpaint'],
  parameters: ['size', 'seed', 'steps', 'guidance', 'strength', 'style'],
  limits: { promptCharacters: longestPrompt, imagesPerRequest, side },
  defaults: { width: 1024, height: 1024, strength },
  choices: { ...noChoices, styles },
  // Its list of prices is for accounts only; what a picture did cost comes with it.
  price: null,
  typicalSeconds: 30,
};

const sdxl: Model = {
  ...flux,
  id: baseTunes.sdxl,
  name: 'SDXL 1.0',
  family: 'sdxl',
  tier: 'fast',
  parameters: ['negativePrompt', 'size', 'seed', 'steps', 'guidance', 'scheduler', 'strength', 'style'],
  choices: { ...noChoices, schedulers, styles },
  typicalSeconds: 20,
};

const realisticVision: Model = {
  ...sdxl,
  id: baseTunes.realisticVision,
  name: 'Realistic Vision 5.1',
  family: 'sd15',
  defaults: { width: 512, height: 768, strength },
};

const upscaler: Model = {
  id: `upscale/${baseTunes.flux}`,
  name: 'Upscaler',
  family: 'upscaler',
  tier: 'standard',
  operations: ['upscale'],
  parameters: [],
  limits: { promptCharacters: longestPrompt, imagesPerRequest: 1, side: { min: 64, max: 2048, multipleOf: 1 } },
  defaults: {},
  choices: noChoices,
  price: null,
  typicalSeconds: 30,
};

const videoSeconds = 5;

/** `usd`: for five seconds, without the first frame, which is a picture of its own. */
function video(id: string, name: string, tier: Model['tier'], usd: number): Model {
  return {
    id: `video/${id}`,
    name,
    family: 'other',
    tier,
    operations: ['video'],
    parameters: ['seed', 'seconds'],
    startsFrom: 'prompt',
    limits: { promptCharacters: longestPrompt, imagesPerRequest: 1, side },
    defaults: { width: 1024, height: 1024, seconds: videoSeconds },
    choices: { ...noChoices, seconds: [videoSeconds] },
    price: { usd: usd / videoSeconds, per: 'second' },
    typicalSeconds: 180,
  };
}

/** What every account can use, the recommended one first. */
export const baseModels: readonly Model[] = [
  flux,
  sdxl,
  realisticVision,
  upscaler,
  video('seedance_480p', 'Seedance 480p', 'fast', 0.1),
  video('wan25_720p', 'Wan 2.5 720p', 'standard', 0.53),
  video('veo31_fast_720p', 'Veo 3.1 fast 720p', 'premium', 0.85),
  video('kling30_standard', 'Kling 3.0 standard', 'premium', 0.92),
];

/** A model of another maker, which takes shapes in place of pixels. */
export function gatewayModel(id: string, name: string, resolutions: readonly string[], isDefault: boolean): Model {
  return {
    id,
    name,
    family: 'other',
    tier: isDefault ? 'premium' : 'standard',
    operations: ['textToImage', 'imageToImage'],
    parameters: ['size', 'seed'],
    limits: {
      promptCharacters: longestPrompt,
      imagesPerRequest,
      side: { min: 64, max: 6400, multipleOf: 8 },
      sizes: sizesFor(resolutions),
    },
    defaults: { width: 1024, height: 1024 },
    choices: noChoices,
    price: null,
    typicalSeconds: null,
  };
}

/** A trained model draws as the one it was made from. */
export function trainedModel(id: string, name: string, family: 'flux' | 'sdxl' | 'sd15'): Model {
  const base = { flux, sdxl, sd15: realisticVision }[family];
  return { ...base, id, name };
}
