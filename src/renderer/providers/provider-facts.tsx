import { Collapse } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import { ProviderAddress } from '../ui/provider-address.tsx';
import { formatDate } from '../ui/format.ts';
import { routingContext } from '../ui/stores/shared-stores.ts';
import { balanceWords, byFamily, modelPrice, priceWords } from './provider-words.ts';
import { DisclosureButton } from '../ui/disclosure-button.tsx';
import classes from './provider-card.module.css';

function Models({ models, isPriced }: Pick<ProviderStatus, 'models'> & { readonly isPriced: boolean }) {
  const { t } = useTranslation('providers');
  const [isOpen, { toggle }] = useDisclosure(false);
  if (models.length === 0) return <span className={classes.dim}>{t('noModels')}</span>;
  return (
    <div>
      <DisclosureButton open={isOpen} onToggle={toggle}>
        {t('modelCount', { count: models.length })}
      </DisclosureButton>
      <Collapse expanded={isOpen} transitionDuration={100}>
        {byFamily(models).map((group) => (
          <div key={group.family} className={classes.family}>
            <h4>{t(`family.${group.family}`)}</h4>
            <ul>
              {group.models.map((model) => (
                <li key={model.id} className={classes.model}>
                  <span>{model.name}</span>
                  <span className={classes.dim}>{isPriced && modelPrice(model)}</span>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </Collapse>
    </div>
  );
}

/** What is known of a provider: address, models, limits, price. */
export function ProviderFacts({ provider }: { readonly provider: ProviderStatus }) {
  const { t } = useTranslation('providers');
  const { manifest, models, balance, enabled } = provider;
  const hasStanding = routingContext.useStore((state) =>
    state.routing.standings.some((standing) => standing.provider === manifest.id),
  );
  const isWatched = enabled && manifest.kind !== 'builtin' && hasStanding;
  const limits = [
    t('atOnce', { count: manifest.limits.atOnce }),
    ...(manifest.limits.perMinute === null ? [] : [t('perMinute', { count: manifest.limits.perMinute })]),
  ];
  // What runs here costs nothing, whatever models there are.
  const price = manifest.kind === 'local' ? t('free') : priceWords(models);
  return (
    <dl className={classes.facts}>
      {manifest.kind !== 'builtin' && (
        <div>
          <dt>{t('address')}</dt>
          <dd>
            <ProviderAddress provider={provider} />
          </dd>
        </div>
      )}
      <div>
        <dt>{t('models')}</dt>
        <dd>
          <Models models={models} isPriced={manifest.kind === 'cloud'} />
        </dd>
      </div>
      {/* What of them is in use is told above. */}
      {!isWatched && (
        <div>
          <dt>{t('limits')}</dt>
          <dd>{limits.join(', ')}</dd>
        </div>
      )}
      <div>
        <dt>{t('price')}</dt>
        <dd>
          {price}{' '}
          {manifest.pricesCheckedOn !== null && (
            <span className={classes.dim}>{t('pricesChecked', { date: formatDate(manifest.pricesCheckedOn) })}</span>
          )}
        </dd>
      </div>
      {balance !== null && (
        <div>
          <dt>{t('balance')}</dt>
          <dd>{balanceWords(balance)}</dd>
        </div>
      )}
    </dl>
  );
}
