import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListedPrice } from '../../shared/models/costs.ts';
import { formatDate } from '../ui/format.ts';
import { PriceEditor } from '../ui/price-editor.tsx';
import { priceWords } from '../ui/price-words.ts';
import { routingContext } from '../ui/stores/shared-stores.ts';
import classes from './prices-settings.module.css';

/** What the list says of a price that is the user's own, and of which day it is. */
function ListPrice({ price: { list, listedOn } }: { readonly price: ListedPrice }) {
  const { t } = useTranslation('settings');
  if (list === null) return t('prices.listNothing');
  const price = priceWords(list);
  return listedOn === null ? t('prices.list', { price }) : t('prices.listDated', { price, date: formatDate(listedOn) });
}

function PriceRow({ entry, isLive }: { readonly entry: ListedPrice; readonly isLive: boolean }) {
  const { t } = useTranslation('settings');
  const { setPrice } = routingContext.useStoreApi().getState();
  const { provider, providerName, model, name, price, isCorrected, base, isOffered } = entry;
  return (
    <li className={classes.row}>
      <span className={classes.model}>
        <span>{name}</span>
        {name !== model && <span className={classes.dim}>{model}</span>}
      </span>
      <span className={classes.price}>
        <span>
          {price === null ? <span className={classes.unknown}>{t('prices.unknown')}</span> : priceWords(price)}
          {isCorrected && <strong className={classes.own}>{t('prices.own')}</strong>}
        </span>
        {isCorrected && (
          <span className={classes.dim}>
            <ListPrice price={entry} />
          </span>
        )}
        {base !== null && price !== null && (
          <span className={classes.dim}>{t(base.isCorrected ? 'prices.asOwn' : 'prices.as', { name: base.name })}</span>
        )}
        {!isOffered && <span className={classes.dim}>{t('prices.gone')}</span>}
        {isLive && base?.isCorrected !== true && <span className={classes.dim}>{t('prices.live')}</span>}
      </span>
      <PriceEditor
        providerName={providerName}
        name={name}
        price={price}
        isCorrected={isCorrected}
        onSave={(changed) => setPrice(provider, model, changed)}
      />
    </li>
  );
}

/** The models of one provider, with the day of its price list once for all of them. */
export function ProviderPrices({ prices }: { readonly prices: readonly [ListedPrice, ...ListedPrice[]] }) {
  const { t } = useTranslation('settings');
  const id = useId();
  const [{ providerName }] = prices;
  const date = prices.find(({ listedOn }) => listedOn !== null)?.listedOn;
  return (
    <section className={classes.provider} aria-labelledby={id}>
      <header className={classes.head}>
        <h3 id={id}>{providerName}</h3>
        {date !== undefined && date !== null && (
          <span className={classes.dim}>{t('prices.listOf', { date: formatDate(date) })}</span>
        )}
      </header>
      <ul className={classes.rows} aria-label={t('prices.models', { name: providerName })}>
        {prices.map((entry) => (
          <PriceRow
            key={entry.model}
            entry={entry}
            isLive={date !== undefined && !entry.isCorrected && entry.price !== null && entry.listedOn === null}
          />
        ))}
      </ul>
    </section>
  );
}
