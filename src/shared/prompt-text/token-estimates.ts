import type { ReadPrompt } from './read-prompt.ts';

/** Tokens of a prompt that CLIP reads at once: 77 with the marks of begin and end. */
const chunkTokens = 75;

const unit =
  /(?<wide>[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])|(?<picture>\p{Extended_Pictographic}\p{M}*)|(?<latin>[a-z]+)|(?<digits>\p{N}+)|(?<letters>[\p{L}\p{M}]+)|(?<signs>[^\s\p{L}\p{N}\p{M}]+)/giu;

/**
 * About how many tokens CLIP's tokenizer makes of a prompt, and in how many chunks of 75 it is read. LoRA tags are no text
 * and count nothing; brackets of emphasis count nothing either. BREAK fills the chunk that it ends.
 */
export function estimateClipTokens(read: ReadPrompt): { tokens: number; chunks: number } {
  const foreign = read.language === 'en' ? 1 : clipForeign;
  const perChunk = spoken(read)
    .split(/\bBREAK\b/)
    .map((text) => estimate(text, (kind, length) => clipTokensOf(kind, length, foreign)));
  const tokens = Math.round(perChunk.reduce((sum, count) => sum + count, 0));
  const chunks = perChunk.reduce((sum, count) => sum + Math.max(1, Math.ceil(count / chunkTokens)), 0);
  return { tokens, chunks: tokens === 0 ? 0 : chunks };
}

/** About how many tokens a language model's tokenizer (200,000 entries, as GPT-4o's and gpt-oss's) makes of a text. */
export function estimateLlmTokens(read: ReadPrompt): number {
  const foreign = read.language === 'en' ? 1 : llmForeign;
  return Math.round(estimate(read.text, (kind, length) => llmTokensOf(kind, length, foreign)));
}

/** Both tokenizers learned from English above all: words of other languages come in more pieces. Measured; docs/prompts.md. */
const clipForeign = 1.42;
const llmForeign = 1.17;

function spoken({ text, parts }: ReadPrompt): string {
  const kept: string[] = [];
  let from = 0;
  for (const part of parts)
    if (part.kind === 'lora') {
      kept.push(text.slice(from, part.start));
      from = part.end;
    }
  kept.push(text.slice(from));
  return kept.join(' ').replaceAll(/:[ ]?[+-]?[\d.]{1,8}[ ]?(?=[)\]])|(?<!\\)[()[\]]/g, ' ');
}

type Kinds = 'wide' | 'picture' | 'latin' | 'digits' | 'letters' | 'signs';

function estimate(text: string, tokensOf: (kind: Kinds, length: number) => number): number {
  let tokens = 0;
  for (const match of text.matchAll(unit)) {
    const groups = match.groups ?? {};
    for (const kind of ['latin', 'signs', 'digits', 'wide', 'letters', 'picture'] as const)
      if (groups[kind] !== undefined) {
        tokens += tokensOf(kind, match[0].length);
        break;
      }
  }
  return tokens;
}

function clipTokensOf(kind: Kinds, length: number, foreign: number): number {
  if (kind === 'latin') return (1 + Math.max(0, length - 8) * 0.13) * foreign;
  if (kind === 'digits') return length;
  if (kind === 'letters') return length * 0.9;
  if (kind === 'wide') return 2;
  return kind === 'picture' ? 1.5 : 1;
}

function llmTokensOf(kind: Kinds, length: number, foreign: number): number {
  if (kind === 'latin') return (1 + Math.max(0, length - 8) * 0.13) * foreign;
  if (kind === 'digits') return Math.ceil(length / 3);
  if (kind === 'letters') return Math.max(1, length * 0.4);
  if (kind === 'wide') return 0.87;
  return kind === 'picture' ? 1.5 : 1;
}
