import { Button, Collapse } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SkippedProvider } from '../../shared/routing/plan-route.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { restOf } from '../ui/standing.ts';
import { providersContext, routingContext, viewContext } from '../ui/stores/shared-stores.ts';
import { routeContext } from './compose-context.ts';
import { DisclosureButton } from '../ui/disclosure-button.tsx';
import classes from './route-details.module.css';
import { providerName, skippedInUse } from './route-words.ts';

interface RouteSkippedProps {
  readonly skipped: readonly SkippedProvider[];
  /** Nobody can do it: whoever is not in use may be what helps. */
  readonly showAll: boolean;
  readonly onLeave: () => void;
}

/** Who was left out, why, and what would help. Those that are not in use are behind a click while somebody can do it. */
export function RouteSkipped({ skipped, showAll, onLeave }: RouteSkippedProps) {
  const { t } = useTranslation('route');
  const providers = providersContext.useStore((state) => state.providers);
  const { standings, settings } = routingContext.useStore((state) => state.routing);
  const now = routeContext.useStore((state) => state.now);
  const { reset } = routingContext.useStoreApi().getState();
  const { showProvider } = viewContext.useStoreApi().getState();
  const [isOpen, { toggle }] = useDisclosure(false);
  const { inUse, others } = skippedInUse(skipped, providers);

  const row = ({ provider, reason, help, tooDear }: SkippedProvider) => {
    const name = providerName(provider, providers);
    // Its name stands above it.
    const own = tooDear !== undefined && reason.startsWith(`${name}, `) ? reason.slice(name.length + 2) : reason;
    const standing = standings.find((other) => other.provider === provider);
    const rests = restOf(standing, settings.breaker, now) !== null;
    return (
      <li key={provider} className={classes.skip}>
        <div className={classes.words}>
          <p className={classes.name}>{name}</p>
          <p className={classes.dim}>{own}</p>
          {help !== '' && <p className={classes.help}>{help}</p>}
          {rests && (
            <Button
              mt={4}
              size="xs"
              variant="default"
              aria-label={t('details.resetOf', { name })}
              onClick={({ currentTarget }) => {
                // The button goes with what it ends.
                currentTarget.closest('[role="dialog"]')?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
                void reset(provider);
              }}
            >
              {t('details.reset')}
            </Button>
          )}
        </div>
        <IconButton
          size="xs"
          label={t('details.show', { name })}
          icon={<IconArrowRight size={16} stroke={1.75} aria-hidden />}
          onClick={() => {
            onLeave();
            showProvider(provider);
          }}
        />
      </li>
    );
  };

  const shown = showAll && inUse.length === 0 ? others : inUse;
  const folded = shown === others ? [] : others;
  return (
    <>
      {shown.length > 0 && (
        <section>
          {!showAll && <h3 className={classes.heading}>{t('details.skipped')}</h3>}
          <ul className={classes.list}>{shown.map(row)}</ul>
        </section>
      )}
      {folded.length > 0 && (
        <section>
          <DisclosureButton open={isOpen} onToggle={toggle}>
            {t('details.notSetUp', { count: folded.length })}
          </DisclosureButton>
          <Collapse expanded={isOpen} transitionDuration={100}>
            <ul className={classes.list}>{isOpen && folded.map(row)}</ul>
          </Collapse>
        </section>
      )}
    </>
  );
}
