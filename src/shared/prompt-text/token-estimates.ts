import type { ReadPrompt } from './read-prompt.ts';
import type { Word } from './words.ts';

/** Tokens of a prompt that CLIP reads at once: 77 with the marks of begin and end. */
const chunkTokens = 75;

/** Both tokenizers learned from English above all: words of other languages come in more pieces. Measured; docs/prompts.md. */
const clipForeign = 1.42;
const llmForeign = 1.17;

/**
 * About how many tokens CLIP's tokenizer makes of a prompt, and in how many chunks of 75 it is read. LoRA tags are no text
 * and count nothing; brackets and numbers of emphasis count nothing either. BREAK fills the chunk that it ends.
 */
export function estimateClipTokens(read: ReadPrompt): { tokens: number; chunks: number } {
  const { text, words, parts } = read;
  const foreign = read.language === 'en' ? 1 : clipForeign;
  const breaks = Array.from(text.matchAll(/\bBREAK\b/g), ({ index }) => index);
  let [tokens, chunks, at] = [0, 0, 0];
  for (const [index, end] of [...breaks, text.length].entries()) {
    const from = index === 0 ? 0 : (breaks[index - 1] ?? 0) + 'BREAK'.length;
    let own = countSigns(text.slice(from, end));
    for (; (words[at]?.start ?? Infinity) < end; at += 1) {
      const word = words[at];
      if (word && word.start >= from) own += clipTokensOf(word, foreign);
    }
    tokens += own;
    chunks += Math.max(1, Math.ceil(own / chunkTokens));
  }
  // Two signs begin and end the tag of a LoRA, and two or three part it.
  const tags = parts.reduce((sum, part) => sum + (part.kind === 'lora' ? countSigns(part.text) : 0), 0);
  const whole = Math.max(0, Math.round(tokens - tags));
  return { tokens: whole, chunks: whole === 0 ? 0 : chunks };
}

/** About how many tokens a language model's tokenizer (200,000 entries, as GPT-4o's and gpt-oss's) makes of a text. */
export function estimateLlmTokens({ text, words, parts, language }: ReadPrompt): number {
  const foreign = language === 'en' ? 1 : llmForeign;
  let tokens = text.match(signs)?.length ?? 0;
  for (const word of words) tokens += llmTokensOf(word, foreign);
  // The words of names of files are no words of the text: about four characters make a token.
  for (const part of parts) if (part.kind === 'lora') tokens += part.text.length / 4;
  return Math.round(tokens);
}

const signs = /[^\s\p{L}\p{N}\p{M}]+/gu;
const spokenSigns = /[^\s\p{L}\p{N}\p{M}()[\]]+/gu;
const number = /:[ ]?[+-]?[\d.]{1,8}[ ]?(?=[)\]])/g;

/** Runs of signs, but for the brackets of emphasis; their numbers, whose digits are counted as words, are taken off. */
function countSigns(text: string): number {
  let count = text.match(spokenSigns)?.length ?? 0;
  for (const [found] of text.matchAll(number)) count -= found.replaceAll(/[^\d.:]/g, '').length;
  return count;
}

const plain = /^[a-z]+$/;
const units =
  /[a-z]+|\p{N}+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|[\p{L}\p{M}]+|['’-]/gu;
const wide = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** A word of usual length is one token, a long one begins another. */
const ofLetters = (length: number, foreign: number): number => (1 + Math.max(0, length - 8) * 0.13) * foreign;

function clipTokensOf({ text }: Word, foreign: number): number {
  if (plain.test(text)) return ofLetters(text.length, foreign);
  return sumOfUnits(text, (unit) => {
    if (plain.test(unit)) return ofLetters(unit.length, foreign);
    if (wide.test(unit)) return unit.length * 2;
    return /^[\p{L}\p{M}]/u.test(unit) ? unit.length * 0.9 : unit.length;
  });
}

function llmTokensOf({ text }: Word, foreign: number): number {
  if (plain.test(text)) return ofLetters(text.length, foreign);
  return sumOfUnits(text, (unit) => {
    if (plain.test(unit)) return ofLetters(unit.length, foreign);
    if (wide.test(unit)) return unit.length * 0.87;
    return /^[\p{L}\p{M}]/u.test(unit) ? Math.max(1, unit.length * 0.4) : Math.ceil(unit.length / 3);
  });
}

function sumOfUnits(text: string, tokensOf: (unit: string) => number): number {
  let sum = 0;
  for (const [unit] of text.matchAll(units)) sum += tokensOf(unit);
  return sum;
}
