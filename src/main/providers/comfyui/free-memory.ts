import { createHttp } from '../http.ts';

/**
 * Asks a ComfyUI to let go of its models and of the memory they are in; it does so once it is idle. Its next job loads them again.
 * Throws ProviderError.
 */
export async function freeComfyuiMemory(url: string, signal: AbortSignal): Promise<void> {
  const http = createHttp({
    baseUrl: url,
    name: 'ComfyUI',
    remedy: 'Is it running?',
    connectTimeoutMs: 2000,
    largestJson: 100_000,
  });
  try {
    // The answer is empty. Without a body the server fails.
    await http.post('/free', { unload_models: true, free_memory: true }, () => null, { signal, timeoutMs: 5000 });
  } finally {
    await http.close();
  }
}
