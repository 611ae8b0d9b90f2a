import { Badge, Collapse } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowRampRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RouteRecord } from '../../shared/models/route.ts';
import { failureShort } from '../ui/read-route-failure.ts';
import { providersContext } from '../ui/stores/shared-stores.ts';
import { DisclosureButton } from '../ui/disclosure-button.tsx';
import classes from './viewer-details.module.css';

/** Why an image comes from where it comes: strategy and reasons, who failed before, and who was skipped. */
export function ImageRoute({ route }: { readonly route: RouteRecord }) {
  const { t } = useTranslation('viewer');
  const { t: words } = useTranslation('ui');
  const providers = providersContext.useStore((state) => state.providers);
  const [isOpen, { toggle }] = useDisclosure(false);
  const nameOf = (id: string): string => providers.find(({ manifest }) => manifest.id === id)?.manifest.name ?? id;
  const { strategy, reasons, fellBackFrom, skipped } = route;
  const failed = fellBackFrom.map(({ provider, code }) =>
    t('fellBackOne', { provider: nameOf(provider), failure: failureShort(code) }),
  );

  return (
    <section>
      <div className={classes.heading}>
        <h3>{t('route')}</h3>
      </div>
      {failed.length > 0 && (
        <Badge
          className={classes.fellBack}
          variant="light"
          color="yellow"
          radius="sm"
          leftSection={<IconArrowRampRight size={14} stroke={1.75} aria-hidden />}
        >
          {t('fellBack', { list: failed.join(', ') })}
        </Badge>
      )}
      <p>{strategy === null ? t('chosenByYou') : t('chosenBy', { strategy: words(`strategies.${strategy}.name`) })}</p>
      {reasons.length > 0 && <p className={classes.dim}>{reasons.join(' · ')}</p>}
      {skipped.length > 0 && (
        <>
          <DisclosureButton open={isOpen} onToggle={toggle}>
            {t('skipped', { count: skipped.length })}
          </DisclosureButton>
          <Collapse expanded={isOpen} transitionDuration={100}>
            <ul className={classes.dropped}>
              {skipped.map(({ provider, reason }) => (
                <li key={provider}>{t('skippedOne', { provider: nameOf(provider), reason })}</li>
              ))}
            </ul>
          </Collapse>
        </>
      )}
    </section>
  );
}
