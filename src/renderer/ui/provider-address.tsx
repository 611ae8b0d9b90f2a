import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import { AddressForm } from './address-form.tsx';
import { providersContext } from './stores/shared-stores.ts';
import classes from './provider-address.module.css';

/** Where a provider listens, where that comes from, and a way to change it. */
export function ProviderAddress({ provider }: { readonly provider: ProviderStatus }) {
  const { t } = useTranslation('providers');
  const [isEditing, setIsEditing] = useState(false);
  const { setUp } = providersContext.useStoreApi().getState();
  if (isEditing) {
    return (
      <AddressForm
        url={provider.url ?? ''}
        example={provider.manifest.defaultUrls[0] ?? 'http://127.0.0.1:8188'}
        isOwn={provider.urlSource === 'settings'}
        onSave={(url) => setUp(provider.manifest.id, { enabled: provider.enabled, url })}
        onDone={() => setIsEditing(false)}
      />
    );
  }
  const hasLogin = provider.urlSource === 'settings' && provider.credentials.some(({ field }) => field === 'address');
  return (
    <div className={classes.address}>
      <span className={classes.url}>{provider.url}</span>
      {provider.urlSource !== null && (
        <span className={classes.source}>
          {t(`addressSource.${provider.urlSource}`, { variable: provider.urlVariable ?? '' })}
        </span>
      )}
      {hasLogin && <span className={classes.source}>{t('addressLogin')}</span>}
      {provider.urlSource !== 'environment' && (
        <Button
          size="xs"
          variant="default"
          aria-label={t('changeAddressOf', { name: provider.manifest.name })}
          onClick={() => setIsEditing(true)}
        >
          {t('changeAddress')}
        </Button>
      )}
    </div>
  );
}
