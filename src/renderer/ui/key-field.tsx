import { Button, Group, PasswordInput, TextInput } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../shared/errors.ts';
import type { CredentialStatus, ProviderManifest } from '../../shared/models/provider.ts';
import { ErrorNote } from './error-note.tsx';
import { keysContext } from './stores/shared-stores.ts';
import classes from './key-field.module.css';
import { KeyInPlace } from './key-in-place.tsx';
import { KeyPassphrase } from './key-passphrase.tsx';
import type { Credential } from './key-words.ts';

interface KeyFieldProps {
  readonly provider: ProviderManifest;
  readonly credential: Credential;
  readonly status: CredentialStatus | undefined;
  readonly autoFocus?: boolean;
  /**
   * Told while there is text that is not saved: what saves it as the button would. It answers whether that is done; where it is
   * not, the field says why or asks for what is missing. Null: nothing is left to save.
   */
  readonly onUnsaved?: (save: (() => Promise<boolean>) | null) => void;
}

/**
 * One thing a provider must be told. What is set is never shown again, only from where it comes. Where there is no place to
 * keep it yet, or the vault is locked, the passphrase is asked for right here.
 */
export function KeyField({ provider, credential, status, autoFocus = false, onUnsaved }: KeyFieldProps) {
  const { t } = useTranslation('providers');
  const storage = keysContext.useStore((state) => state.storage);
  const { set, makeVault, unlock } = keysContext.useStoreApi().getState();
  const [value, setValue] = useState('');
  const [isReplacing, setIsReplacing] = useState(false);
  /** What had the keyboard is gone: it goes on with what came in its place, once. */
  const [takesFocus, setTakesFocus] = useState(autoFocus);
  const [isAsking, setIsAsking] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<ErrorReport | null>(null);
  const { field, label, help, isSecret, isOptional } = credential;
  const isInPlace = status?.isSet === true && !isReplacing;

  const hasNoStorage = storage?.storage === 'none';
  const isLocked = storage?.isLocked === true;
  const save = async (forSession: boolean): Promise<ErrorReport | null> => {
    setIsBusy(true);
    // Before the call: news of the key may be faster than its answer.
    setTakesFocus(true);
    const problem = await set({ provider: provider.id, field, value, forSession });
    setIsBusy(false);
    setError(problem);
    if (problem !== null) {
      setTakesFocus(false);
      return problem;
    }
    setValue('');
    setIsReplacing(false);
    setIsAsking(false);
    return null;
  };
  const openAndSave = async (passphrase: string): Promise<ErrorReport | null> =>
    (await (hasNoStorage ? makeVault(passphrase) : unlock(passphrase))) ?? save(false);
  /** Whether it is saved: a passphrase may have to be asked for before. */
  const start = async (): Promise<boolean> => {
    setError(null);
    // A locked keychain opens by itself or not at all; only a vault has a passphrase to ask for.
    if (value.trim() !== '' && (hasNoStorage || (isLocked && storage.storage === 'vault'))) {
      setIsAsking(true);
      return false;
    }
    return (await save(false)) === null;
  };

  const hasUnsaved = !isInPlace && value.trim() !== '';
  const tell = useEffectEvent((save: (() => Promise<boolean>) | null) => onUnsaved?.(save));
  const saveTyped = useEffectEvent(() => start());
  useEffect(() => {
    if (!hasUnsaved) return undefined;
    tell(() => saveTyped());
    return () => tell(null);
  }, [hasUnsaved]);

  if (isInPlace) {
    return (
      <KeyInPlace
        provider={provider}
        credential={credential}
        status={status}
        autoFocus={takesFocus}
        onReplace={() => setIsReplacing(true)}
        onRemove={() => setTakesFocus(true)}
        onFocused={() => setTakesFocus(false)}
      />
    );
  }

  const forSession = (
    <Button size="xs" variant="default" loading={isBusy} onClick={() => void save(true)}>
      {t('keys.forSession')}
    </Button>
  );
  const Input = isSecret ? PasswordInput : TextInput;

  return (
    <div className={classes.field}>
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
      >
        <Input
          label={isOptional ? t('keys.optional', { label }) : label}
          description={help}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          aria-label={`${provider.name}: ${label}`}
          autoComplete="off"
          spellCheck={false}
          autoFocus={takesFocus || isReplacing}
          onFocus={() => setTakesFocus(false)}
          value={value}
          onChange={(event) => {
            setValue(event.currentTarget.value);
            setError(null);
          }}
        />
        {!isAsking && (
          <Group gap={8}>
            <Button size="xs" type="submit" loading={isBusy} disabled={value === ''}>
              {t('save')}
            </Button>
            {(hasNoStorage || isLocked) && value !== '' && forSession}
            {isReplacing && (
              <Button
                size="xs"
                variant="default"
                onClick={() => {
                  setTakesFocus(true);
                  setIsReplacing(false);
                }}
              >
                {t('cancel')}
              </Button>
            )}
          </Group>
        )}
      </form>
      {isAsking && (
        <KeyPassphrase
          isNew={hasNoStorage}
          onSubmit={openAndSave}
          onCancel={() => setIsAsking(false)}
          more={forSession}
        />
      )}
      {error !== null && !isAsking && <ErrorNote error={error} />}
    </div>
  );
}
