import { Button, Menu } from '@mantine/core';
import { IconDots, IconPlugConnected, IconRotateClockwise } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import { ExternalLink } from '../ui/external-link.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { providersContext } from '../ui/stores/shared-stores.ts';
import classes from './provider-card.module.css';
import { TestGeneration } from './test-generation.tsx';

interface ProviderActionsProps {
  readonly provider: ProviderStatus;
  /** Its key is missing, or locked away. */
  readonly isBarred: boolean;
  readonly onUse: (wanted: boolean) => void;
  /** Makes it one line again. */
  readonly onFold: (() => void) | undefined;
}

/** What can be done to a provider. */
export function ProviderActions({ provider, isBarred, onUse, onFold }: ProviderActionsProps) {
  const { t } = useTranslation('providers');
  const { manifest, health, enabled, urlSource } = provider;
  const isAsking = providersContext.useStore((state) => state.checking.has(manifest.id));
  const { check, reinitialize } = providersContext.useStoreApi().getState();
  const { name } = manifest;
  return (
    <footer className={classes.footer}>
      {!enabled && !isBarred && (
        <Button size="xs" onClick={() => onUse(true)}>
          {t(health.state === 'found' ? 'useFound' : 'use')}
        </Button>
      )}
      {!isBarred && (
        <Button
          size="xs"
          variant="default"
          loading={isAsking}
          leftSection={<IconPlugConnected size={14} stroke={1.75} aria-hidden />}
          aria-label={t('checkOf', { name })}
          onClick={() => void check(manifest.id)}
        >
          {t('check')}
        </Button>
      )}
      {enabled && health.state === 'ready' && <TestGeneration provider={provider} />}
      {enabled && (manifest.kind === 'cloud' || urlSource !== 'environment') && (
        <Button size="xs" variant="subtle" color="gray" onClick={() => onUse(false)}>
          {t('doNotUse')}
        </Button>
      )}
      {enabled && (
        <Menu position="bottom-start" width={280}>
          <Menu.Target>
            <IconButton size="xs" label={t('more', { name })} icon={<IconDots size={16} stroke={1.75} aria-hidden />} />
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconRotateClockwise size={16} stroke={1.75} aria-hidden />}
              onClick={() => void reinitialize(manifest.id)}
            >
              {t('reinitialize')}
              <span className={classes.menuText}>{t('reinitializeText')}</span>
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {onFold && (
        <Button size="xs" variant="subtle" color="gray" onClick={onFold}>
          {t('fold')}
        </Button>
      )}
      <span className={classes.links}>
        {manifest.keysUrl !== null && <ExternalLink href={manifest.keysUrl}>{t('getKey')}</ExternalLink>}
        {manifest.usageUrl !== undefined && <ExternalLink href={manifest.usageUrl}>{t('usage')}</ExternalLink>}
        {manifest.docsUrl !== null && <ExternalLink href={manifest.docsUrl}>{t('docs')}</ExternalLink>}
      </span>
    </footer>
  );
}
