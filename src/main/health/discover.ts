import type { probeAutomatic1111 } from '../providers/automatic1111/probe.ts';
import type { probeComfyui } from '../providers/comfyui/probe.ts';
import type { probeOllama } from '../ollama/probe-ollama.ts';

/** The usual loopback addresses (P13); the literal address, since `localhost` may mean IPv6, where these don't listen. */
export const usualAddresses = {
  comfyui: ['http://127.0.0.1:8188', 'http://127.0.0.1:8000'],
  automatic1111: ['http://127.0.0.1:7860'],
  ollama: ['http://127.0.0.1:11434'],
} as const;

export interface FoundServer {
  readonly service: keyof typeof usualAddresses;
  readonly name: string;
  readonly url: string;
  readonly version: string | null;
  readonly usable: boolean;
  readonly note: string;
}

const probeMs = 1500;

/** Looks once at each address and answers with what is there. One probe each, nothing more, until the user accepts it. */
export async function discover(
  addresses: Readonly<Record<keyof typeof usualAddresses, readonly string[]>>,
  probes: {
    comfyui: typeof probeComfyui;
    automatic1111: typeof probeAutomatic1111;
    ollama: typeof probeOllama;
  },
): Promise<FoundServer[]> {
  const looks: Promise<FoundServer | null>[] = [
    ...addresses.comfyui.map(async (url): Promise<FoundServer | null> => {
      const version = await probes.comfyui(url, AbortSignal.timeout(probeMs));
      if (version === null) return null;
      return {
        service: 'comfyui',
        name: 'ComfyUI',
        url,
        version,
        usable: true,
        note: 'Generates with the models installed there.',
      };
    }),
    ...addresses.automatic1111.map(async (url): Promise<FoundServer | null> => {
      if (!(await probes.automatic1111(url, AbortSignal.timeout(probeMs)))) return null;
      const note = 'Generates with the models installed there.';
      return { service: 'automatic1111', name: 'AUTOMATIC1111', url, version: null, usable: true, note };
    }),
    ...addresses.ollama.map(async (url): Promise<FoundServer | null> => {
      const version = await probes.ollama(url, probeMs);
      if (version === null) return null;
      const note = 'Shortens long prompts and helps to write them, with the models installed there.';
      return { service: 'ollama', name: 'Ollama', url, version, usable: false, note };
    }),
  ];
  return (await Promise.all(looks)).filter((found) => found !== null);
}
