import { attentionAt, matchBrackets } from './brackets.ts';
import { dynamicMarkup } from './dynamic-markup.ts';
import { findFiller, type FillerSpan } from './find-filler.ts';
import { createTermFinder, stemsOf, type FoundTerm } from './find-terms.ts';
import { protectedParts, type ProtectedPart } from './protected-parts.ts';
import { qualityTerms } from './quality-terms.ts';
import { languageOf, stopWords, type Language } from './stop-words.ts';
import { styleTerms } from './style-terms.ts';
import { wordsOf, type Word } from './words.ts';

/** A prompt taken apart once, for all that look at it. */
export interface ReadPrompt {
  readonly text: string;
  readonly words: readonly Word[];
  /** Of each word. */
  readonly stems: readonly string[];
  readonly language: Language;
  readonly isStopWord: (word: Word) => boolean;
  readonly parts: readonly ProtectedPart[];
  readonly styles: readonly FoundTerm[];
  readonly quality: readonly FoundTerm[];
  readonly filler: readonly FillerSpan[];
  /** Whether a place belongs to what draws, such as the name of a wildcard. */
  readonly isMarkup: (at: number) => boolean;
  /** The factor that brackets put on a place of the text. */
  readonly attention: (at: number) => number;
}

const findStyles = createTermFinder(styleTerms);
const findQuality = createTermFinder(qualityTerms);

export function readPrompt(text: string, locked: readonly string[] = []): ReadPrompt {
  const parts = protectedParts(text, locked);
  const words = withoutTags(wordsOf(text), parts);
  const stems = stemsOf(words);
  const language = languageOf(words.map((word) => word.text));
  const stops = stopWords[language];
  const isMarkup = dynamicMarkup(text);
  const written = (found: readonly FoundTerm[]): FoundTerm[] => found.filter(({ start }) => !isMarkup(start));
  return {
    ...{ text, words, stems, language, parts, isMarkup },
    isStopWord: (word) => stops.has(word.text) || (word.unspaced && unspacedStop.test(word.text)),
    filler: findFiller(text, words, stems),
    styles: written(findStyles(text, words, stems)),
    quality: written(findQuality(text, words, stems)),
    attention: attentionAt(text, matchBrackets(text).pairs),
  };
}

/** Hiragana alone are endings and particles; the others are the small words of Chinese. */
const unspacedStop = /^(?:\p{Script=Hiragana}+|[的着了是在和与])$/u;

/** The names of LoRAs and embeddings, and the numbers of weights, are no words of the text. */
function withoutTags(words: readonly Word[], parts: readonly ProtectedPart[]): Word[] {
  const tags = parts.filter(({ kind }) => kind === 'lora' || kind === 'embedding');
  const kept: Word[] = [];
  let at = 0;
  for (const word of words) {
    while ((tags[at]?.end ?? Infinity) <= word.start) at += 1;
    if ((tags[at]?.start ?? Infinity) > word.start) kept.push(word);
  }
  return kept;
}
