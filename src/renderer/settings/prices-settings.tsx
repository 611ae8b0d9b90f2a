import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listPrices, pricedProviders } from '../../shared/routing/list-prices.ts';
import { providersContext, routingContext, viewContext } from '../ui/stores/shared-stores.ts';
import { byProvider, findPrices, priceKinds, type PriceKind } from './find-prices.ts';
import { ProviderPrices } from './provider-prices.tsx';
import classes from './prices-settings.module.css';
import { Section } from './section.tsx';

/** A list of hundreds is drawn a page at a time. */
const page = 60;

/** What every model of the services in use costs, for the user to correct. */
export function PricesSettings() {
  const { t } = useTranslation('settings');
  const providers = providersContext.useStore((state) => state.providers);
  const corrections = routingContext.useStore((state) => state.routing.settings.prices);
  const { go } = viewContext.useStoreApi().getState();
  const [typed, setTyped] = useState('');
  const [kind, setKind] = useState<PriceKind>('all');
  const [shown, setShown] = useState(page);
  const all = useMemo(() => listPrices(pricedProviders(providers, corrections), corrections), [providers, corrections]);
  const found = useMemo(() => findPrices(all, typed, kind), [all, typed, kind]);

  if (all.length === 0) {
    return (
      <Section title={t('prices.title')} text={t('prices.noServices')}>
        <div>
          <Button size="xs" variant="default" onClick={() => go('providers')}>
            {t('showProviders')}
          </Button>
        </div>
      </Section>
    );
  }
  return (
    <Section title={t('prices.title')} text={t('prices.text')}>
      <div className={classes.tools}>
        <TextInput
          className={classes.search}
          type="search"
          aria-label={t('prices.search')}
          placeholder={t('prices.searchHint')}
          leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
          value={typed}
          onChange={({ currentTarget }) => {
            setTyped(currentTarget.value);
            setShown(page);
          }}
        />
        <SegmentedControl
          className={classes.kinds}
          aria-label={t('prices.which')}
          value={kind}
          onChange={(value) => {
            setKind(value);
            setShown(page);
          }}
          data={priceKinds.map((value) => ({ value, label: t(`prices.kinds.${value}`) }))}
        />
      </div>
      <p className={classes.count} role="status">
        {found.length === 0 ? t('prices.none') : t('prices.count', { count: found.length })}
      </p>
      {byProvider(found.slice(0, shown)).map((group) => (
        <ProviderPrices key={group[0].provider} prices={group} />
      ))}
      {found.length > shown && (
        <div>
          <Button size="xs" variant="default" onClick={() => setShown(shown + page)}>
            {t('prices.more')}
          </Button>
        </div>
      )}
    </Section>
  );
}
