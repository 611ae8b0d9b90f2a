import { Ollama } from 'ollama';

/** The version of the Ollama at this address, or null where none answers within `timeoutMs`. */
export async function probeOllama(url: string, timeoutMs: number): Promise<string | null> {
  const client = new Ollama({
    host: url,
    fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(timeoutMs), redirect: 'error' }),
  });
  try {
    const { version } = await client.version();
    return version;
  } catch {
    // Nobody there, or somebody else: both mean "not found".
    return null;
  }
}
