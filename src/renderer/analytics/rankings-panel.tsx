import { useTranslation } from 'react-i18next';
import type { CostGroup } from '../../shared/models/costs.ts';
import { formatNumber, formatSeconds } from '../ui/format.ts';
import { Panel } from './panel.tsx';
import { mostFailing, slowest } from './rankings.ts';
import { percent } from './tiles.tsx';
import classes from './analytics-view.module.css';

interface RankingProps {
  readonly title: string;
  readonly none: string;
  readonly models: readonly CostGroup[];
  readonly words: (group: CostGroup) => string;
}

function Ranking({ title, none, models, words }: RankingProps) {
  return (
    <Panel title={title}>
      {models.length === 0 && <p className={classes.dim}>{none}</p>}
      {models.length > 0 && (
        <ol className={classes.ranking}>
          {models.map((group) => (
            <li key={group.key}>
              <span className={classes.name}>{group.label}</span>
              <span className={classes.dim}>{words(group)}</span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

/** What takes longest, and what fails most. */
export function RankingsPanels({ models }: { readonly models: readonly CostGroup[] }) {
  const { t } = useTranslation('analytics');
  return (
    <>
      <Ranking
        title={t('models.slowest')}
        none={t('models.noneSlow')}
        models={slowest(models)}
        words={({ p50, images }) =>
          t('models.slowestOf', { time: formatSeconds((p50 ?? 0) / 1000), images: formatNumber(images) })
        }
      />
      <Ranking
        title={t('models.failing')}
        none={t('models.noneFailing')}
        models={mostFailing(models)}
        words={({ failed, attempts }) =>
          t('models.failingOf', {
            failed: formatNumber(failed),
            attempts: formatNumber(attempts),
            share: percent(failed / attempts),
          })
        }
      />
    </>
  );
}
