/** `name` and `name:latest` are one model, and case does not count. */
export function isSameModel(one: string, other: string): boolean {
  return fullName(one) === fullName(other);
}

/** Names of models that run on the vendor's computers: `gpt-oss:120b-cloud`, `writer:cloud`. */
export function hasCloudName(name: string): boolean {
  return /[:-]cloud$/i.test(name.trim());
}

/** gpt-oss always thinks, whatever it is told, and its structured answers depend on it. */
export function isGptOss(name: string): boolean {
  return /(^|\/)gpt-oss(:|$)/i.test(name.trim());
}

/** How a model is told to think as little as it can; null: nothing may be said. */
export function leastThinking(name: string, abilities: readonly string[]): 'low' | false | null {
  // Told `false`, gpt-oss answers a request with a schema with nothing at all.
  if (isGptOss(name)) return 'low';
  return abilities.includes('thinking') ? false : null;
}

/** From which version on gpt-oss answers a chat with a schema: github.com/ollama/ollama/issues, about 0.11.5 to 0.12. */
const firstWithSchemas = [0, 12, 0] as const;

/** Whether a schema may be sent; without one the shape is asked for in words alone. An unknown version counts as new. */
export function takesSchema(name: string, version: string | null): boolean {
  const [, ...parts] = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(version ?? '') ?? [];
  if (!isGptOss(name) || parts.length === 0) return true;
  for (const [at, least] of firstWithSchemas.entries()) {
    const part = Number(parts[at] ?? 0);
    if (part !== least) return part > least;
  }
  return true;
}

function fullName(name: string): string {
  const lower = name.trim().toLowerCase();
  return lower.slice(lower.lastIndexOf('/') + 1).includes(':') ? lower : `${lower}:latest`;
}
