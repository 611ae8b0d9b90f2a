import { createHttp } from '../http.ts';
import { SystemStats } from './answers.ts';

/** Looks once whether a ComfyUI answers at an address: its version, 'unknown' for one that doesn't tell, or null. Never throws. */
export async function probeComfyui(url: string, signal: AbortSignal): Promise<string | null> {
  try {
    const http = createHttp({
      baseUrl: url,
      name: 'ComfyUI',
      remedy: '',
      connectTimeoutMs: 2000,
      largestJson: 1_000_000,
    });
    try {
      const { system } = await http.get('/system_stats', SystemStats, { signal, timeoutMs: 2000 });
      return system.comfyui_version ?? 'unknown';
    } finally {
      await http.close();
    }
  } catch {
    return null;
  }
}
