import type { Lora } from '../../../shared/models/generation-request.ts';
import { stemOf } from './model-ids.ts';

export interface LoraUse {
  readonly name: string;
  readonly modelWeight: number;
  readonly clipWeight: number;
}

const tag = /<lora:([^:<>]+)(?::([^:<>]*))?(?::([^:<>]*))?>/gi;

function weightOf(text: string | undefined, usual: number): number {
  const weight = text === undefined || text.trim() === '' ? usual : Number(text);
  return Number.isFinite(weight) ? weight : usual;
}

/** Takes `<lora:name:0.8>` and `<lora:name:model weight:text weight>` out of a prompt: to ComfyUI they are ordinary words. */
export function takeLoraTags(prompt: string): { readonly text: string; readonly loras: readonly LoraUse[] } {
  const loras = [...prompt.matchAll(tag)].map((found): LoraUse => {
    const modelWeight = weightOf(found[2], 1);
    return { name: (found[1] ?? '').trim(), modelWeight, clipWeight: weightOf(found[3], modelWeight) };
  });
  if (loras.length === 0) return { text: prompt, loras };
  const text = prompt
    .replace(tag, '')
    .replace(/[ \t]{2,}/g, ' ')
    .replace(/(\s*,)+/g, ',')
    .replace(/^[\s,]+|[\s,]+$/g, '');
  return { text, loras };
}

/** The server's file for a name as people write it: with or without folder and extension, in any case. */
export function findLora(name: string, available: readonly string[]): string | null {
  const plain = (file: string): string => file.toLowerCase().replaceAll('\\', '/');
  const wanted = plain(name);
  return (
    available.find((file) => file === name) ??
    available.find((file) => plain(file) === wanted) ??
    available.find((file) => plain(file).replace(/\.[a-z0-9]+$/, '') === wanted) ??
    available.find((file) => stemOf(file).toLowerCase() === stemOf(wanted)) ??
    available.find((file) => stemOf(file).toLowerCase() === wanted) ??
    null
  );
}

/** All LoRAs of a request with the server's file names, each file once; a chosen one wins over a tag. `unknown`: no such file. */
export function resolveLoras(
  chosen: readonly Lora[],
  tagged: readonly LoraUse[],
  available: readonly string[],
): { readonly loras: readonly LoraUse[]; readonly unknown: readonly string[] } {
  const wanted = [...chosen.map(({ name, weight }) => ({ name, modelWeight: weight, clipWeight: weight })), ...tagged];
  const found = new Map<string, LoraUse>();
  const unknown = new Set<string>();
  for (const use of wanted) {
    const file = findLora(use.name, available);
    if (file === null) unknown.add(use.name);
    else if (!found.has(file)) found.set(file, { ...use, name: file });
  }
  return { loras: [...found.values()], unknown: [...unknown] };
}
