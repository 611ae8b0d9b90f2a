import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PromptFitting } from '../../shared/models/prompt-stages.ts';
import { CopyValue } from './copy-value.tsx';
import { useEditor } from './editor-context.ts';
import { formatNumber, formatSeconds, formatShare } from './format.ts';
import { promptTimeline, type PromptStep } from './prompt-timeline.ts';
import classes from './prompt-timeline-view.module.css';
import { WordDiffView } from './word-diff-view.tsx';

/** Who made it fit, and how. */
function Fitting({ fitting }: { readonly fitting: PromptFitting }) {
  const { t } = useTranslation('prompts');
  const { by, model, ms, limit, reason, conceptsKept } = fitting;
  if (by === 'none') return null;
  const facts = [
    by === 'ollama'
      ? t('timeline.byOllama', { model: model ?? 'Ollama', time: formatSeconds(ms / 1000) })
      : t('timeline.byRules'),
    t('timeline.limit', { limit: formatNumber(limit) }),
    ...(conceptsKept === null ? [] : [t('timeline.concepts', { share: formatShare(conceptsKept) })]),
  ];
  return (
    <>
      <p className={classes.fact}>{facts.join(' · ')}</p>
      {reason !== null && <p className={classes.fact}>{t('timeline.why', { reason })}</p>}
    </>
  );
}

function Changes({ step }: { readonly step: PromptStep }) {
  const { t } = useTranslation('prompts');
  const { text, before } = step;
  const hasNegative = text.negativePrompt !== '' || (before?.negativePrompt ?? '') !== '';
  const isNegativeNew = before?.negativePrompt !== text.negativePrompt;
  return (
    <div className={classes.changes} tabIndex={0} role="group" aria-label={t(`timeline.text.${step.kind}`)}>
      {before === null ? (
        <p className={classes.text}>{text.prompt === '' ? t('noPrompt') : text.prompt}</p>
      ) : (
        <WordDiffView before={before.prompt} after={text.prompt} />
      )}
      {hasNegative && isNegativeNew && (
        <>
          <p className={classes.label}>{t('negative')}</p>
          {before === null ? (
            <p className={classes.text}>{text.negativePrompt}</p>
          ) : (
            <WordDiffView before={before.negativePrompt} after={text.negativePrompt} />
          )}
        </>
      )}
    </div>
  );
}

function Step({ step }: { readonly step: PromptStep }) {
  const { t } = useTranslation('prompts');
  const editor = useEditor();
  const { kind, text, words, draws, styles, fitting } = step;
  const name = t(`timeline.stages.${kind}`);
  return (
    <li className={classes.step}>
      <div className={classes.head}>
        <h4>{name}</h4>
        <CopyValue value={text.prompt} label={t('timeline.copy', { stage: name })} />
        <Button
          size="xs"
          variant="default"
          aria-label={t('timeline.useStage', { stage: name })}
          onClick={() => editor.take(words)}
        >
          {t('timeline.use')}
        </Button>
      </div>
      {fitting !== null && <Fitting fitting={fitting} />}
      {styles.length > 0 && (
        <p className={classes.fact}>{t('timeline.styles', { list: styles.join(', ').replaceAll('_', ' ') })}</p>
      )}
      {draws.length > 0 && (
        <ul className={classes.draws}>
          {draws.map(({ kind: drawn, source, picked }, place) => (
            <li key={place}>
              {t(`timeline.draws.${drawn}`)} <code>{source}</code> → {picked === '' ? t('timeline.nothing') : picked}
            </li>
          ))}
        </ul>
      )}
      <Changes step={step} />
    </li>
  );
}

/** What became of a prompt, stage by stage, each against the one before. One line where nothing did. */
export function PromptTimelineView({ stages, request, revisedPrompt }: Parameters<typeof promptTimeline>[0]) {
  const { t } = useTranslation('prompts');
  const steps = useMemo(() => promptTimeline({ stages, request, revisedPrompt }), [stages, request, revisedPrompt]);
  if (steps.length === 1) return <p className={classes.fact}>{t('timeline.unchanged')}</p>;
  return (
    <ol className={classes.steps}>
      {steps.map((step) => (
        <Step key={step.kind} step={step} />
      ))}
    </ol>
  );
}
