import type { TFunction } from 'i18next';
import type { PromptAnalysis } from '../../../shared/prompt-text/analyse-prompt.ts';
import type { PromptFamily } from '../../../shared/prompt-text/prompt-habits.ts';
import { formatNumber } from '../../ui/format.ts';

/** A prompt in one quiet line: how long, and how much. */
export function analysisLine(
  { characters, words, clipTokens, clipChunks, llmTokens, complexity }: PromptAnalysis,
  family: PromptFamily,
  t: TFunction<'promptEditor'>,
): string {
  const tokens =
    family === 'natural'
      ? t('analysis.tokens', { count: llmTokens, shown: formatNumber(llmTokens) })
      : clipChunks > 1
        ? t('analysis.clipChunks', { tokens: formatNumber(clipTokens), chunks: clipChunks })
        : t('analysis.clipTokens', { count: clipTokens });
  return [
    t('analysis.characters', { count: characters, shown: formatNumber(characters) }),
    t('analysis.words', { count: words, shown: formatNumber(words) }),
    tokens,
    t('analysis.complexity', { score: complexity }),
  ].join(' · ');
}
