import { Button, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PromptFinding } from '../../../shared/prompt-text/prompt-finding.ts';
import classes from './analysis.module.css';
import { findingWords } from './finding-words.ts';

interface FindingListProps {
  readonly findings: readonly PromptFinding[];
  /** Brings it into sight in the text. */
  readonly onShow: (finding: PromptFinding) => void;
  readonly onFix: (finding: PromptFinding) => void;
}

/** The rest comes up as these are fixed. */
const mostShown = 20;

/** What to look at in the prompt, each with its fix where there is one. */
export function FindingList({ findings, onShow, onFix }: FindingListProps) {
  const { t } = useTranslation('promptEditor');
  if (findings.length === 0) return null;
  return (
    <section aria-label={t('findings.title')}>
      <h3 className={classes.heading}>{t('findings.title')}</h3>
      <ul className={classes.findings}>
        {findings.slice(0, mostShown).map((finding) => {
          const words = findingWords(finding, t);
          return (
            <li key={`${finding.kind} ${finding.start} ${finding.end}`} className={classes.finding}>
              <UnstyledButton className={classes.findingWords} onClick={() => onShow(finding)}>
                <span className={classes.kind} data-mark={finding.kind} aria-hidden />
                {words}
              </UnstyledButton>
              {finding.fix !== null && (
                <Button
                  size="xs"
                  variant="default"
                  aria-label={t('findings.fixOf', { finding: words })}
                  onClick={() => onFix(finding)}
                >
                  {t('findings.fix')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {findings.length > mostShown && (
        <p className={classes.note}>{t('findings.more', { count: findings.length - mostShown })}</p>
      )}
    </section>
  );
}
