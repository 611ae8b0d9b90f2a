import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { explainStrategy } from '../ui/explain-strategy.ts';
import { formatUsd } from '../ui/format.ts';
import { providersContext, routingContext, viewContext } from '../ui/stores/shared-stores.ts';
import { routeContext } from './compose-context.ts';
import classes from './route-details.module.css';
import { RouteRanked } from './route-ranked.tsx';
import { RouteSkipped } from './route-skipped.tsx';
import { UnpricedNote } from './unpriced-note.tsx';

interface RouteDetailsProps {
  /** The id of its heading. */
  readonly titleId: string;
  readonly onClose: () => void;
}

/** The whole reasoning behind the line under Generate: strategy, who in which order, who not and why. */
export function RouteDetails({ titleId, onClose }: RouteDetailsProps) {
  const { t } = useTranslation('route');
  const { t: words } = useTranslation('ui');
  const { route, chosen, outlook, priced } = routeContext.useStore((state) => state.plan);
  const { day, month } = routingContext.useStore((state) => state.routing.spending);
  const settings = routingContext.useStore((state) => state.routing.settings);
  const providers = providersContext.useStore((state) => state.providers);
  const { openSettings, go } = viewContext.useStoreApi().getState();
  if (route === null) return null;
  const { strategy, ranked, skipped } = route;
  const named = chosen?.provider.manifest.name ?? '';
  const leave = (to: () => void) => () => {
    onClose();
    to();
  };

  return (
    <div className={classes.details}>
      <h2 id={titleId} className={classes.title}>
        {t(ranked.length > 0 ? 'details.title' : 'details.nobody')}
      </h2>
      <p className={classes.dim}>
        {ranked.length === 0
          ? t(outlook === 'later' ? 'details.laterText' : 'details.nobodyText')
          : strategy === null
            ? t('details.named', { provider: named })
            : t('details.strategyLine', {
                name: words(`strategies.${strategy}.name`),
                explains: explainStrategy(strategy, settings),
              })}
      </p>
      {ranked[0]?.cost.kind === 'unknown' && (
        <UnpricedNote best={ranked[0]} priced={priced} onLeave={leave(() => openSettings('prices'))} />
      )}
      {ranked.length > 0 && <RouteRanked ranked={ranked} providers={providers} />}
      <RouteSkipped skipped={skipped} showAll={ranked.length === 0} onLeave={onClose} />
      <footer className={classes.footer}>
        <Button size="xs" variant="default" data-autofocus onClick={leave(() => openSettings('routing'))}>
          {t('details.settings')}
        </Button>
        <Button size="xs" variant="subtle" color="gray" onClick={leave(() => go('providers'))}>
          {t('details.providers')}
        </Button>
        {(day > 0 || month > 0) && (
          <span className={classes.spent}>{t('details.spent', { day: formatUsd(day), month: formatUsd(month) })}</span>
        )}
      </footer>
    </div>
  );
}
