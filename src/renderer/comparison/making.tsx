import { Button, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Comparison } from '../../shared/models/comparison.ts';
import { jobsContext, viewContext } from '../ui/stores/shared-stores.ts';
import classes from './comparison-page.module.css';
import { comparisonsContext } from './comparisons-context.ts';
import { OutNotes } from './out-notes.tsx';

/** There is nothing to judge: pictures are on their way. Which of them are there, it does not say. */
export function Making({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation('comparison');
  const { id, entries, made, needsAnswer, votes } = comparison;
  const paused = jobsContext.useStore((state) => state.queue.paused);
  const { resume } = jobsContext.useStoreApi().getState();
  const { setQueueOpen } = viewContext.useStoreApi().getState();
  const { finish } = comparisonsContext.useStoreApi().getState();
  const total = entries.filter(({ problem }) => problem === null).length;
  const hasVotes = votes.length > 0;

  return (
    <div className={classes.making}>
      <h2>{t('making.title')}</h2>
      <Progress value={total === 0 ? 0 : (made / total) * 100} size="sm" aria-label={t('making.progress')} />
      <p role="status">{t('making.count', { made, total })}</p>
      <p className={classes.dim}>{t(hasVotes ? 'making.waiting' : 'making.text')}</p>
      {paused && <p className={classes.warning}>{t('making.paused')}</p>}
      {needsAnswer > 0 && <p className={classes.warning}>{t('making.needsAnswer', { count: needsAnswer })}</p>}
      <OutNotes comparison={comparison} />
      <div className={classes.buttons}>
        {paused && <Button onClick={() => void resume()}>{t('making.resume')}</Button>}
        {needsAnswer > 0 && <Button onClick={() => setQueueOpen(true)}>{t('making.showQueue')}</Button>}
        <Button variant="default" onClick={() => void finish(id)}>
          {t(hasVotes ? 'finish' : 'making.stop')}
        </Button>
      </div>
    </div>
  );
}
