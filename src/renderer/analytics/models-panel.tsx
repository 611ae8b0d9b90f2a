import { useTranslation } from 'react-i18next';
import type { CostGroup } from '../../shared/models/costs.ts';
import { formatNumber, formatSeconds } from '../ui/format.ts';
import { PriceEditor } from '../ui/price-editor.tsx';
import { priceWords } from '../ui/price-words.ts';
import { providersContext } from '../ui/stores/shared-stores.ts';
import { DataTable } from './data-table.tsx';
import { analyticsContext } from './analytics-context.ts';
import { modelOf, perKeptWords, spentUsd, spentWords } from './money.ts';
import { Panel } from './panel.tsx';
import classes from './analytics-view.module.css';

const time = (ms: number | null): string => (ms === null ? '–' : formatSeconds(ms / 1000));

function PriceCell({ modelKey }: { readonly modelKey: string }) {
  const { t } = useTranslation('analytics');
  const providers = providersContext.useStore((state) => state.providers);
  const { setPrice } = analyticsContext.useStoreApi().getState();
  const maker = providers.find(({ manifest }) => manifest.id === modelKey.split('/')[0]);
  // What runs here costs nothing, whatever a list says.
  if (maker !== undefined && maker.manifest.kind !== 'cloud') return t('models.free');
  const found = modelOf(modelKey, providers);
  if (found === null) return <span className={classes.dim}>{t('models.gone')}</span>;
  const { provider, model } = found;
  const words = model.price === null ? t('models.unknown') : priceWords(model.price);
  const { listPrice } = model;
  return (
    <span className={classes.price}>
      <span>
        {words}
        {listPrice !== undefined && (
          <>
            {' '}
            <strong className={classes.mark}>{t('models.corrected')}</strong>
            <span className={classes.dim}>
              {t('models.listPrice', { price: listPrice === null ? t('models.unknown') : priceWords(listPrice) })}
            </span>
          </>
        )}
      </span>
      <PriceEditor
        providerName={provider.manifest.name}
        name={model.name}
        price={model.price}
        isCorrected={listPrice !== undefined}
        onSave={(price) => setPrice(provider.manifest.id, model.id, price)}
      />
    </span>
  );
}

function SpentCell({ group }: { readonly group: CostGroup }) {
  const { t } = useTranslation('analytics');
  if (group.unknownCosts > 0 && spentUsd(group) === 0) return t('models.allUnknown', { count: group.unknownCosts });
  return (
    <>
      {spentWords(group)}
      {group.unknownCosts > 0 && (
        <span className={classes.dim}> {t('models.unknownCosts', { count: group.unknownCosts })}</span>
      )}
    </>
  );
}

/** Every model that was used: what it costs, how fast it is, how often it fails. */
export function ModelsPanel({ models }: { readonly models: readonly CostGroup[] }) {
  const { t } = useTranslation('analytics');
  const used = models.filter(({ attempts }) => attempts > 0);
  const columns = ['model', 'price', 'images', 'kept', 'spent', 'perKept', 'p50', 'p95', 'failed'] as const;
  return (
    <Panel wide title={t('models.title')}>
      <DataTable
        caption={t('models.title')}
        words={2}
        columns={columns.map((column) => t(`models.${column}`))}
        rows={used.map((group) => ({
          key: group.key,
          cells: [
            group.label,
            <PriceCell key="price" modelKey={group.key} />,
            formatNumber(group.images),
            formatNumber(group.kept),
            <SpentCell key="spent" group={group} />,
            perKeptWords(group) ?? '–',
            time(group.p50),
            time(group.p95),
            group.failed === 0 ? '–' : `${formatNumber(group.failed)} / ${formatNumber(group.attempts)}`,
          ],
        }))}
      />
    </Panel>
  );
}
