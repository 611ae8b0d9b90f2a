import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { providersContext, routingContext } from '../ui/stores/shared-stores.ts';
import classes from './system-health.module.css';

/** How all providers together are, in a word and a sentence. Nothing while no provider is in use. */
export function SystemHealth({ onCheckAll }: { readonly onCheckAll: () => void }) {
  const { t } = useTranslation('providers');
  const health = routingContext.useStore((state) => state.health);
  const isAsking = providersContext.useStore((state) => state.checking.size > 0);
  if (health === null || health.records.length === 0) return null;
  const { level, message } = health;
  return (
    <section className={classes.health} data-level={level} aria-label={t('system.label')}>
      <span className={classes.dot} aria-hidden />
      <div className={classes.words} role="status">
        <p className={classes.level}>{t(`system.levels.${level}`)}</p>
        <p className={classes.message}>{message}</p>
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
