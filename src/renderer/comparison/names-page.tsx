import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Comparison } from '../../shared/models/comparison.ts';
import { announce } from '../ui/announcer.tsx';
import { comparisonsContext } from './comparisons-context.ts';
import { placed } from './duels.ts';
import { NameCard } from './name-card.tsx';
import classes from './names-page.module.css';

/** Who made which picture, what it cost and what the votes did to its model's points. */
export function NamesPage({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation('comparison');
  const { change, show } = comparisonsContext.useStoreApi().getState();
  const { state, request, entries, maxUsd, kind, votes } = comparison;

  const again = (): void => {
    const { prompt, width, height } = request;
    const models = entries.flatMap(({ revealed }) =>
      revealed ? [{ provider: revealed.provider, model: revealed.model }] : [],
    );
    change({ prompt, size: width && height ? `${width}x${height}` : '', models, maxUsd });
    show(null);
    announce(t('newTitle'));
  };

  return (
    <div className={classes.scroll}>
      <div className={classes.head}>
        <div>
          <h2>{t(state === 'done' ? 'result.title' : 'result.given')}</h2>
          <p className={classes.dim}>
            {votes.length > 0 ? t('result.kind', { kind: t(`kinds.${kind}`) }) : t('result.nothing')}
          </p>
        </div>
        <Button variant="default" onClick={again}>
          {t('result.again')}
        </Button>
      </div>
      <ol className={classes.cards}>
        {placed(comparison).map((one) => (
          <NameCard key={one.entry.label} comparison={comparison.id} {...one} />
        ))}
      </ol>
    </div>
  );
}
