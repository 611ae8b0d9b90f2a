import { nearestNames } from '../nearest-names.ts';
import { likeliestNames } from './likeliest-names.ts';
import type { PromptFinding } from './prompt-finding.ts';
import type { ProtectedPart } from './protected-parts.ts';

/** Looking for near names takes a while where thousands are installed, and this is done at each key that is pressed. */
const mostNearest = 2;

/** LoRAs of a prompt that are none of the known ones. Folders, the ending of the file and case don't count. */
export function unknownLoras(parts: readonly ProtectedPart[], known: readonly string[]): PromptFinding[] {
  if (!parts.some(({ kind }) => kind === 'lora')) return [];
  const plain = known.map(plainName);
  const names = new Set(plain);
  const unknown = parts.flatMap((part) => {
    const name = /^<(?:lora|lyco|lycoris):([^:<>]+)/iu.exec(part.text)?.[1];
    return part.kind !== 'lora' || name === undefined || names.has(plainName(name.trim())) ? [] : [{ part, name }];
  });
  return unknown.map(({ part, name }, at): PromptFinding => {
    const likely = at < mostNearest ? likeliestNames(plainName(name), plain).map((index) => known[index] ?? '') : [];
    const nearest = nearestNames(plainName(name), likely.map(withoutEnding), 1)[0] ?? null;
    const start = part.start + part.text.indexOf(':') + 1;
    const fix = nearest === null ? null : { start, end: start + name.length, replacement: nearest };
    return { kind: 'unknownLora', start: part.start, end: part.end, params: { name, nearest }, fix };
  });
}

const longestName = 100;

function plainName(name: string): string {
  return withoutEnding(name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1))
    .slice(0, longestName)
    .toLowerCase();
}

function withoutEnding(name: string): string {
  for (const ending of ['.safetensors', '.ckpt', '.pt'])
    if (name.endsWith(ending)) return name.slice(0, -ending.length);
  return name;
}
