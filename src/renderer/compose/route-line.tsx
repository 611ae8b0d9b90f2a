import { Button, Popover, UnstyledButton } from '@mantine/core';
import { useDisclosure, useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { IconChevronRight } from '@tabler/icons-react';
import { useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { providersContext, routingContext, viewContext } from '../ui/stores/shared-stores.ts';
import { routeContext } from './compose-context.ts';
import { limitInTheWay } from './limit-words.ts';
import { RouteDetails } from './route-details.tsx';
import classes from './route-line.module.css';
import { wishesOpenKey } from './route-wishes.tsx';
import { routeLine } from './route-words.ts';

/** No higher than what is free above the line, or beside it: the beginning of the reasons would lie outside the window. */
function fitToRoom({
  availableHeight,
  elements,
}: {
  availableHeight: number;
  elements: { floating: HTMLElement };
}): void {
  elements.floating.style.setProperty('--route-room', `${Math.max(160, Math.floor(availableHeight))}px`);
}

/** Who will do it, at what price, by when, and who was skipped; it opens to the whole reasoning. What is missing is said instead. */
export function RouteLine({ problem }: { readonly problem: string | null }) {
  const { t } = useTranslation('route');
  const plan = routeContext.useStore((state) => state.plan);
  const now = routeContext.useStore((state) => state.now);
  const providers = providersContext.useStore((state) => state.providers);
  const routing = routingContext.useStore((state) => state.routing);
  const titleId = useId();
  // Beside the form there is no room then.
  const isNarrow = useMediaQuery('(max-width: 900px)');
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const { limit, line } = useMemo(() => {
    const known = { providers, routing, now };
    const inTheWay = limitInTheWay(plan, known);
    return { limit: inTheWay, line: inTheWay?.words ?? routeLine(plan, known) };
  }, [plan, providers, routing, now]);
  const { openSettings } = viewContext.useStoreApi().getState();
  const [, openWishes] = useLocalStorage({ key: wishesOpenKey, defaultValue: false });

  return (
    <div className={classes.place}>
      {problem !== null && (
        <p id="route-problem" className={classes.problem}>
          {problem}
        </p>
      )}
      {line !== null && (
        <Popover
          opened={isOpen}
          onChange={(opened) => !opened && close()}
          position={isNarrow ? 'top-start' : 'right-end'}
          width="min(440px, 100vw - 32px)"
          trapFocus
          returnFocus
          offset={16}
          middlewares={{ size: { padding: 8, apply: fitToRoom } }}
          withinPortal
        >
          <Popover.Target>
            <UnstyledButton className={classes.line} aria-label={t('line.open', { line })} onClick={toggle}>
              <span id="route-line" className={classes.words}>
                {line}
              </span>
              <IconChevronRight className={classes.chevron} size={14} aria-hidden />
            </UnstyledButton>
          </Popover.Target>
          <Popover.Dropdown className={classes.dropdown} aria-labelledby={titleId}>
            {isOpen && <RouteDetails titleId={titleId} onClose={close} />}
          </Popover.Dropdown>
        </Popover>
      )}
      {limit !== null && (
        <Button
          className={classes.limit}
          size="xs"
          variant="default"
          onClick={() =>
            limit.of === 'topPrice' ? openWishes(true) : openSettings(limit.of === null ? 'prices' : 'routing')
          }
        >
          {t(limit.of === null ? 'limit.enterPrice' : 'limit.change')}
        </Button>
      )}
    </div>
  );
}
