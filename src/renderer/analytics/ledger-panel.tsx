import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LedgerEntry } from '../../shared/models/costs.ts';
import { formatCost, formatDateTime, formatNumber, formatUsd } from '../ui/format.ts';
import { providersContext } from '../ui/stores/shared-stores.ts';
import { analyticsContext } from './analytics-context.ts';
import { DataTable } from './data-table.tsx';
import { Panel } from './panel.tsx';
import classes from './analytics-view.module.css';

function useLedgerRows(entries: readonly LedgerEntry[]) {
  const { t } = useTranslation('analytics');
  const providers = providersContext.useStore((state) => state.providers);
  const providerOf = (id: string) => providers.find(({ manifest }) => manifest.id === id);
  const modelName = ({ kind, provider, model }: LedgerEntry): string =>
    kind === 'training'
      ? t('ledger.training', { name: model })
      : (providerOf(provider)?.models.find(({ id }) => id === model)?.name ?? model);
  const outcomeWords = (outcome: string): string =>
    outcome in outcomes ? t(`ledger.outcomes.${outcome as keyof typeof outcomes}`) : outcome;
  const outcomes = t('ledger.outcomes', { returnObjects: true });
  return entries.map((entry) => ({
    key: entry.id,
    cells: [
      ...[formatDateTime(entry.at), providerOf(entry.provider)?.manifest.name ?? entry.provider, modelName(entry)],
      ...[entry.project ?? '–', outcomeWords(entry.outcome)],
      entry.kind === 'training' ? '–' : formatNumber(entry.images),
      entry.cost.kind === 'unknown' ? t('ledger.unknown') : formatCost(entry.cost),
      entry.reservedUsd === null ? '–' : formatUsd(entry.reservedUsd),
    ],
  }));
}

/** Every charge of the period, one by one, and as a file. */
export function LedgerPanel() {
  const { t } = useTranslation('analytics');
  const entries = analyticsContext.useStore((state) => state.entries);
  const hasMore = analyticsContext.useStore((state) => state.next !== null);
  const exporting = analyticsContext.useStore((state) => state.exporting);
  const { showMore, exportLedger } = analyticsContext.useStoreApi().getState();
  const rows = useLedgerRows(entries);
  const columns = ['time', 'provider', 'model', 'project', 'outcome', 'images', 'cost', 'expected'] as const;
  return (
    <Panel
      wide
      title={t('ledger.title')}
      tools={
        <Button
          size="xs"
          variant="default"
          loading={exporting}
          disabled={entries.length === 0}
          leftSection={<IconDownload size={14} stroke={1.75} aria-hidden />}
          onClick={() => void exportLedger()}
        >
          {t('ledger.export')}
        </Button>
      }
    >
      <p className={classes.dim}>{t(entries.length === 0 ? 'ledger.none' : 'ledger.text')}</p>
      {entries.length > 0 && (
        <DataTable
          caption={t('ledger.label')}
          words={5}
          columns={columns.map((column) => t(`ledger.${column}`))}
          rows={rows}
        />
      )}
      {hasMore && (
        <Button className={classes.more} size="xs" variant="default" onClick={() => void showMore()}>
          {t('ledger.more')}
        </Button>
      )}
    </Panel>
  );
}
