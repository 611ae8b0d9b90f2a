import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { promptKinds } from '../../shared/models/comparison.ts';
import type { ModelScore } from '../../shared/models/routing.ts';
import { formatNumber } from '../ui/format.ts';
import { providersContext } from '../ui/stores/shared-stores.ts';
import { comparisonsContext } from './comparisons-context.ts';
import type { ScoreKind } from './comparisons-store.ts';
import classes from './score-table.module.css';

const kinds: readonly ScoreKind[] = ['all', ...promptKinds];

/** How good each model is in the eyes of this user, for a kind of prompt. Nothing before the first vote that counts. */
export function ScoreTable() {
  const { t } = useTranslation('comparison');
  const kind = comparisonsContext.useStore((state) => state.kind);
  const scores = comparisonsContext.useStore((state) => state.scores);
  const { showScores } = comparisonsContext.useStoreApi().getState();
  const providers = providersContext.useStore((state) => state.providers);
  if (scores.length === 0 && kind === 'all') return null;

  const namesOf = ({ provider, model }: ModelScore): { provider: string; model: string } => {
    const status = providers.find(({ manifest }) => manifest.id === provider);
    const known = status?.models.find(({ id }) => id === model);
    return { provider: status?.manifest.name ?? provider, model: known?.name ?? model };
  };
  return (
    <section className={classes.section}>
      <div className={classes.head}>
        <div>
          <h2 className={classes.title}>{t('scores')}</h2>
          <p className={classes.dim}>{t('scoresText')}</p>
        </div>
        <Select
          w={160}
          allowDeselect={false}
          aria-label={t('scoresKind')}
          data={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          value={kind}
          onChange={(value) => void showScores(kinds.find((one) => one === value) ?? 'all')}
        />
      </div>
      {scores.length === 0 ? (
        <p className={classes.dim}>{t('scoresNone')}</p>
      ) : (
        <table className={classes.table} aria-label={`${t('scores')}: ${t(`kinds.${kind}`)}`}>
          <thead>
            <tr>
              <th scope="col">{t('column.place')}</th>
              <th scope="col">{t('column.model')}</th>
              <th scope="col">{t('column.provider')}</th>
              <th scope="col">{t('column.points')}</th>
              <th scope="col">{t('column.votes')}</th>
            </tr>
          </thead>
          <tbody>
            {scores.map((score, at) => {
              const names = namesOf(score);
              return (
                <tr key={`${score.provider}/${score.model}`}>
                  <td>{at + 1}</td>
                  <th scope="row">{names.model}</th>
                  <td>{names.provider}</td>
                  <td>{formatNumber(score.points)}</td>
                  <td>{formatNumber(score.votes)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </section>
  );
}
