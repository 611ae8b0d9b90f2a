import { useTranslation } from 'react-i18next';
import { Loader } from '@mantine/core';
import { comparisonsContext } from './comparisons-context.ts';
import { ComparisonPage } from './comparison-page.tsx';
import classes from './comparison-view.module.css';
import { FormerComparisons } from './former-comparisons.tsx';
import { ScoreTable } from './score-table.tsx';
import { StartForm } from './start-form.tsx';

/** Models side by side without their names: begin a comparison, go on with one, see what came of all. */
export function ComparisonView() {
  const { t } = useTranslation('comparison');
  const loaded = comparisonsContext.useStore((state) => state.loaded);
  const shown = comparisonsContext.useStore(({ comparisons, shownId }) => comparisons.find(({ id }) => id === shownId));
  if (shown !== undefined) return <ComparisonPage key={shown.id} comparison={shown} />;
  return (
    <div className={classes.view}>
      <aside className={classes.panel}>
        <StartForm />
      </aside>
      <div className={classes.results}>
        <h1>{t('title')}</h1>
        {loaded ? (
          <>
            <FormerComparisons />
            <ScoreTable />
          </>
        ) : (
          <Loader m="xl" size="sm" color="gray" aria-label={t('loading')} />
        )}
      </div>
    </div>
  );
}
