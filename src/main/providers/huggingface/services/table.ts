import { fal } from './fal.ts';
import { deepinfra, hfInference, nscale, together } from './pictures.ts';
import { replicate } from './replicate.ts';
import type { Service } from './service.ts';
import { wavespeed } from './wavespeed.ts';
import { zai } from './zai.ts';

/** The services behind the router that Easel speaks to, by the names that the hub gives them, which begin their paths. */
export const services: Readonly<Record<string, Service>> = {
  'fal-ai': fal,
  replicate,
  together,
  wavespeed,
  nscale,
  deepinfra,
  'zai-org': zai,
  'hf-inference': hfInference,
};
