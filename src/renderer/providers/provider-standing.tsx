import { useTranslation } from 'react-i18next';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import { restOf } from '../ui/standing.ts';
import { providersContext, routingContext } from '../ui/stores/shared-stores.ts';
import { useStandingNow } from '../ui/use-now.ts';
import { standingOf, standingWords } from './provider-words.ts';
import classes from './provider-card.module.css';

/** A dot and words: whether a provider can be used now. */
export function ProviderStanding({ provider }: { readonly provider: ProviderStatus }) {
  const { t } = useTranslation('providers');
  const isAsking = providersContext.useStore((state) => state.checking.has(provider.manifest.id));
  const standing = standingOf(provider, isAsking);
  const known = routingContext.useStore((state) =>
    state.routing.standings.find((other) => other.provider === provider.manifest.id),
  );
  const rule = routingContext.useStore((state) => state.routing.settings.breaker);
  const now = useStandingNow(known);
  // It answers, and gets nothing to do all the same.
  const isResting = standing === 'ready' && restOf(known, rule, now) !== null;
  return (
    <span className={classes.standing} data-standing={isResting ? 'resting' : standing} role="status">
      <span className={classes.dot} aria-hidden />
      {isResting ? t('state.resting') : standingWords(provider, standing)}
    </span>
  );
}
