import { findProblems } from './find-problems.ts';
import { rankConcepts, type Concept } from './key-concepts.ts';
import type { PromptFinding } from './prompt-finding.ts';
import { readingEase } from './reading-ease.ts';
import { readPrompt, type ReadPrompt } from './read-prompt.ts';
import { estimateClipTokens, estimateLlmTokens } from './token-estimates.ts';

export interface PromptAnalysis {
  /** UTF-16 units, which the limits count too. */
  readonly characters: number;
  /** Chinese, Japanese and Thai count by the character, as word processors do. */
  readonly words: number;
  /** Estimates: no tokenizer is asked. docs/prompts.md says how they are reckoned. */
  readonly clipTokens: number;
  /** How many times 75 tokens CLIP reads. */
  readonly clipChunks: number;
  readonly llmTokens: number;
  /** 0 to 100: how much the prompt asks for. The formula is in docs/prompts.md. */
  readonly complexity: number;
  /** Flesch's reading ease, 0 (hard) to 100 (easy); null where it says nothing. */
  readonly readingEase: number | null;
  readonly keywords: readonly Concept[];
  readonly styles: readonly string[];
  readonly quality: readonly string[];
  /** In the order of the text, at most a hundred. */
  readonly findings: readonly PromptFinding[];
  /** How many there are with those that are left out. */
  readonly findingsInAll: number;
}

const mostKeywords = 20;

/** Everything that can be said about a prompt while it is typed, without asking anybody. */
export function analysePrompt(
  prompt: string,
  {
    knownLoras = null,
    knownWildcards = null,
  }: { knownLoras?: readonly string[] | null; knownWildcards?: readonly string[] | null } = {},
): PromptAnalysis {
  const read = readPrompt(prompt);
  const { findings, inAll } = findProblems(read, { loras: knownLoras, wildcards: knownWildcards });
  const clip = estimateClipTokens(read);
  return {
    characters: prompt.length,
    words: read.words.reduce((sum, word) => sum + (word.unspaced ? word.end - word.start : 1), 0),
    clipTokens: clip.tokens,
    clipChunks: clip.chunks,
    llmTokens: estimateLlmTokens(read),
    complexity: complexityOf(read),
    readingEase: readingEase(prompt, read.words, read.language === 'en'),
    keywords: rankConcepts(read).slice(0, mostKeywords),
    styles: [...new Set(read.styles.map(({ term }) => term))],
    quality: [...new Set(read.quality.map(({ term }) => term))],
    findings,
    findingsInAll: inAll,
  };
}

/** Each part counts up to a full measure: different words that mean something 45, words 25, clauses 15, marks 15. */
function complexityOf(read: ReadPrompt): number {
  const different = new Set(read.stems.filter((_, at) => !isStopAt(read, at))).size;
  const clauses = read.text.split(/[,;.!?\n，。、；！？]+/u).filter((clause) => /[\p{L}\p{N}]/u.test(clause)).length;
  const known = new Set(read.styles.map(({ term }) => term)).size;
  const part = (count: number, full: number): number => Math.min(1, count / full);
  const points =
    45 * part(different, 120) +
    25 * part(read.words.length, 300) +
    15 * part(clauses, 40) +
    15 * part(read.parts.length + known, 15);
  return Math.round(points);
}

function isStopAt(read: ReadPrompt, at: number): boolean {
  const word = read.words[at];
  return word === undefined || read.isStopWord(word);
}
