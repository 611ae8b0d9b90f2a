import { Button, UnstyledButton } from '@mantine/core';
import { IconColumns2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Comparison } from '../../shared/models/comparison.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { formatDateTime } from '../ui/format.ts';
import { comparedPictureUrl } from '../backend/picture-urls.ts';
import classes from './comparison-view.module.css';
import { comparisonsContext } from './comparisons-context.ts';

/** Where it stands, in a few words. */
function useStateWords() {
  const { t } = useTranslation('comparison');
  return ({ state, made, entries, votes, votesLeft }: Comparison): string => {
    switch (state) {
      case 'making':
        return t('states.making', { made, total: entries.length });
      case 'voting':
        return t('states.voting', { count: votesLeft });
      case 'done':
        return t('states.done', { count: votes.length });
      case 'cancelled':
        return t('states.cancelled');
    }
  };
}

function Row({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation('comparison');
  const words = useStateWords();
  const { show } = comparisonsContext.useStoreApi().getState();
  const { id, request, entries, state, createdAt } = comparison;
  const isOpen = state === 'making' || state === 'voting';
  const pictures = entries.filter(({ picture }) => picture !== null).slice(0, 4);
  return (
    <li>
      <UnstyledButton className={classes.row} onClick={() => show(id)}>
        <span className={classes.thumbnails} aria-hidden>
          {pictures.map(({ label }) => (
            <img key={label} src={comparedPictureUrl(id, label, 'small')} alt="" loading="lazy" decoding="async" />
          ))}
        </span>
        <span className={classes.words}>
          <span className={classes.prompt}>{request.prompt === '' ? t('noPromptWords') : request.prompt}</span>
          <span className={classes.dim}>
            {t('modelCount', { count: entries.length })} · {formatDateTime(createdAt)}
          </span>
        </span>
        <span className={classes.state} data-open={isOpen || undefined}>
          {words(comparison)}
        </span>
      </UnstyledButton>
    </li>
  );
}

/** The list, newest first; what can be gone on with says so. */
export function FormerComparisons() {
  const { t } = useTranslation('comparison');
  const comparisons = comparisonsContext.useStore((state) => state.comparisons);
  const next = comparisonsContext.useStore((state) => state.next);
  const { loadMore } = comparisonsContext.useStoreApi().getState();
  if (comparisons.length === 0) {
    return (
      <EmptyState icon={<IconColumns2 size={40} stroke={1.25} />} title={t('emptyTitle')}>
        {t('emptyText')}
      </EmptyState>
    );
  }
  return (
    <section className={classes.section} aria-label={t('former')}>
      <ul className={classes.list}>
        {comparisons.map((comparison) => (
          <Row key={comparison.id} comparison={comparison} />
        ))}
      </ul>
      {next !== null && (
        <Button variant="default" onClick={() => void loadMore()}>
          {t('more')}
        </Button>
      )}
    </section>
  );
}
