import type { TFunction } from 'i18next';
import type { PromptFinding } from '../../../shared/prompt-text/prompt-finding.ts';

const mostShown = 40;
const short = (text: string): string => (text.length > mostShown ? `${text.slice(0, mostShown).trimEnd()} …` : text);

/** What was found, in a sentence. */
export function findingWords(finding: PromptFinding, t: TFunction<'promptEditor'>): string {
  switch (finding.kind) {
    case 'repeated':
    case 'filler':
      return t(`findings.${finding.kind}`, { text: short(finding.params.text) });
    case 'contradiction': {
      const { text, other } = finding.params;
      return t('findings.contradiction', { text: short(text), other: short(other) });
    }
    case 'unbalanced':
      return t('findings.unbalanced', finding.params);
    case 'unknownLora': {
      const { name, nearest } = finding.params;
      return nearest === null ? t('findings.unknownLora', { name }) : t('findings.unknownLoraNear', { name, nearest });
    }
    case 'unknownWildcard': {
      const { name, nearest } = finding.params;
      const words = { name: short(name), nearest: short(nearest ?? '') };
      return nearest === null ? t('findings.unknownWildcard', words) : t('findings.unknownWildcardNear', words);
    }
    case 'tooLong':
      return t('findings.tooLong', { over: finding.params.over, most: finding.params.most });
    case 'controlCharacter':
      return t('findings.controlCharacter', finding.params);
  }
}
