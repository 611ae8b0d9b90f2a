import { Collapse } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PromptAnalysis } from '../../../shared/prompt-text/analyse-prompt.ts';
import type { PromptFinding } from '../../../shared/prompt-text/prompt-finding.ts';
import type { PromptFamily } from '../../../shared/prompt-text/prompt-habits.ts';
import { DisclosureButton } from '../../ui/disclosure-button.tsx';
import { AnalysisDetails } from './analysis-details.tsx';
import { analysisLine } from './analysis-words.ts';
import classes from './analysis.module.css';
import { FindingList } from './finding-list.tsx';

interface AnalysisLineProps {
  readonly analysis: PromptAnalysis;
  readonly findings: readonly PromptFinding[];
  readonly family: PromptFamily;
  readonly onShow: (finding: PromptFinding) => void;
  readonly onFix: (findings: readonly PromptFinding[]) => void;
}

/** Length and weight of the prompt in a line that opens to all that can be said about it. */
export const AnalysisLine = memo(function AnalysisLine({
  analysis,
  findings: all,
  family,
  onShow,
  onFix,
}: AnalysisLineProps) {
  const { t } = useTranslation('promptEditor');
  const [open, setOpen] = useLocalStorage({ key: 'easel-analysis-open', defaultValue: false });
  // The field says that itself.
  const findings = all.filter(({ kind }) => kind !== 'tooLong');
  const unseen = analysis.findingsInAll - analysis.findings.length;
  const toLookAt = t('analysis.toLookAt', { count: findings.length + unseen });
  const line = analysisLine(analysis, family, t);
  return (
    <div className={classes.analysis}>
      <DisclosureButton open={open} onToggle={() => setOpen(!open)}>
        <span className={classes.line}>
          {line}
          {findings.length > 0 && <span className={classes.toLookAt}> · {toLookAt}</span>}
        </span>
      </DisclosureButton>
      <Collapse expanded={open} transitionDuration={100}>
        {open && (
          <div className={classes.details}>
            <FindingList findings={findings} onShow={onShow} onFix={onFix} />
            <AnalysisDetails analysis={analysis} />
          </div>
        )}
      </Collapse>
    </div>
  );
});
