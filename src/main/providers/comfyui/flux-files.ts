import { stemOf } from './model-ids.ts';

/** The files that FLUX in separate parts needs beside its diffusion model. */
export interface FluxFiles {
  readonly t5: string;
  readonly clip: string;
  readonly vae: string;
}

export interface FluxCandidates {
  readonly textEncoders: readonly string[];
  readonly vaes: readonly string[];
}

const isT5 = (file: string): boolean => /t5[-_. ]?(v1_1[-_])?xxl/i.test(file);
const isClipL = (file: string): boolean => /clip[-_. ]?l(?![a-z])/i.test(stemOf(file));
const isFluxVae = (file: string): boolean =>
  /^ae$/i.test(stemOf(file)) || /flux.*[^a-z](vae|ae)([^a-z]|$)|(^|[^a-z])(vae|ae)[^a-z].*flux/i.test(file);
const isFp8 = (file: string): boolean => /fp8|e4m3|e5m2/i.test(file);

/**
 * Chooses among the server's files. What it lacks gets its usual name, so that the check of the graph can say what is missing.
 * An 8-bit diffusion model gets an 8-bit text encoder where there is one: whoever chose it is short of memory.
 */
export function chooseFluxFiles(model: string, { textEncoders, vaes }: FluxCandidates): FluxFiles {
  const t5s = textEncoders.filter(isT5);
  return {
    t5: t5s.find((file) => isFp8(file) === isFp8(model)) ?? t5s[0] ?? 't5xxl_fp16.safetensors',
    clip: textEncoders.find(isClipL) ?? 'clip_l.safetensors',
    vae: vaes.find((file) => /^ae$/i.test(stemOf(file))) ?? vaes.find(isFluxVae) ?? 'ae.safetensors',
  };
}

/** Whether all parts are there. */
export function hasFluxFiles({ textEncoders, vaes }: FluxCandidates): boolean {
  return textEncoders.some(isT5) && textEncoders.some(isClipL) && vaes.some(isFluxVae);
}
