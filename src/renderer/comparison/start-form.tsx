import { Button, NumberInput, Select, Textarea } from '@mantine/core';
import { IconColumns2 } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { longestPrompt } from '../../shared/models/generation-request.ts';
import { kindOfPrompt } from '../../shared/routing/prompt-kind.ts';
import { useActions } from '../ui/actions/use-actions.ts';
import { ariaKeys } from '../ui/actions/key-combination.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { formatCost, formatSize, formatUsd } from '../ui/format.ts';
import { isMac } from '../ui/is-mac.ts';
import { KeyHint } from '../ui/key-hint.tsx';
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
  const { usd, unknown } = totalOf(chosen);
  const total = formatCost({ kind: 'estimated', usd });

  const line = (): string => {
    switch (problem?.kind) {
      case 'unable':
        return problem.reason;
      case 'overBudget':
        return t('problems.overBudget', { total, budget: formatUsd(problem.budget) });
      case 'noPrompt':
      case 'fewModels':
      case 'unknownPrice':
        return t(`problems.${problem.kind}`);
      case undefined:
        return unknown > 0 ? t('totalAndUnknown', { count: unknown, total }) : t('total', { total });
    }
  };
  const run = (): void => {
    if (problem === null) void start();
  };
  const when = (): boolean => problem === null;
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
          <NumberInput
            label={t('budget')}
            placeholder={t('budgetHint')}
            prefix="$"
            min={0}
            max={100_000}
            decimalScale={4}
            allowNegative={false}
            hideControls
            value={draft.maxUsd ?? ''}
            onChange={(value) => change({ maxUsd: typeof value === 'number' ? value : null })}
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
          disabled={problem !== null}
          loading={isStarting}
          leftSection={<IconColumns2 size={18} aria-hidden />}
          rightSection={<KeyHint keys={startKeys} />}
          aria-keyshortcuts={ariaKeys(startKeys, isMac)}
          aria-describedby="comparison-line"
          onClick={run}
        >
          {t('start', { count: chosen.length })}
        </Button>
        <p id="comparison-line" className={classes.line} data-problem={problem !== null || undefined}>
          {line()}
        </p>
      </div>
    </>
  );
}
