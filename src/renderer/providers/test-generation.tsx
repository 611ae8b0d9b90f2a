import { Button, Popover } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFlask } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import { formatCost } from '../ui/format.ts';
import { providersContext, routingContext, viewContext } from '../ui/stores/shared-stores.ts';
import classes from './provider-pulse.module.css';
import { testChoice } from './test-choice.ts';

/** Makes one picture to see whether a provider works; what it costs is said before. */
export function TestGeneration({ provider }: { readonly provider: ProviderStatus }) {
  const { t } = useTranslation('providers');
  const prices = routingContext.useStore((state) => state.routing.settings.prices);
  const { testGeneration } = providersContext.useStoreApi().getState();
  const { setQueueOpen } = viewContext.useStoreApi().getState();
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const [isBusy, setIsBusy] = useState(false);
  const { id, name } = provider.manifest;
  const choice = testChoice(provider, prices);

  const make = async (): Promise<void> => {
    if (choice === null) return;
    setIsBusy(true);
    const job = await testGeneration(id, choice.model.id);
    setIsBusy(false);
    close();
    // What becomes of it is seen there.
    if (job !== null) setQueueOpen(true);
  };
  const costWords = (): string => {
    if (choice === null || choice.cost.kind === 'unknown') return t('testing.unknown');
    return choice.cost.usd === 0 ? t('testing.free') : t('testing.cost', { cost: formatCost(choice.cost) });
  };

  return (
    <Popover opened={isOpen} onChange={(opened) => !opened && close()} width={280} trapFocus returnFocus>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconFlask size={14} stroke={1.75} aria-hidden />}
          aria-label={t('testing.buttonOf', { name })}
          onClick={toggle}
        >
          {t('testing.button')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.testing}>
        {choice === null ? (
          <p>{t('testing.none')}</p>
        ) : (
          <>
            <p>
              {t('testing.text', { model: choice.model.name })} {costWords()}
            </p>
            <div className={classes.testingButtons}>
              <Button size="xs" data-autofocus loading={isBusy} onClick={() => void make()}>
                {t('testing.go')}
              </Button>
              <Button size="xs" variant="default" onClick={close}>
                {t('cancel')}
              </Button>
            </div>
          </>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
