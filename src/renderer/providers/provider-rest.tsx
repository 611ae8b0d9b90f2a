import { Button } from '@mantine/core';
import { IconClockPause } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { BreakerRule, Standing } from '../../shared/models/routing.ts';
import { breakerAt } from '../../shared/routing/breaker.ts';
import { formatSeconds } from '../ui/format.ts';
import { failureShort } from '../ui/read-route-failure.ts';
import { restOf, secondsUntil } from '../ui/standing.ts';
import { routingContext } from '../ui/stores/shared-stores.ts';
import classes from './provider-pulse.module.css';

interface ProviderRestProps {
  readonly name: string;
  readonly standing: Standing;
  readonly rule: BreakerRule;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** That a provider is left alone, why, for how long, and a way to end it. Nothing while it works. */
export function ProviderRest({ name, standing, rule, now }: ProviderRestProps) {
  const { t } = useTranslation('providers');
  const { reset } = routingContext.useStoreApi().getState();
  const breaker = breakerAt(standing.breaker, rule, now);
  const rest = restOf(standing, rule, now);
  const words = (): string | null => {
    switch (rest?.kind) {
      case 'coolingDown': {
        const time = formatSeconds(secondsUntil(rest.until, now));
        return breaker.reason === null
          ? t('pulse.coolingDownBare', { time })
          : t('pulse.coolingDown', { time, reason: failureShort(breaker.reason) });
      }
      case 'probing':
        return t('pulse.probing');
      case 'paused':
        return t('pulse.paused', { time: formatSeconds(secondsUntil(rest.until, now)) });
      case undefined:
        return breaker.state === 'half_open' ? t('pulse.halfOpen') : null;
    }
  };
  const line = words();
  if (line === null) return null;
  return (
    <div className={classes.rest}>
      <IconClockPause size={16} stroke={1.75} aria-hidden />
      <span className={classes.restWords}>{line}</span>
      <Button
        size="xs"
        variant="default"
        aria-label={t('pulse.resetOf', { name })}
        onClick={({ currentTarget }) => {
          // The button goes with what it ends: the keyboard goes on beside it.
          currentTarget.closest('section')?.querySelector<HTMLElement>('button[aria-expanded]')?.focus();
          void reset(standing.provider);
        }}
      >
        {t('pulse.reset')}
      </Button>
    </div>
  );
}
