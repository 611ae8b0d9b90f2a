import { IconPhotoOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { comparedPictureUrl } from '../backend/picture-urls.ts';
import { formatCost, formatNumber } from '../ui/format.ts';
import { providersContext } from '../ui/stores/shared-stores.ts';
import type { Placed } from './duels.ts';
import classes from './names-page.module.css';

/** One model and its picture, with nothing hidden any more. */
export function NameCard({ comparison, entry, place, wins, duels }: Placed & { readonly comparison: string }) {
  const { t } = useTranslation('comparison');
  const { label, picture, problem, revealed } = entry;
  const provider = providersContext.useStore((state) =>
    state.providers.find(({ manifest }) => manifest.id === revealed?.provider),
  );
  if (revealed === null) return null;
  const { usd, isEstimated, before, after, modelName } = revealed;
  // As people read them: 1523.4 → 1535.6 is up 13, as 1523 → 1536 says.
  const change = Math.round(after) - Math.round(before);
  const said = change === 0 ? 'same' : change > 0 ? 'up' : 'down';

  return (
    <li className={classes.card} aria-label={`${t('picture', { label })}: ${modelName}`}>
      <div className={classes.frame}>
        {picture === null ? (
          <IconPhotoOff size={32} stroke={1.25} aria-hidden />
        ) : (
          <img src={comparedPictureUrl(comparison, label, 'large')} alt={t('picture', { label })} draggable={false} />
        )}
      </div>
      <div className={classes.words}>
        <p className={classes.label}>
          {place !== null && <span className={classes.place}>{t('result.place', { place })}</span>}
          {t('picture', { label })}
        </p>
        <h3 className={classes.model}>{modelName}</h3>
        <p className={classes.dim}>{provider?.manifest.name ?? revealed.provider}</p>
        {problem !== null && <p className={classes.problem}>{problem}</p>}
        <dl className={classes.facts}>
          <div>
            <dt>{t('result.price')}</dt>
            <dd>
              {formatCost(usd === null ? { kind: 'unknown' } : { kind: isEstimated ? 'estimated' : 'reported', usd })}
            </dd>
          </div>
          <div>
            <dt>{t('result.won')}</dt>
            <dd>{t('result.ofDuels', { wins, duels })}</dd>
          </div>
          <div>
            <dt>{t('result.points')}</dt>
            <dd>
              {formatNumber(Math.round(before))} → {formatNumber(Math.round(after))}{' '}
              <span className={classes.change} data-change={said}>
                {t(`result.${said}`, { points: formatNumber(Math.abs(change)) })}
              </span>
            </dd>
          </div>
        </dl>
      </div>
    </li>
  );
}
