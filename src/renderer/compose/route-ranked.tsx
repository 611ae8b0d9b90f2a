import { useTranslation } from 'react-i18next';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import type { RankedProvider } from '../../shared/routing/plan-route.ts';
import { decidingReasons } from '../../shared/routing/route-reasons.ts';
import { formatCost, formatSeconds } from '../ui/format.ts';
import classes from './route-details.module.css';
import { providerName } from './route-words.ts';

interface RouteRankedProps {
  readonly ranked: readonly RankedProvider[];
  readonly providers: readonly ProviderStatus[];
}

/** Who could do it, in the order in which they would be asked. */
export function RouteRanked({ ranked, providers }: RouteRankedProps) {
  const { t } = useTranslation('route');
  return (
    <section>
      <h3 className={classes.heading}>{t('details.ranked')}</h3>
      <ol className={classes.list}>
        {ranked.map(({ provider, model, cost, seconds, reasons, dropped, waits }, place) => (
          <li key={provider} className={classes.candidate} data-first={place === 0 || undefined}>
            <span className={classes.place} aria-hidden>
              {place + 1}
            </span>
            <div className={classes.words}>
              <p className={classes.line}>
                <span className={classes.name}>{providerName(provider, providers)}</span>
                <span className={classes.figures}>
                  {formatCost(cost)}
                  {seconds !== null && ` · ${t('line.time', { time: formatSeconds(seconds) })}`}
                </span>
              </p>
              <p className={classes.dim}>{model.name}</p>
              <p className={classes.reasons}>{decidingReasons(reasons).join(' · ')}</p>
              {dropped.length > 0 && (
                <p className={classes.drops}>
                  {t('details.drops', { notes: dropped.map(({ note }) => note).join(' ') })}
                </p>
              )}
              {waits && <p className={classes.drops}>{t('details.waits')}</p>}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
