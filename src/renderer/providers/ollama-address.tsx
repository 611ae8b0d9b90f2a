import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OllamaStatus } from '../../shared/models/ollama.ts';
import { AddressForm } from '../ui/address-form.tsx';
import { settingsContext } from '../ui/stores/shared-stores.ts';
import classes from './ollama-page.module.css';

/** Where Ollama is looked for, where that comes from, and a way to change it. */
export function OllamaAddress({ status }: { readonly status: OllamaStatus }) {
  const { t } = useTranslation('providers');
  const { save } = settingsContext.useStoreApi().getState();
  const [isEditing, setIsEditing] = useState(false);
  const { url, source, variable } = status;
  if (isEditing) {
    return (
      <AddressForm
        url={url ?? ''}
        example="http://127.0.0.1:11434"
        isOwn={source === 'settings'}
        onSave={(address) => save({ ollama: { address } })}
        onDone={() => setIsEditing(false)}
      />
    );
  }
  return (
    <div className={classes.address}>
      <span>{url ?? t('ollama.noAddress')}</span>
      <span className={classes.dim}>{t(`ollama.source.${source}`, { variable: variable ?? 'OLLAMA_HOST' })}</span>
      {source !== 'environment' && (
        <Button
          size="xs"
          variant="default"
          aria-label={t('changeAddressOf', { name: 'Ollama' })}
          onClick={() => setIsEditing(true)}
        >
          {t('changeAddress')}
        </Button>
      )}
    </div>
  );
}
