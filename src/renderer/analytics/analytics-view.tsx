import '@mantine/charts/styles.layer.css';
import { Button, Loader, SegmentedControl } from '@mantine/core';
import { IconReceipt } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useActions } from '../ui/actions/use-actions.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { PageColumn } from '../ui/page-column.tsx';
import { jobsContext } from '../ui/stores/shared-stores.ts';
import { Advice } from './advice.tsx';
import { analyticsContext } from './analytics-context.ts';
import type { Figures } from './analytics-store.ts';
import { Breakdown } from './breakdown.tsx';
import { CapsPanel } from './caps-panel.tsx';
import { DayCharts } from './day-charts.tsx';
import { periods } from './days.ts';
import { LedgerPanel } from './ledger-panel.tsx';
import { ModelsPanel } from './models-panel.tsx';
import { RankingsPanels } from './rankings-panel.tsx';
import { Tiles } from './tiles.tsx';
import classes from './analytics-view.module.css';

/** Jobs often end together: they are added up once. */
const settleMs = 1_000;

/** Loads when it is looked at, and again as jobs come and go. */
function useFreshFigures(): void {
  const { load, forget } = analyticsContext.useStoreApi().getState();
  const queue = jobsContext.useStoreApi();
  useEffect(() => {
    void load();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = queue.subscribe((now, before) => {
      if (now.queue === before.queue) return;
      clearTimeout(timer);
      timer = setTimeout(() => void load(), settleMs);
    });
    return () => {
      stop();
      clearTimeout(timer);
      forget();
    };
  }, [load, forget, queue]);
}

function useAnalyticsActions(): void {
  const { t } = useTranslation('analytics');
  const { setPeriod, load, exportLedger } = analyticsContext.useStoreApi().getState();
  const section = 'analytics' as const;
  useActions([
    ...periods.map((period) => ({
      name: `analytics.period.${period}`,
      label: t('actions.period', { period: t(`periods.${period}`) }),
      section,
      keys: [],
      run: () => void setPeriod(period),
    })),
    { name: 'analytics.reload', label: t('actions.reload'), section, keys: ['KeyR'], run: () => void load() },
    { name: 'analytics.export', label: t('actions.export'), section, keys: ['KeyE'], run: () => void exportLedger() },
  ]);
}

function Charts(figures: Figures) {
  const { t } = useTranslation('analytics');
  const budget = analyticsContext.useStore((state) => state.budget);
  const { total, groups, period } = figures;
  const isEmpty = total.attempts === 0 && total.trainings === 0;
  return (
    <>
      {isEmpty && <p className={classes.nothing}>{t(period === 'all' ? 'emptyEver' : 'emptyPeriod')}</p>}
      {!isEmpty && <Tiles total={total} />}
      <div className={classes.grid}>
        {!isEmpty && <DayCharts {...figures} />}
        {!isEmpty && <Breakdown {...figures} />}
        {!isEmpty && <Advice models={groups.model} />}
        {budget !== null && <CapsPanel budget={budget} />}
        {!isEmpty && <RankingsPanels models={groups.model} />}
        {!isEmpty && <ModelsPanel models={groups.model} />}
        <LedgerPanel />
      </div>
    </>
  );
}

/** What was made and spent, and what could cost less. Loaded when it is first looked at: its charts are heavy. */
export function AnalyticsView({ onCreate }: { readonly onCreate: () => void }) {
  const { t } = useTranslation('analytics');
  const period = analyticsContext.useStore((state) => state.period);
  const figures = analyticsContext.useStore((state) => state.figures);
  const error = analyticsContext.useStore((state) => state.error);
  const hasCaps = analyticsContext.useStore(({ budget }) =>
    Object.values(budget?.caps ?? {}).some((cap) => cap !== null),
  );
  const { setPeriod, load } = analyticsContext.useStoreApi().getState();
  useFreshFigures();
  useAnalyticsActions();
  const isNew = figures?.period === 'all' && figures.total.attempts === 0 && figures.total.trainings === 0 && !hasCaps;

  return (
    <PageColumn width={1280}>
      <header className={classes.title}>
        <div>
          <h1>{t('title')}</h1>
          <p className={classes.dim}>{t('intro')}</p>
        </div>
        <SegmentedControl
          aria-label={t('period')}
          value={period}
          onChange={(next) => void setPeriod(next)}
          data={periods.map((value) => ({ value, label: t(`periods.${value}`) }))}
        />
      </header>
      {error !== null && (
        <ErrorNote
          error={error}
          actions={
            <Button size="xs" variant="default" onClick={() => void load()}>
              {t('tryAgain')}
            </Button>
          }
        />
      )}
      {error !== null && figures !== null && <p className={classes.dim}>{t('stale')}</p>}
      {figures === null && error === null && <Loader m="xl" size="sm" color="gray" aria-label={t('loading')} />}
      {figures !== null && isNew && (
        <EmptyState
          icon={<IconReceipt size={40} stroke={1.25} />}
          title={t('emptyTitle')}
          actions={<Button onClick={onCreate}>{t('create')}</Button>}
        >
          {t('emptyText')}
        </EmptyState>
      )}
      {figures !== null && !isNew && <Charts {...figures} />}
    </PageColumn>
  );
}
