import { useTranslation } from 'react-i18next';
import type { PromptAnalysis } from '../../../shared/prompt-text/analyse-prompt.ts';
import { formatNumber } from '../../ui/format.ts';
import classes from './analysis.module.css';

/** Everything the analysis says: numbers, what the prompt is about, what was recognised. */
export function AnalysisDetails({ analysis }: { readonly analysis: PromptAnalysis }) {
  const { t } = useTranslation('promptEditor');
  const { clipTokens, clipChunks, llmTokens, complexity, readingEase, keywords, styles, quality } = analysis;
  const list = (terms: readonly string[]): string => (terms.length === 0 ? t('analysis.none') : terms.join(', '));
  const rows: [string, string][] = [
    [t('analysis.clip'), t('analysis.clipValue', { tokens: formatNumber(clipTokens), count: clipChunks })],
    [t('analysis.llm'), t('analysis.llmValue', { tokens: formatNumber(llmTokens) })],
    [t('analysis.complexityName'), t('analysis.complexityValue', { score: complexity })],
    [
      t('analysis.readability'),
      readingEase === null ? t('analysis.readabilityNone') : t('analysis.readabilityValue', { score: readingEase }),
    ],
    [t('analysis.styles'), list(styles)],
    [t('analysis.quality'), list(quality)],
  ];
  return (
    <>
      <dl className={classes.facts}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {keywords.length > 0 && (
        <section aria-label={t('analysis.keywords')}>
          <h3 className={classes.heading}>{t('analysis.keywords')}</h3>
          <ul className={classes.keywords}>
            {keywords.map(({ text, weight }) => (
              <li key={text} className={classes.keyword}>
                {text} <span className={classes.weight}>{formatNumber(weight, 2)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
