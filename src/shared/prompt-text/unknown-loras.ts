import { nearestNames } from '../nearest-names.ts';
import type { PromptFinding } from './prompt-finding.ts';
import type { ProtectedPart } from './protected-parts.ts';

/** Looking for near names takes a while where thousands are installed, and this is done at each key that is pressed. */
const mostNearest = 2;
const mostCompared = 10;

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
    const likely = at < mostNearest ? likeliest(plainName(name), plain).map((index) => known[index] ?? '') : [];
    const nearest = nearestNames(plainName(name), likely.map(withoutEnding), 1)[0] ?? null;
    const start = part.start + part.text.indexOf(':') + 1;
    const fix = nearest === null ? null : { start, end: start + name.length, replacement: nearest };
    return { kind: 'unknownLora', start: part.start, end: part.end, params: { name, nearest }, fix };
  });
}

/** Which names share most pairs of letters with a wrong one; comparing letter by letter with all would take too long. */
function likeliest(wrong: string, known: readonly string[]): number[] {
  const pairs = new Set<number>();
  for (let at = 1; at < wrong.length; at += 1) pairs.add(wrong.charCodeAt(at - 1) * 65_536 + wrong.charCodeAt(at));
  const ranked: { index: number; share: number }[] = [];
  for (const [index, name] of known.entries()) {
    let shared = 0;
    for (let at = 1; at < name.length; at += 1)
      if (pairs.has(name.charCodeAt(at - 1) * 65_536 + name.charCodeAt(at))) shared += 1;
    if (shared > 0) ranked.push({ index, share: shared / (name.length + pairs.size) });
  }
  ranked.sort((one, other) => other.share - one.share);
  return ranked.slice(0, mostCompared).map(({ index }) => index);
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
