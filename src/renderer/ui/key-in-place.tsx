import { Button } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../shared/errors.ts';
import type { CredentialStatus, ProviderManifest } from '../../shared/models/provider.ts';
import { ErrorNote } from './error-note.tsx';
import { keysContext } from './stores/shared-stores.ts';

import classes from './key-field.module.css';
import { keySourceWords, type Credential } from './key-words.ts';

interface KeyInPlaceProps {
  readonly provider: ProviderManifest;
  readonly credential: Credential;
  readonly status: CredentialStatus;
  readonly autoFocus: boolean;
  readonly onReplace: () => void;
  /** It is about to go. */
  readonly onRemove: () => void;
  /** The keyboard has arrived. */
  readonly onFocused: () => void;
}

/** A key that is set: what may be told of it, and a way to replace or remove it. Removing takes a second click. */
export function KeyInPlace({
  provider,
  credential,
  status,
  autoFocus,
  onReplace,
  onRemove,
  onFocused,
}: KeyInPlaceProps) {
  const { t } = useTranslation('providers');
  const keychainName = keysContext.useStore((state) => state.storage?.keychainName ?? null);
  const { remove } = keysContext.useStoreApi().getState();
  const [isSure, setIsSure] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<ErrorReport | null>(null);
  const name = { name: provider.name, label: credential.label };

  const press = async (): Promise<void> => {
    if (!isSure) {
      setIsSure(true);
      return;
    }
    setIsBusy(true);
    onRemove();
    setError(await remove(provider.id, credential.field));
    setIsBusy(false);
    setIsSure(false);
  };

  return (
    <div className={classes.field}>
      <div className={classes.set}>
        <IconKey className={classes.icon} size={16} stroke={1.75} aria-hidden />
        <div className={classes.words}>
          <p>
            <span className={classes.label}>{credential.label}</span>{' '}
            {status.shown !== null && (
              <span className={classes.shown}>
                {credential.isSecret ? t('keys.endsIn', { end: status.shown }) : status.shown}
              </span>
            )}
          </p>
          <p className={classes.dim}>{keySourceWords(status, keychainName)}</p>
        </div>
        {status.source !== 'environment' && (
          <>
            <Button
              size="xs"
              variant="default"
              autoFocus={autoFocus}
              onFocus={onFocused}
              aria-label={t('keys.replaceOf', name)}
              onClick={onReplace}
            >
              {t('keys.replace')}
            </Button>
            <Button
              size="xs"
              variant={isSure ? 'light' : 'subtle'}
              color={isSure ? 'red' : 'gray'}
              loading={isBusy}
              aria-label={t(isSure ? 'keys.removeSureOf' : 'keys.removeOf', name)}
              onBlur={() => setIsSure(false)}
              onClick={() => void press()}
            >
              {t(isSure ? 'keys.removeSure' : 'keys.remove')}
            </Button>
          </>
        )}
      </div>
      {error !== null && <ErrorNote error={error} />}
    </div>
  );
}
