import type { TFunction } from 'i18next';
import { formatSeconds, formatShare } from '../../ui/format.ts';
import type { Writing } from './assistant-store.ts';

/** Who wrote it, how long that took, and what is left of the key concepts. */
export function writingWords(writing: Writing, t: TFunction<'promptEditor'>): string {
  const { by, model, ms, conceptsKept } = writing;
  const kept =
    conceptsKept === null || by === 'none' ? null : t('assistant.kept', { share: formatShare(conceptsKept) });
  const who =
    by === 'none'
      ? t('assistant.shortEnough')
      : by === 'local'
        ? t('assistant.byRules')
        : t('assistant.byModel', { model: model ?? '', time: formatSeconds(ms / 1000) });
  return [who, kept].filter((part) => part !== null).join(' · ');
}
