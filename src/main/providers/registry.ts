import type { ProviderManifest } from '../../shared/models/provider.ts';
import { manifest as astria } from './astria/manifest.ts';
import { manifest as automatic1111 } from './automatic1111/manifest.ts';
import { manifest as bfl } from './bfl/manifest.ts';
import { manifest as builtin } from './builtin/manifest.ts';
import { manifest as comfyui } from './comfyui/manifest.ts';
import { manifest as fal } from './fal/manifest.ts';
import { manifest as gemini } from './gemini/manifest.ts';
import { manifest as huggingface } from './huggingface/manifest.ts';
import { manifest as leonardo } from './leonardo/manifest.ts';
import { manifest as modal } from './modal/manifest.ts';
import { manifest as openai } from './openai/manifest.ts';
import type { ImageProvider, ProviderPlace } from './provider.ts';
import { manifest as replicate } from './replicate/manifest.ts';
import { manifest as runpod } from './runpod/manifest.ts';
import { manifest as runware } from './runware/manifest.ts';
import { manifest as stability } from './stability/manifest.ts';
import { manifest as together } from './together/manifest.ts';

/** A provider before it is used: its manifest costs nothing, its code is loaded when it is opened. */
export interface ProviderKind {
  readonly manifest: ProviderManifest;
  open(place: ProviderPlace): Promise<ImageProvider>;
}

/** All providers, in the order in which they are tried when the user named none. */
export const providerKinds: readonly ProviderKind[] = [
  { manifest: comfyui, open: async ({ url }) => (await import('./comfyui/adapter.ts')).createComfyui({ url }) },
  {
    manifest: automatic1111,
    open: async (place) => (await import('./automatic1111/adapter.ts')).createAutomatic1111(place),
  },
  { manifest: astria, open: async (place) => (await import('./astria/adapter.ts')).createAstria(place) },
  { manifest: bfl, open: async (place) => (await import('./bfl/adapter.ts')).createBfl(place) },
  { manifest: fal, open: async (place) => (await import('./fal/adapter.ts')).createFal(place) },
  { manifest: gemini, open: async (place) => (await import('./gemini/adapter.ts')).createGemini(place) },
  { manifest: huggingface, open: async (place) => (await import('./huggingface/adapter.ts')).createHuggingface(place) },
  { manifest: leonardo, open: async (place) => (await import('./leonardo/adapter.ts')).createLeonardo(place) },
  { manifest: modal, open: async (place) => (await import('./modal/adapter.ts')).createModal(place) },
  { manifest: openai, open: async (place) => (await import('./openai/adapter.ts')).createOpenai(place) },
  { manifest: replicate, open: async (place) => (await import('./replicate/adapter.ts')).createReplicate(place) },
  { manifest: runpod, open: async (place) => (await import('./runpod/adapter.ts')).createRunpod(place) },
  { manifest: runware, open: async (place) => (await import('./runware/adapter.ts')).createRunware(place) },
  { manifest: stability, open: async (place) => (await import('./stability/adapter.ts')).createStability(place) },
  { manifest: together, open: async (place) => (await import('./together/adapter.ts')).createTogether(place) },
  { manifest: builtin, open: async () => (await import('./builtin/adapter.ts')).createBuiltin() },
];
