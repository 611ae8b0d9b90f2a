import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../shared/errors.ts';
import type { ProviderStatus } from '../../shared/models/provider.ts';
import { ErrorNote } from './error-note.tsx';
import { providersContext } from './stores/shared-stores.ts';
import classes from './provider-address.module.css';

/** Whether this can be the address of a server. Name and password in it are kept with the keys. */
export function isServerAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}

function AddressForm({ provider, onDone }: { readonly provider: ProviderStatus; readonly onDone: () => void }) {
  const { t } = useTranslation('providers');
  const { setUp } = providersContext.useStoreApi().getState();
  const [text, setText] = useState(provider.url ?? '');
  const [isWrong, setIsWrong] = useState(false);
  const [isSaving, setIsSaving] = useState(false);
  const [error, setError] = useState<ErrorReport | null>(null);

  const save = async (url: string | null): Promise<void> => {
    setIsWrong(url !== null && !isServerAddress(url));
    if (url !== null && !isServerAddress(url)) return;
    setIsSaving(true);
    const problem = await setUp(provider.manifest.id, { enabled: provider.enabled, url });
    setIsSaving(false);
    setError(problem);
    if (problem === null) onDone();
  };

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save(text.trim());
      }}
    >
      <TextInput
        data-autofocus
        autoFocus
        aria-label={t('address')}
        spellCheck={false}
        inputMode="url"
        value={text}
        error={isWrong ? t('addressInvalid') : undefined}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setIsWrong(false);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onDone();
        }}
      />
      {error !== null && <ErrorNote error={error} />}
      <Group gap={8}>
        <Button size="xs" type="submit" loading={isSaving}>
          {t('save')}
        </Button>
        <Button size="xs" variant="default" onClick={onDone}>
          {t('cancel')}
        </Button>
        {provider.urlSource === 'settings' && (
          <Button size="xs" variant="subtle" color="gray" disabled={isSaving} onClick={() => void save(null)}>
            {t('usualAddress')}
          </Button>
        )}
      </Group>
    </form>
  );
}

/** Where a provider listens, where that comes from, and a way to change it. */
export function ProviderAddress({ provider }: { readonly provider: ProviderStatus }) {
  const { t } = useTranslation('providers');
  const [isEditing, setIsEditing] = useState(false);
  if (isEditing) return <AddressForm provider={provider} onDone={() => setIsEditing(false)} />;
  const hasLogin = provider.urlSource === 'settings' && provider.credentials.some(({ field }) => field === 'address');
  return (
    <div className={classes.address}>
      <span className={classes.url}>{provider.url}</span>
      {provider.urlSource !== null && (
        <span className={classes.source}>{t(`addressSource.${provider.urlSource}`)}</span>
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
