import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { providersContext, routingContext } from '../ui/stores/shared-stores.ts';
import { restOf } from '../ui/standing.ts';
import { useStandingNow } from '../ui/use-now.ts';
import classes from './system-health.module.css';

/**
 * How all providers together are, in a word and a sentence. It keeps its place while none is in use: the last one goes, by its
 * key for example, a moment before this hears of it, and what lies below would move away from under the pointer.
 */
export function SystemHealth({ onCheckAll }: { readonly onCheckAll: () => void }) {
  const { t } = useTranslation('providers');
  const health = routingContext.useStore((state) => state.health);
  const { standings, settings } = routingContext.useStore((state) => state.routing);
  const providers = providersContext.useStore((state) => state.providers);
  const now = useStandingNow(standings);
  const isAsking = providersContext.useStore((state) => state.checking.size > 0);
  if (health === null) return null;
  if (health.records.length === 0) {
    return (
      <section className={classes.health} data-level="idle" aria-label={t('system.label')}>
        <span className={classes.dot} aria-hidden />
        <div className={classes.words} role="status">
          <p className={classes.level}>{t('system.idle')}</p>
          <p className={classes.message}>{t('system.idleText')}</p>
        </div>
      </section>
    );
  }
  // A check asks only whether somebody answers; who failed at jobs is left alone all the same.
  const resting = standings
    .filter((standing) => restOf(standing, settings.breaker, now) !== null)
    .flatMap(({ provider }) => providers.filter(({ manifest, enabled }) => enabled && manifest.id === provider));
  const isResting = health.level === 'healthy' && resting.length > 0;
  const level = isResting ? 'degraded' : health.level;
  const names = resting.map(({ manifest }) => manifest.name).join(', ');
  return (
    <section className={classes.health} data-level={level} aria-label={t('system.label')}>
      <span className={classes.dot} aria-hidden />
      <div className={classes.words} role="status">
        <p className={classes.level}>{isResting ? t('system.resting') : t(`system.levels.${level}`)}</p>
        <p className={classes.message}>{isResting ? t('system.restingText', { names }) : health.message}</p>
      </div>
      <Button
        size="xs"
        variant="default"
        loading={isAsking}
        leftSection={<IconRefresh size={14} stroke={1.75} aria-hidden />}
        onClick={onCheckAll}
      >
        {t('system.checkAll')}
      </Button>
    </section>
  );
}
