import type { ProviderManifest } from '../../shared/models/provider.ts';
import { manifest as builtin } from './builtin/manifest.ts';
import { manifest as comfyui } from './comfyui/manifest.ts';
import type { ImageProvider } from './provider.ts';

/** A provider before it is used: its manifest costs nothing, its code is loaded when it is opened. */
export interface ProviderKind {
  readonly manifest: ProviderManifest;
  /** `url` is empty for a provider that needs no network. */
  open(url: string): Promise<ImageProvider>;
}

/** All providers, in the order in which they are tried when the user named none. */
export const providerKinds: readonly ProviderKind[] = [
  { manifest: comfyui, open: async (url) => (await import('./comfyui/adapter.ts')).createComfyui({ url }) },
  { manifest: builtin, open: async () => (await import('./builtin/adapter.ts')).createBuiltin() },
];
