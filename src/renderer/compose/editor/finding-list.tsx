import { Button, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { mostFindings, type PromptFinding } from '../../../shared/prompt-text/prompt-finding.ts';
import classes from './analysis.module.css';
import { findingWords } from './finding-words.ts';
import { useKeptFocus } from './use-kept-focus.ts';

interface FindingListProps {
  readonly findings: readonly PromptFinding[];
  /** Brings it into sight in the text. */
  readonly onShow: (finding: PromptFinding) => void;
  readonly onFix: (findings: readonly PromptFinding[]) => void;
}

/** The rest comes up as these are fixed. */
const mostShown = 20;

/** What to look at in the prompt, each with its fix where there is one. */
export function FindingList({ findings, onShow, onFix }: FindingListProps) {
  const { t } = useTranslation('promptEditor');
  const { list, keepFocus } = useKeptFocus(findings);
  // Which of two that contradict each other goes is for the writer to say, one by one.
  const fixable = findings.filter(({ fix, kind }) => fix !== null && kind !== 'contradiction');
  if (findings.length === 0) return null;
  return (
    <section ref={list} aria-label={t('findings.title')}>
      <div className={classes.findingsTop}>
        <h3 className={classes.heading}>{t('findings.title')}</h3>
        {fixable.length > 1 && (
          <Button size="xs" variant="default" onClick={() => onFix(fixable)}>
            {t('findings.fixAll')}
          </Button>
        )}
      </div>
      <ul className={classes.findings}>
        {findings.slice(0, mostShown).map((finding, place) => {
          const words = findingWords(finding, t);
          return (
            // By place: the next one takes the place, and with it the focus, of the one that was fixed.
            <li key={place} className={classes.finding}>
              <UnstyledButton className={classes.findingWords} onClick={() => onShow(finding)}>
                <span className={classes.kind} data-mark={finding.kind} aria-hidden />
                {words}
              </UnstyledButton>
              {finding.fix !== null && (
                <Button
                  size="xs"
                  flex="none"
                  variant="default"
                  data-fix
                  aria-label={t('findings.fixOf', { finding: words })}
                  onClick={() => keepFocus(() => onFix([finding]))}
                >
                  {t('findings.fix')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {findings.length > mostShown && (
        <p className={classes.note}>
          {findings.length >= mostFindings
            ? t('findings.moreMany')
            : t('findings.more', { count: findings.length - mostShown })}
        </p>
      )}
    </section>
  );
}
