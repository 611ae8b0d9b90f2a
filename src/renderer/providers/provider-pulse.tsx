import { Collapse } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { ProviderManifest } from '../../shared/models/provider.ts';
import { formatShare } from '../ui/format.ts';
import { routingContext } from '../ui/stores/shared-stores.ts';
import { useStandingNow } from '../ui/use-now.ts';
import { HealthFacts } from './health-facts.tsx';
import { HourBars } from './hour-bars.tsx';
import { DisclosureButton } from '../ui/disclosure-button.tsx';
import classes from './provider-pulse.module.css';
import { ProviderRest } from './provider-rest.tsx';

/** How a provider in use is: the last day at a glance, what of its limits is used, and whether it is left alone. It opens to all that is known. */
export function ProviderPulse({ manifest }: { readonly manifest: ProviderManifest }) {
  const { t } = useTranslation('providers');
  const { id, name } = manifest;
  const record = routingContext.useStore((state) => state.health?.records.find(({ provider }) => provider === id));
  const metrics = routingContext.useStore((state) => state.metrics.find(({ provider }) => provider === id));
  const standing = routingContext.useStore((state) => state.routing.standings.find(({ provider }) => provider === id));
  const rule = routingContext.useStore((state) => state.routing.settings.breaker);
  const [isOpen, { toggle }] = useDisclosure(false);
  const now = useStandingNow(standing);
  if (record === undefined && metrics === undefined && standing === undefined) return null;

  const failures = record?.failuresInARow ?? 0;
  const uptime = record?.uptime ?? null;
  const perMinute = standing?.perMinute ?? null;
  const facts = [
    uptime === null ? t('pulse.notChecked') : t('pulse.up', { share: formatShare(uptime) }),
    ...(failures > 0 ? [t('pulse.failures', { count: failures })] : []),
    ...(standing === undefined ? [] : [t('pulse.running', { running: standing.running, most: standing.atOnce })]),
    ...(standing === undefined || perMinute === null
      ? []
      : [t('pulse.minute', { started: standing.startedLastMinute, most: perMinute })]),
  ];
  return (
    <section className={classes.pulse} aria-label={t('pulse.label')}>
      {standing !== undefined && <ProviderRest name={name} standing={standing} rule={rule} now={now} />}
      <div className={classes.row}>
        {metrics !== undefined && metrics.perHour.some(({ attempts }) => attempts > 0) && (
          <HourBars perHour={metrics.perHour} />
        )}
        <ul className={classes.glance}>
          {facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
        <DisclosureButton open={isOpen} onToggle={toggle} label={t('pulse.detailsOf', { name })}>
          {t('pulse.details')}
        </DisclosureButton>
      </div>
      <Collapse expanded={isOpen} transitionDuration={100}>
        {isOpen && <HealthFacts record={record} metrics={metrics} standing={standing} rule={rule} now={now} />}
      </Collapse>
    </section>
  );
}
