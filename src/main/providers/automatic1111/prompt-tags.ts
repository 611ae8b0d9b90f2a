import type { DroppedParameter } from '../../../shared/models/dropped-parameter.ts';
import type { Lora } from '../../../shared/models/generation-request.ts';
import type { LoraFile } from './answers.ts';

const tag = /<lora:([^:<>]+)(?::[^<>]*)?>/gi;

/** LoRAs are chosen inside the prompt. */
export function withLoras(prompt: string, loras: readonly Lora[]): string {
  return [prompt, ...loras.map(({ name, weight }) => `<lora:${name}:${weight}>`)].join(' ').trim();
}

/** Tags that the server will pass over without a word. */
export function ignoredTags(prompt: string, loras: readonly LoraFile[] | null): DroppedParameter[] {
  const known = new Set((loras ?? []).flatMap(({ name, alias }) => [name, alias ?? name]));
  const wanted = new Set([...prompt.matchAll(tag)].map(([, name = '']) => name.trim()));
  return [...wanted]
    .filter((name) => !known.has(name))
    .map((name) => ({ parameter: 'loras', note: `The server has no LoRA "${name}", so it drew without it.` }));
}
