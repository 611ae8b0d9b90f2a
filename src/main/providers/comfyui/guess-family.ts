import type { Model } from '../../../shared/models/provider.ts';

export type Family = Extract<Model['family'], 'sd15' | 'sdxl' | 'flux' | 'other'>;

const fluxName = /flux|schnell/i;
const sdxlName = /(^|[^a-z])xl|xl($|[^a-z])|sdxl|sd_xl|pony|illustrious|noobai|animagine|juggernautx/i;
const sd15Name =
  /sd[-_. ]?(v)?[-_. ]?1[-_.]?[45]|v1[-_.]?5|[-_. ]1[-_.]5[-_. ]|sd15|stable-diffusion-v1|dreamshaper_[3-8]|deliberate|realistic_?vision|anything-?v|counterfeit|revanimated|epicrealism/i;

/** The family that a file's path tells; `other` where it tells none. */
export function guessFamilyByName(path: string): Family {
  if (fluxName.test(path)) return 'flux';
  if (sdxlName.test(path)) return 'sdxl';
  if (sd15Name.test(path)) return 'sd15';
  return 'other';
}

/** The family that the metadata inside a file tells, as trainers and converters write it. */
export function guessFamilyByMetadata(metadata: Readonly<Record<string, unknown>> | null): Family {
  const told = ['modelspec.architecture', 'ss_base_model_version', 'modelspec.title']
    .map((key) => metadata?.[key])
    .filter((value) => typeof value === 'string')
    .join(' ')
    .toLowerCase();
  if (told.includes('flux')) return 'flux';
  if (/stable-diffusion-xl|sdxl/.test(told)) return 'sdxl';
  if (/stable-diffusion-v1|sd_v1|sd[-_ ]?1\.?5/.test(told)) return 'sd15';
  return 'other';
}

const secondFlux = /flux[-_. ]?2(?!\d)|klein/i;
const fluxTool = /flux.*[-_. ](fill|redux|canny|depth)([-_. ]|$)/i;
const foreignDiffusionModel =
  /(^|[^a-z])(wan|qwen|hunyuan|ltx|lumina|hidream|chroma|cosmos|z[-_]?image|omnigen|aura|kandinsky|svd|mochi|ace[-_]?step|sd3|sdxl|sd_xl|cascade|pixart|sana|ovis|audio|longcat|kolors|newbie)/i;

/**
 * Whether a file of the folder `diffusion_models` can be drawn with as FLUX.1. Other families need other parts, and FLUX.2 and the
 * tools that fill or follow edges need other graphs; a name that tells nothing is given the benefit of the doubt.
 */
export function mayBeFlux(path: string): boolean {
  if (secondFlux.test(path) || fluxTool.test(path)) return false;
  return fluxName.test(path) || !foreignDiffusionModel.test(path);
}
