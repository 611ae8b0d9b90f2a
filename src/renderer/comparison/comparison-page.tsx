import { IconArrowLeft } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Comparison } from '../../shared/models/comparison.ts';
import { useActions } from '../ui/actions/use-actions.ts';
import { announce } from '../ui/announcer.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import classes from './comparison-page.module.css';
import { comparisonsContext } from './comparisons-context.ts';
import { Making } from './making.tsx';
import { NamesPage } from './names-page.tsx';
import { VotePage } from './vote-page.tsx';

/** One comparison, whatever it has come to. */
export function ComparisonPage({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation('comparison');
  const heading = useRef<HTMLHeadingElement>(null);
  const { show } = comparisonsContext.useStoreApi().getState();
  const { state, pair, request } = comparison;
  const isOver = state === 'done' || state === 'cancelled';
  const wasOver = useRef(isOver);

  useEffect(() => heading.current?.focus(), [isOver]);
  useEffect(() => {
    if (isOver && !wasOver.current) announce(t('result.said'));
    wasOver.current = isOver;
  }, [isOver, t]);
  useActions([
    { name: 'compare.later', label: t('actions.later'), section: 'compare', keys: ['Escape'], run: () => show(null) },
  ]);

  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <IconButton
          label={t('back')}
          keys="Escape"
          icon={<IconArrowLeft size={18} stroke={1.75} aria-hidden />}
          onClick={() => show(null)}
        />
        <h1 ref={heading} tabIndex={-1} className={classes.prompt}>
          {request.prompt === '' ? t('noPromptWords') : request.prompt}
        </h1>
      </header>
      {isOver && <NamesPage comparison={comparison} />}
      {!isOver && pair !== null && <VotePage comparison={comparison} pair={pair} />}
      {!isOver && pair === null && <Making comparison={comparison} />}
    </div>
  );
}
