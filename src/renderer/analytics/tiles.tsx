import { useTranslation } from 'react-i18next';
import type { CostGroup } from '../../shared/models/costs.ts';
import { formatNumber, formatSeconds, formatUsd } from '../ui/format.ts';
import { perKeptWords, spentUsd, spentWords } from './money.ts';
import classes from './analytics-view.module.css';

interface Tile {
  readonly name: string;
  readonly value: string;
  readonly notes: readonly string[];
}

function useTiles(total: CostGroup): Tile[] {
  const { t } = useTranslation('analytics');
  const { attempts, succeeded, images, kept, estimatedUsd, trainingUsd, unknownCosts, heldUsd } = total;
  const isAllUnknown = unknownCosts > 0 && spentUsd(total) === 0;
  const share = attempts === 0 ? null : succeeded / attempts;
  return [
    {
      name: t('tiles.spent'),
      value: isAllUnknown ? t('models.unknown') : spentWords(total),
      notes: [
        ...(spentUsd(total) === 0 && unknownCosts === 0 ? [t('tiles.nothing')] : []),
        ...(estimatedUsd > 0 ? [t('tiles.spentEstimated', { amount: formatUsd(estimatedUsd) })] : []),
        ...(trainingUsd > 0 ? [t('tiles.spentTrainings', { amount: formatUsd(trainingUsd) })] : []),
        ...(unknownCosts > 0 ? [t('tiles.unknown', { count: unknownCosts })] : []),
        ...(heldUsd > 0 ? [t('tiles.held', { amount: formatUsd(heldUsd) })] : []),
      ],
    },
    {
      name: t('tiles.perKept'),
      value: perKeptWords(total) ?? '–',
      notes: [
        kept === 0
          ? t('tiles.perKeptNone')
          : t('tiles.perKeptOf', { amount: formatUsd(spentUsd(total) - trainingUsd), count: kept }),
        ...(unknownCosts > 0 ? [t('tiles.unknown', { count: unknownCosts })] : []),
      ],
    },
    {
      name: t('tiles.images'),
      value: formatNumber(images),
      notes: [t('tiles.kept', { kept: formatNumber(kept), trashed: formatNumber(images - kept) })],
    },
    {
      name: t('tiles.success'),
      value: share === null ? '–' : percent(share),
      notes: [t('tiles.attempts', { succeeded: formatNumber(succeeded), attempts: formatNumber(attempts) })],
    },
    {
      name: t('tiles.time'),
      value: total.p50 === null ? '–' : formatSeconds(total.p50 / 1000),
      notes: total.p95 === null ? [] : [t('tiles.p95', { time: formatSeconds(total.p95 / 1000) })],
    },
  ];
}

/** "97 %"; never 100 where something failed. */
export function percent(share: number): string {
  return `${share < 1 ? Math.min(99, Math.round(share * 100)) : 100} %`;
}

/** The period in five figures. */
export function Tiles({ total }: { readonly total: CostGroup }) {
  const { t } = useTranslation('analytics');
  return (
    <dl className={classes.tiles} aria-label={t('tiles.label')}>
      {useTiles(total).map(({ name, value, notes }) => (
        <div key={name} className={classes.tile}>
          <dt>{name}</dt>
          <dd className={classes.value}>{value}</dd>
          {notes.map((note) => (
            <dd key={note} className={classes.dim}>
              {note}
            </dd>
          ))}
        </div>
      ))}
    </dl>
  );
}
