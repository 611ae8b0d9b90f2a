import { Button, Select, Textarea } from '@mantine/core';
import { IconColumns2 } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { longestPrompt } from '../../shared/models/generation-request.ts';
import { kindOfPrompt } from '../../shared/routing/prompt-kind.ts';
import { useActions } from '../ui/actions/use-actions.ts';
import { ariaKeys } from '../ui/actions/key-combination.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { formatCost, formatExactUsd, formatSize } from '../ui/format.ts';
import { isMac } from '../ui/is-mac.ts';
import { KeyHint } from '../ui/key-hint.tsx';
import { NumberField } from '../ui/number-field.tsx';
import { pricesFor, startProblem, totalOf } from './compared-models.ts';
import { comparisonsContext } from './comparisons-context.ts';
import { ModelChoices } from './model-choices.tsx';
import classes from './start-form.module.css';
import { useMarket } from './use-market.ts';

const startKeys = 'Mod+Enter';
const sizes = [
  [1024, 1024],
  [1216, 832],
  [832, 1216],
  [1344, 768],
  [768, 1344],
  [512, 512],
] as const;

/** Prompt, size, models and what they may cost together. */
export function StartForm() {
  const { t } = useTranslation('comparison');
  const draft = comparisonsContext.useStore((state) => state.draft);
  const refusal = comparisonsContext.useStore((state) => state.refusal);
  const isStarting = comparisonsContext.useStore((state) => state.isStarting);
  const { change, start } = comparisonsContext.useStoreApi().getState();
  const market = useMarket();
  const chosen = useMemo(() => pricesFor(draft, draft.models, market), [draft, market]);
  const problem = startProblem(draft, chosen);
  const [isBudgetWrong, setIsBudgetWrong] = useState(false);
  const cannot = problem !== null || isBudgetWrong;
  const { usd, unknown } = totalOf(chosen);
  const total = formatCost({ kind: 'estimated', usd });

  const line = (): string => {
    if (isBudgetWrong) return t('problems.budgetWrong', { field: t('budget') });
    switch (problem?.kind) {
      case 'unable':
        return problem.reason;
      case 'overBudget':
        return t('problems.overBudget', { total, budget: formatExactUsd(problem.budget) });
      case 'noPrompt':
      case 'fewModels':
      case 'unknownPrice':
        return t(`problems.${problem.kind}`);
      case undefined:
        return unknown > 0 ? t('totalAndUnknown', { count: unknown, total }) : t('total', { total });
    }
  };
  const run = (): void => {
    if (!cannot) void start();
  };
  const when = (): boolean => !cannot;
  useActions([{ name: 'compare.start', label: t('actions.start'), section: 'compare', keys: [startKeys], when, run }]);

  return (
    <>
      <div className={classes.scroll}>
        <h2 className={classes.title}>{t('newTitle')}</h2>
        <Textarea
          label={t('prompt')}
          placeholder={t('promptPlaceholder')}
          autosize
          minRows={3}
          maxRows={10}
          maxLength={longestPrompt}
          spellCheck
          value={draft.prompt}
          description={
            draft.prompt.trim() === '' ? null : t('kindHint', { kind: t(`kinds.${kindOfPrompt(draft.prompt)}`) })
          }
          inputWrapperOrder={['label', 'input', 'description']}
          onChange={(event) => change({ prompt: event.currentTarget.value })}
        />
        <div className={classes.row}>
          <Select
            label={t('size')}
            allowDeselect={false}
            data={[
              { value: '', label: t('ownSize') },
              ...sizes.map(([width, height]) => ({ value: `${width}x${height}`, label: formatSize(width, height) })),
            ]}
            value={draft.size}
            onChange={(size) => change({ size: size ?? '' })}
          />
          <NumberField
            label={t('budget')}
            placeholder={t('budgetHint')}
            prefix="$"
            min={0}
            max={100_000}
            digits={4}
            isOptional
            settlesAfterPause
            value={draft.maxUsd}
            onChange={(maxUsd) => change({ maxUsd })}
            onProblem={(said) => setIsBudgetWrong(said !== null)}
          />
        </div>
        <ModelChoices />
      </div>
      <div className={classes.footer}>
        {refusal !== null && <ErrorNote error={refusal} />}
        <Button
          fullWidth
          size="lg"
          fz={14}
          fw={600}
          justify="space-between"
          disabled={cannot}
          loading={isStarting}
          leftSection={<IconColumns2 size={18} aria-hidden />}
          rightSection={<KeyHint keys={startKeys} />}
          aria-keyshortcuts={ariaKeys(startKeys, isMac)}
          aria-describedby="comparison-line"
          onClick={run}
        >
          {t('start', { count: chosen.length })}
        </Button>
        <p id="comparison-line" className={classes.line} data-problem={cannot || undefined}>
          {line()}
        </p>
      </div>
    </>
  );
}
