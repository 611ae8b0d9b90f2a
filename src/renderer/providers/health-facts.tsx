import { Collapse } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { HealthRecord, ProviderMetrics } from '../../shared/models/metrics.ts';
import type { BreakerRule, Standing } from '../../shared/models/routing.ts';
import { breakerAt } from '../../shared/routing/breaker.ts';
import { formatAgo, formatDateTime, formatSeconds, formatShare } from '../ui/format.ts';
import { failureShort } from '../ui/read-route-failure.ts';
import { DisclosureButton } from '../ui/disclosure-button.tsx';
import { cacheWords, dayWords, speedWords } from './metrics-words.ts';
import classes from './provider-pulse.module.css';

interface HealthFactsProps {
  readonly record: HealthRecord | undefined;
  readonly metrics: ProviderMetrics | undefined;
  readonly standing: Standing | undefined;
  readonly rule: BreakerRule;
  /** Milliseconds since 1970. */
  readonly now: number;
}

function Errors({ errors }: Pick<HealthRecord, 'errors'>) {
  const { t } = useTranslation('providers');
  const [isOpen, { toggle }] = useDisclosure(false);
  if (errors.length === 0) return null;
  return (
    <div>
      <DisclosureButton open={isOpen} onToggle={toggle}>
        {t('pulse.errors', { count: errors.length })}
      </DisclosureButton>
      <Collapse expanded={isOpen} transitionDuration={100}>
        <ol className={classes.errors}>
          {errors.map(({ code, message, at, source }, place) => (
            <li key={place}>
              <p>
                {failureShort(code)}{' '}
                <span className={classes.dim}>
                  {t(`pulse.errorSource.${source}`)}, {formatDateTime(at)}
                </span>
              </p>
              <p className={classes.dim}>{message}</p>
            </li>
          ))}
        </ol>
      </Collapse>
    </div>
  );
}

/** All that checks and jobs have shown of a provider. */
export function HealthFacts({ record, metrics, standing, rule, now }: HealthFactsProps) {
  const { t } = useTranslation('providers');
  const ago = (at: number | null): string => (at === null ? t('pulse.never') : formatAgo(now - at));
  const checkWords = (): string | null => {
    if (record === undefined) return null;
    const { lastCheckMs, nextCheckAt } = record;
    const parts = [
      ...(lastCheckMs === null ? [] : [t('pulse.took', { time: formatSeconds(lastCheckMs / 1000) })]),
      ...(nextCheckAt === null || nextCheckAt <= now
        ? []
        : [t('pulse.nextCheck', { time: formatSeconds(Math.ceil((nextCheckAt - now) / 1000)) })]),
    ];
    return parts.length === 0 ? null : parts.join(', ');
  };
  const breakerWords = (breaker: Standing['breaker']): string => {
    const { state, failuresInARow: count } = breakerAt(breaker, rule, now);
    const words = t(`pulse.breakers.${state}`);
    return count === 0 ? words : t('pulse.jobFailures', { state: words, count });
  };
  const uptime = record?.uptime ?? null;
  const rows = [
    { name: 'uptime', words: uptime === null ? null : formatShare(uptime) },
    { name: 'lastSuccess', words: record && ago(record.lastSuccessAt) },
    { name: 'lastFailure', words: record && ago(record.lastFailureAt) },
    { name: 'lastCheck', words: checkWords() },
    { name: 'breaker', words: standing && breakerWords(standing.breaker) },
    { name: 'pool', words: metrics?.pool && t('pulse.poolOf', metrics.pool) },
    { name: 'day', words: metrics && dayWords(metrics) },
    { name: 'speed', words: metrics && speedWords(metrics) },
    { name: 'cache', words: metrics && cacheWords(metrics) },
  ] as const;
  return (
    <div className={classes.details}>
      <dl className={classes.facts}>
        {rows.map(
          ({ name, words }) =>
            typeof words === 'string' && (
              <div key={name}>
                <dt>{t(`pulse.${name}`)}</dt>
                <dd>{words}</dd>
              </div>
            ),
        )}
      </dl>
      <Errors errors={record?.errors ?? []} />
    </div>
  );
}
