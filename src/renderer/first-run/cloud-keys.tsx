import { NativeSelect } from '@mantine/core';
import { IconShieldLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProviderManifest } from '../../shared/models/provider.ts';
import { ExternalLink } from '../ui/external-link.tsx';
import { KeyField } from '../ui/key-field.tsx';
import { keyPlaceOf } from '../ui/key-words.ts';
import { keysContext, providersContext } from '../ui/stores/shared-stores.ts';
import classes from './cloud-keys.module.css';

/** Services that draw as soon as they have their key; those with an address of one's own are for later. */
function takesKey({ kind, credentials }: ProviderManifest): boolean {
  return kind === 'cloud' && credentials.some(({ isOptional }) => !isOptional);
}

interface CloudKeysProps {
  /** Told of each field with text that is not saved, with what saves it; null: nothing is left to save. */
  readonly onUnsaved: (field: string, save: (() => Promise<boolean>) | null) => void;
}

/** A service, its key, and how well that is kept. All of it can be left alone. */
export function CloudKeys({ onUnsaved }: CloudKeysProps) {
  const { t } = useTranslation('firstRun');
  const { t: words } = useTranslation('providers');
  const providers = providersContext.useStore((state) => state.providers).filter(({ manifest }) => takesKey(manifest));
  const storage = keysContext.useStore((state) => state.storage);
  const [id, setId] = useState('');
  const chosen = providers.find(({ manifest }) => manifest.id === id);
  const place = storage === null ? null : keyPlaceOf(storage);
  const name = storage?.keychainName ?? words('keychain');

  return (
    <div className={classes.keys}>
      <NativeSelect
        className={classes.service}
        size="md"
        label={t('service')}
        value={id}
        data={[
          { value: '', label: t('noService') },
          ...providers.map(({ manifest }) => ({ value: manifest.id, label: manifest.name })),
        ]}
        onChange={(event) => setId(event.currentTarget.value)}
      />
      {chosen !== undefined && (
        <div className={classes.card} key={id}>
          <p className={classes.note}>
            {chosen.manifest.summary}{' '}
            {chosen.manifest.keysUrl !== null && (
              <ExternalLink href={chosen.manifest.keysUrl}>{words('getKey')}</ExternalLink>
            )}
          </p>
          {chosen.manifest.credentials.map((credential) => (
            <KeyField
              key={credential.field}
              provider={chosen.manifest}
              credential={credential}
              status={chosen.credentials.find(({ field }) => field === credential.field)}
              onUnsaved={(save) => onUnsaved(credential.field, save)}
            />
          ))}
          {chosen.enabled && (
            <p className={classes.note} role="status">
              {chosen.health.message}
            </p>
          )}
          {place !== null && (
            <p className={classes.place}>
              <IconShieldLock className={classes.icon} size={16} stroke={1.75} aria-hidden />
              <span>
                <strong>{words(`storage.title.${place}`, { name })}.</strong> {words(`storage.text.${place}`, { name })}
              </span>
            </p>
          )}
        </div>
      )}
    </div>
  );
}
